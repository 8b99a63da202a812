#include <algorithm>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/publisher.hpp"
#include "io/gdal/startup.hpp"
#include "io/report/pictures.hpp"
#include "io/report/png_picture.hpp"
#include "io/verify/saved_geopackage.hpp"
#include "io/verify/whole_file.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

namespace {

namespace fs = std::filesystem;

nlohmann::json manifest_in(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_regular_file(folder / "manifest.json", error)) {
        throw InputError{"'" + folder.string() +
                         "' is no folder of results; name the folder that phusong run wrote"};
    }
    nlohmann::json manifest = nlohmann::json::parse(io::whole_file(folder / "manifest.json"), nullptr, false);
    if (!manifest.is_object() || !manifest.contains("study") || !manifest.contains("study_grid")) {
        throw InputError{"'" + (folder / "manifest.json").string() +
                         "' is no manifest of a run; run the study again"};
    }
    return manifest;
}

std::vector<io::Table> tables_in(const fs::path& folder) {
    try {
        return io::saved_geopackage(folder / "phusong.gpkg");
    } catch (const InputError& error) {
        throw InputError{"'" + (folder / "phusong.gpkg").string() + "' " + error.what()};
    }
}

void write_bytes(const fs::path& path, const std::string& bytes) {
    io::CheckedFile file{path};
    file.write(bytes);
    file.finish();
}

}  // namespace

int draw_command(const DrawArguments& arguments) {
    io::start_gdal();
    const fs::path results{arguments.results};
    const nlohmann::json manifest = manifest_in(results);
    const std::string language =
        arguments.language.empty() ? manifest.at("study").value("report_language", "vi") : arguments.language;
    const std::vector<io::Picture> pictures = io::pictures_of(tables_in(results), manifest, language);
    io::Publisher publisher{arguments.out, io::Publisher::Existing::refuse};
    for (const io::Picture& picture : pictures) {
        write_bytes(publisher.stage() / (picture.name + ".svg"), picture.svg);
        write_bytes(publisher.stage() / (picture.name + ".png"), io::png_of(picture.svg, arguments.width));
    }
    publisher.publish();
    for (const io::Picture& picture : pictures) {
        std::cout << printable((fs::path{arguments.out} / picture.name).string()) << ".svg, .png\n";
    }
    std::cout.flush();
    if (!std::cout) throw StorageError{"the names of the pictures could not be written to standard output"};
    return done;
}

}  // namespace phusong::cli
