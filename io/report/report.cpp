#include "io/report/report.hpp"

#include <openssl/evp.h>

#include <array>
#include <functional>
#include <map>

#include "io/files/checked_file.hpp"
#include "io/files/sha256.hpp"
#include "io/proj/crs.hpp"
#include "io/report/map_drawing.hpp"
#include "io/report/measures.hpp"
#include "io/report/page_parts.hpp"
#include "io/report/report_data.hpp"
#include "io/report/svg_map.hpp"
#include "io/verify/saved_geopackage.hpp"

namespace phusong::io {

namespace {

using OrderedJson = nlohmann::ordered_json;

/// 'sha256-...': how a content security policy names the one script, or style, that it lets pass.
std::string source_hash(std::string_view text) {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    std::array<unsigned char, 45> encoded{};
    EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
    return "'sha256-" + std::string{encoded.begin(), encoded.end() - 1} + "'";
}

/// A template with its {{places}} filled in, in one go: what is filled in is not looked at again.
std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& places) {
    std::string page;
    while (true) {
        const std::size_t begin = text.find("{{");
        page += text.substr(0, begin);
        if (begin == std::string_view::npos) return page;
        const std::size_t end = text.find("}}", begin);
        page += places.at(std::string{text.substr(begin + 2, end - begin - 2)});
        text.remove_prefix(end + 2);
    }
}

}  // namespace

std::string json_for_page(const OrderedJson& json) {
    std::string text;
    const std::string dumped = json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    for (std::size_t i = 0; i < dumped.size(); ++i) {
        const char c = dumped[i];
        if (c == '<') {
            text += "\\u003c";
        } else if (c == '>') {
            text += "\\u003e";
        } else if (c == '&') {
            text += "\\u0026";
        } else if (dumped.compare(i, 3, "\xE2\x80\xA8") == 0 || dumped.compare(i, 3, "\xE2\x80\xA9") == 0) {
            text += dumped[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            text += c;
        }
    }
    return text;
}

std::string page_fingerprint() {
    std::string parts;
    for (const std::string_view part : {page_template(), page_style(), page_script(), page_words()})
        parts += part;
    return sha256_of_bytes(parts).substr(0, 16);
}

std::string report_page(const std::filesystem::path& folder, const std::vector<Table>& tables,
                        const nlohmann::json& manifest) {
    const bool geographic = facts_of(manifest.at("study_grid").at("crs")).geographic;
    const MapDrawing drawing = draw_map(tables, geographic);
    const std::vector<Measure> measures = measures_of(tables);
    const OrderedJson data = report_data(folder, tables, manifest, drawing, measures);
    const std::string policy = "default-src 'none'; img-src data:; script-src " + source_hash(page_script()) +
                               "; style-src " + source_hash(page_style()) +
                               "; base-uri 'none'; form-action 'none'";
    const std::string study = manifest.at("study").at("name");
    return filled(page_template(),
                  {{"policy", policy},
                   {"fingerprint", page_fingerprint()},
                   {"title", escaped_text(study)},
                   {"style", std::string{page_style()}},
                   {"synthetic", manifest.at("study").at("synthetic_inputs") == true ? "synthetic" : ""},
                   {"map", measures.empty() ? "" : svg_of_page(drawing, measures.front())},
                   {"words", json_for_page(OrderedJson::parse(page_words()))},
                   {"data", json_for_page(data)},
                   {"script", std::string{page_script()}}});
}

void write_report(const std::filesystem::path& folder, const std::string& manifest) {
    const std::vector<Table> tables = saved_geopackage(folder / "phusong.gpkg");
    CheckedFile file{folder / "report.html"};
    file.write(report_page(folder, tables, nlohmann::json::parse(manifest)));
    file.finish();
}

}  // namespace phusong::io
