#include "io/verify/verify_results.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "engine/errors.hpp"
#include "engine/event_archive.hpp"
#include "engine/rollout_archive.hpp"
#include "io/gdal/startup.hpp"
#include "io/qgis/style.hpp"
#include "io/text/manifest.hpp"
#include "io/text/study_file.hpp"
#include "io/verify/check_dead_zone_map.hpp"
#include "io/verify/check_report.hpp"
#include "io/verify/check_sums.hpp"
#include "io/verify/check_texts.hpp"
#include "io/verify/saved_geopackage.hpp"
#include "io/verify/saved_study.hpp"
#include "io/verify/whole_file.hpp"

namespace phusong::io {

namespace {

namespace fs = std::filesystem;
using ParsedJson = nlohmann::json;

/// Whatever a damaged file makes a reader say is a finding.
void attempt(const std::string& file, Findings& findings, const std::function<void()>& check) {
    try {
        check();
    } catch (const std::exception& error) {
        findings.add(file, error.what());
    }
}

std::string manifest_of(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_regular_file(folder / "manifest.json", error)) {
        throw InputError{"'" + folder.string() +
                         "' is no folder of results; name the folder that phusong run wrote"};
    }
    return whole_file(folder / "manifest.json");
}

void check_seal(const std::string& text, Findings& findings) {
    const std::string wanted = seal_for(text);
    const std::string found = text.substr(seal_of(text), seal_digits);
    if (wanted != found) {
        findings.add("manifest.json", "was altered: its own SHA-256 is " + wanted + ", it says " + found);
    }
}

/// Names in a manifest are names of files in its folder and nothing else.
void require_plain(const std::string& name) {
    if (name.empty() || name.find('/') != std::string::npos || name == "." || name == "..") {
        throw InputError{"names the output '" + name + "', which is no file of the folder"};
    }
}

void check_outputs(const fs::path& folder, const ParsedJson& manifest, Verification& verification) {
    std::set<std::string> named{"manifest.json"};
    for (const ParsedJson& output : manifest.at("outputs")) {
        const std::string name = output.at("name");
        require_plain(name);
        named.insert(name);
        std::error_code error;
        if (!fs::is_regular_file(folder / name, error)) {
            verification.findings.add(name, "is not there, and the manifest names it");
            continue;
        }
        ++verification.outputs;
        const FileDigest digest = sha256_of(folder / name);
        // The numbers' own checks say more.
        if (digest.sha256 == output.at("sha256") || verification.findings.concern(name)) continue;
        verification.findings.add(name, "was altered: its SHA-256 is " + digest.sha256 + ", wanted " +
                                            output.at("sha256").get<std::string>() + " (manifest.json)");
    }
    for (const auto& entry : fs::directory_iterator{folder}) {
        const std::string name = entry.path().filename().string();
        if (!named.contains(name)) verification.unnamed_outputs.push_back(name);
    }
    std::sort(verification.unnamed_outputs.begin(), verification.unnamed_outputs.end());
}

void check_inputs(const ParsedJson& manifest, Verification& verification) {
    for (const ParsedJson& input : manifest.at("inputs")) {
        const std::string path = input.at("path");
        std::error_code error;
        if (!fs::is_regular_file(path, error)) {
            verification.missing_inputs.push_back(path);
            continue;
        }
        ++verification.inputs;
        const FileDigest digest = sha256_of(path);
        if (digest.sha256 == input.at("sha256")) continue;
        verification.findings.add(path, "is not the input that was read: its SHA-256 is " + digest.sha256 +
                                            ", wanted " + input.at("sha256").get<std::string>() +
                                            " (manifest.json)");
    }
}

/// Older manifests do not tell it.
CsvDialect csv_dialect_in(const ParsedJson& manifest) {
    return csv_dialect_of(manifest.at("study").value("csv_dialect", "rfc"));
}

/// Styles follow from the other layers. They are taken out of them; an older phusong wrote none.
void check_styles(std::vector<Table>& layers, Findings& findings) {
    const auto saved = std::find_if(layers.begin(), layers.end(),
                                    [](const Table& table) { return table.name == layer_styles_name; });
    if (saved == layers.end()) return;
    const Table found = std::move(*saved);
    layers.erase(saved);
    const Table wanted = layer_styles_table(layers);
    if (found.rows != wanted.rows) {
        findings.add("phusong.gpkg", "layer 'layer_styles' is not what phusong writes for the other layers");
    }
}

/// Every table in all its files.
void check_tables(const fs::path& folder, const ParsedJson& manifest, const std::vector<Table>& layers,
                  Verification& verification) {
    const ParsedJson& grid = manifest.at("study_grid");
    const double west = grid.at("origin_x");
    const double north = grid.at("origin_y");
    const double width = grid.at("columns").get<double>() * grid.at("cell_width").get<double>();
    const double height = grid.at("rows").get<double>() * grid.at("cell_height").get<double>();
    const ToLonLat to_lonlat{grid.at("crs"), {west, north - height, west + width, north}};
    const CsvDialect dialect = csv_dialect_in(manifest);
    Findings& findings = verification.findings;
    for (Table table : layers) {
        if (table.name == "gaps") table.name = "ranking";
        table.metadata.emplace_back("study", manifest.at("study").at("name"));
        if (manifest.at("study").at("synthetic_inputs") == true)
            table.metadata.emplace_back("SYNTHETIC", "YES");
        ++verification.tables;
        // The table of all operators has more rows than its layer.
        if (table.name != "impact") {
            attempt(table.name + ".csv", findings, [&] { check_csv(folder, table, dialect, findings); });
        }
        attempt(table.name + ".geojson", findings,
                [&] { check_geojson(folder, table, to_lonlat, findings); });
        attempt("phusong.xlsx", findings, [&] { check_sheet(folder, table, findings); });
    }
}

void check_numbers(const fs::path& folder, const ParsedJson& manifest, Verification& verification) {
    Findings& findings = verification.findings;
    std::vector<Table> layers;
    attempt("phusong.gpkg", findings, [&] { layers = saved_geopackage(folder / "phusong.gpkg"); });
    check_styles(layers, findings);
    if (layers.empty()) return;
    attempt("manifest.json", findings, [&] { check_tables(folder, manifest, layers, verification); });
    attempt("ledger.csv", findings, [&] { check_csv_laws(folder, csv_dialect_in(manifest), findings); });
    attempt("ledger.csv", findings, [&] {
        const SavedStudy saved = saved_study(folder, manifest, layers);
        check_balance(saved, manifest, findings);
        check_parts(saved, layers, findings);
        check_derived(saved, layers, findings);
    });
    // Last: whatever is wrong with the tables is wrong on the page, too.
    attempt("report.html", findings, [&] { check_report(folder, layers, manifest, findings); });
    std::vector<std::string> definitions;
    for (const ParsedJson& definition : manifest.at("dead_zones"))
        definitions.push_back(definition.at("name"));
    if (definitions.empty()) return;
    attempt("dead_zones.tif", findings, [&] {
        check_dead_zone_map(folder, saved_table_named(layers, "dead_zones"), definitions, findings);
    });
}

/// What a run keeps for later questions seals itself.
void check_archives(const fs::path& folder, Findings& findings) {
    const auto check = [&](const std::string& name, const auto& decode) {
        if (!fs::exists(folder / name)) return;
        attempt(name, findings, [&] {
            const std::string text = whole_file(folder / name);
            const std::vector<std::uint8_t> bytes(text.begin(), text.end());
            static_cast<void>(decode(bytes));
        });
    };
    check("event.phusong", [](const auto& bytes) { return decode_archive(bytes); });
    check("rollout.phusong", [](const auto& bytes) { return decode_rollout(bytes); });
}

}  // namespace

Verification verify_results(const fs::path& folder) {
    start_gdal();
    const std::string text = manifest_of(folder);
    Verification verification;
    const ParsedJson manifest = ParsedJson::parse(text, nullptr, false);
    if (manifest.is_discarded() || !manifest.is_object()) {
        verification.findings.add("manifest.json", "is no JSON object");
        return verification;
    }
    if (!manifest.contains("outputs") || seal_of(text) == std::string::npos) {
        throw InputError{"'" + (folder / "manifest.json").string() +
                         "' names no hashes of the outputs: an older phusong wrote it; run the study again"};
    }
    attempt("manifest.json", verification.findings, [&] { check_seal(text, verification.findings); });
    attempt("manifest.json", verification.findings, [&] { check_numbers(folder, manifest, verification); });
    check_archives(folder, verification.findings);
    attempt("manifest.json", verification.findings, [&] { check_outputs(folder, manifest, verification); });
    attempt("manifest.json", verification.findings, [&] { check_inputs(manifest, verification); });
    return verification;
}

}  // namespace phusong::io
