#include "io/report/pictures.hpp"

#include <sstream>

#include "io/proj/crs.hpp"
#include "io/report/map_drawing.hpp"
#include "io/report/measures.hpp"
#include "io/report/svg_map.hpp"
#include "io/report/table_lookup.hpp"
#include "io/report/wording.hpp"

namespace phusong::io {

namespace {

/// "Zones without 4G or 5G".
std::string overlay_title(const MapDrawing::Overlay& overlay, const std::vector<Table>& tables,
                          const Wording& words) {
    const Table* summary = table_named(tables, "dead_zones_summary");
    if (summary == nullptr) return overlay.definition;
    const auto definition = column_of(*summary, "definition");
    const auto technologies = column_of(*summary, "technologies");
    for (std::size_t row = 0; row < summary->rows.size(); ++row) {
        if (text_at(*summary, row, definition) != overlay.definition) continue;
        std::string list;
        std::istringstream all{text_at(*summary, row, technologies)};
        for (std::string one; std::getline(all, one, ';');)
            list += (list.empty() ? "" : words.word("or")) + words.technology(one);
        return words.word(overlay.lost_in_event ? "overlay_lost" : "overlay_dead_zones", {list});
    }
    return overlay.definition;
}

}  // namespace

std::vector<Picture> pictures_of(const std::vector<Table>& tables, const nlohmann::json& manifest,
                                 const std::string& language) {
    const MapDrawing drawing = draw_map(tables, facts_of(manifest.at("study_grid").at("crs")).geographic);
    const Wording words{language};
    PictureTexts texts{
        manifest.at("study").at("name"), language, manifest.at("study").at("synthetic_inputs") == true, {}};
    for (const MapDrawing::Overlay& overlay : drawing.overlays)
        texts.overlay_titles.push_back(overlay_title(overlay, tables, words));
    std::vector<Picture> pictures;
    for (const Measure& measure : measures_of(tables))
        pictures.push_back({"map_" + measure.id, svg_picture(drawing, measure, texts)});
    return pictures;
}

}  // namespace phusong::io
