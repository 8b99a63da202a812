#include "io/text/pass_notes.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "engine/errors.hpp"
#include "io/text/kept_results.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_writer.hpp"

namespace phusong::io {

namespace {

using NotesJson = nlohmann::ordered_json;
constexpr const char* notes_format = "phusong kept pass 1";

}  // namespace

std::string pass_notes_text(const PassNotes& notes) {
    NotesJson json;
    json["format"] = notes_format;
    json["working_directory"] = std::filesystem::current_path().string();
    json["out"] = notes.out;
    json["study"] = write_study(notes.study, {});
    return json.dump(2, ' ', false, NotesJson::error_handler_t::replace) + "\n";
}

PassNotes read_pass_notes(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::exists(folder / pass_notes_name, error)) {
        throw InputError{fmt::format(
            "'{}' holds no kept pass; name the folder that phusong run --keep was given", folder.string())};
    }
    const std::vector<std::uint8_t> bytes = read_kept(folder, pass_notes_name, "");
    std::string study;
    std::string out;
    fs::path from;
    try {
        const NotesJson json = NotesJson::parse(bytes.begin(), bytes.end());
        if (json.at("format") != notes_format) throw InputError{"format"};
        from = json.at("working_directory").get<std::string>();
        out = json.at("out").get<std::string>();
        study = json.at("study").get<std::string>();
    } catch (const std::exception&) {
        throw InputError{
            fmt::format("'{}' is damaged or of another version of phusong; run the study again "
                        "and keep its pass in a new folder",
                        (folder / pass_notes_name).string())};
    }
    if (from == fs::current_path(error)) from.clear();
    return {parse_study(study, "the study of '" + folder.string() + "'", from),
            fs::path{out}.is_absolute() ? out : (from / out).string()};
}

}  // namespace phusong::io
