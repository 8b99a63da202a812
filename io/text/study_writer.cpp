#include "io/text/study_writer.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <vector>

#include "io/text/event_writer.hpp"
#include "io/text/number.hpp"
#include "io/text/restoration_section.hpp"
#include "io/text/rollout_section.hpp"
#include "io/text/study_file.hpp"
#include "io/text/target_section.hpp"
#include "io/text/toml_text.hpp"

namespace phusong::io {

namespace {

std::string field_line(const std::string& key, const std::string& field, const std::string& comment) {
    if (field.empty()) return "# " + key + " = \"...\"  # " + comment + "\n";
    return key + " = " + quoted(field) + "  # " + comment + "\n";
}

std::string dead_zone_lines(const DeadZoneInput& input) {
    return fmt::format(
        "\n[[dead_zones]]\n"
        "name = {}\n"
        "technologies = {}  # where none of them is\n"
        "connectivity = {}  # 8: cells that touch at a corner belong together; or 4\n"
        "populated_only = {}  # only cells with people belong\n"
        "minimum_people = {}  # smaller zones are summed up in the remainder\n"
        "minimum_area_km2 = {}\n",
        quoted(input.name), quoted_list(input.technologies), input.connectivity, input.populated_only,
        shortest(input.minimum_people), shortest(input.minimum_area_km2));
}

/// With the study's own technologies, so that it holds when the marks are taken away.
std::string dead_zone_example(const std::vector<CoverageInput>& coverage) {
    std::set<std::string> technologies;
    for (const CoverageInput& layer : coverage) technologies.insert(layer.technology);
    return fmt::format(
        "\n# Without this, one definition: no_mobile, of the 4g and 5g layers (of all where there are "
        "none).\n"
        "# For no dead zones at all write dead_zones = [] before [study].\n"
        "# [[dead_zones]]\n"
        "# name = \"no_service\"\n"
        "# technologies = {}  # where none of them is\n"
        "# connectivity = 8  # cells that touch at a corner belong together; or 4\n"
        "# populated_only = true  # only cells with people belong\n"
        "# minimum_people = 0  # smaller zones are summed up in the remainder\n"
        "# minimum_area_km2 = 0\n",
        quoted_list(technologies));
}

/// @param example what a study without them could say
std::string places_lines(const char* key, const std::optional<PlacesInput>& input, const FileWriter& writer,
                         const std::string& example) {
    if (!input) return fmt::format("\n# [{}]  # points: {}\n# path = \"{}.gpkg\"\n", key, example, key);
    return fmt::format("\n[{}]\n", key) + writer.lines(input->file) +
           field_line("id", input->id_field, "field with the id; taken as text") +
           field_line("name", input->name_field, "field with the name");
}

}  // namespace

std::string write_study(const Study& study, const std::filesystem::path& folder) {
    const FileWriter writer{folder};
    std::string out =
        "# A study of phusong. Check it: phusong check FILE; run it: phusong run FILE --out RESULTS\n";
    out += "# Paths are relative to this file.\n\n";
    if (study.dead_zones && study.dead_zones->empty()) out += "dead_zones = []  # none are looked for\n\n";
    out += "[study]\nname = " + quoted(study.name) + "\n";
    if (study.refine) {
        out += fmt::format("refine = {}  # parts per population cell side\n", *study.refine);
    } else {
        out += "# refine = 4  # parts per population cell side; without it phusong chooses\n";
    }
    out += "\n[communes]\n" + writer.lines(study.communes.file);
    out += field_line("code", study.communes.code_field, "field with the official code; taken as text");
    out += field_line("name", study.communes.name_field, "field with the name");
    out += field_line("province", study.communes.province_field, "field with the province, for roll-ups");
    out += "\n[population]\n" + writer.lines(study.population.file);
    out += study.population.values == PopulationInput::Values::people_per_cell
               ? "values = \"people_per_cell\"  # or people_per_km2\n"
               : "values = \"people_per_km2\"  # or people_per_cell\n";
    out += field_line("adjust_to", study.population.adjust_to,
                      "commune field with the official number of people");
    for (const CoverageInput& layer : study.coverage) {
        out += "\n[[coverage]]\n" + coverage_lines(layer, writer);
    }
    if (!study.dead_zones) out += dead_zone_example(study.coverage);
    for (const DeadZoneInput& input : study.dead_zones.value_or(std::vector<DeadZoneInput>{})) {
        out += dead_zone_lines(input);
    }
    out += places_lines("settlements", study.settlements, writer, "villages and hamlets");
    if (study.settlements) {
        out += field_line("grid_power", study.settlements->grid_power_field, "field with yes or no");
    }
    out += places_lines("sites", study.sites, writer, "masts");
    if (study.event) out += event_lines(*study.event, writer);
    for (const TargetInput& target : study.targets) out += target_lines(target);
    if (study.restoration) out += restoration_lines(*study.restoration);
    if (study.rollout) out += rollout_lines(*study.rollout, writer);
    out += "\n[output]\nservice_raster = ";
    switch (study.service_raster) {
        case ServiceRaster::study_cells:
            out += "\"study_cells\"";
            break;
        case ServiceRaster::population_share:
            out += "\"population_share\"";
            break;
        case ServiceRaster::none:
            out += "\"none\"";
            break;
    }
    out += "  # service.tif: study_cells, population_share or none\n";
    out += study.distance_raster ? "distance_raster = true" : "distance_raster = false";
    out += "  # distance.tif: metres to the nearest served cell\n";
    out += study.csv_dialect == CsvDialect::excel_vi ? "csv_dialect = \"excel-vi\"" : "csv_dialect = \"rfc\"";
    out += "  # excel-vi: semicolons and decimal commas, for Excel in Vietnam; or rfc\n";
    out += study.web_tiles ? "pmtiles = true" : "pmtiles = false";
    out += "  # phusong.pmtiles: communes and dead zones for web maps\n";
    out += fmt::format("\n[report]\nlanguage = \"{}\"  # of report.html: vi or en; its reader may switch\n",
                       report_language_word(study.report_language));
    return out;
}

}  // namespace phusong::io
