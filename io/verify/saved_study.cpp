#include "io/verify/saved_study.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "engine/dead_zone_ranking.hpp"
#include "engine/errors.hpp"
#include "engine/partial.hpp"
#include "io/proj/crs.hpp"
#include "io/result_tables.hpp"
#include "io/text/csv.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

using ParsedJson = nlohmann::json;

GridSpec saved_grid(const ParsedJson& json) {
    return {json.at("origin_x"),    json.at("origin_y"), json.at("cell_width"),
            json.at("cell_height"), json.at("rows"),     json.at("columns")};
}

GridSpec coarse_grid(GridSpec grid, std::int32_t refine) {
    grid.cell_width *= refine;
    grid.cell_height *= refine;
    grid.rows /= refine;
    grid.columns /= refine;
    return grid;
}

Study study_in(const ParsedJson& manifest) {
    Study study;
    study.name = manifest.at("study").at("name");
    study.population.adjust_to = manifest.at("study").at("adjust_to");
    for (const ParsedJson& layer : manifest.at("layers")) {
        CoverageInput input;
        input.technology = layer.at("technology");
        input.operator_name = layer.at("operator");
        input.meaning = layer.value("meaning", "");
        if (layer.at("rule") == "share") input.rule.kind = ServiceRule::Kind::share;
        study.coverage.push_back(std::move(input));
    }
    if (study.coverage.size() > ServiceState::most_layers) {
        throw InputError{"'manifest.json' names more layers than a study can have"};
    }
    std::vector<DeadZoneInput> definitions;
    const std::string lost = "_lost";
    for (const ParsedJson& json : manifest.at("dead_zones")) {
        DeadZoneInput input;
        input.name = json.at("name");
        // Of an event: what it took away does not follow from service before it.
        if (manifest.contains("event") && input.name.ends_with(lost)) continue;
        input.technologies = json.at("technologies");
        input.connectivity = json.at("connectivity");
        input.populated_only = json.at("populated_only");
        input.minimum_people = json.at("minimum_people");
        input.minimum_area_km2 = json.at("minimum_area_km2");
        definitions.push_back(std::move(input));
    }
    study.dead_zones = std::move(definitions);
    return study;
}

/// Communes in the order of the table, which is that of their codes.
Plan plan_in(const ParsedJson& manifest, const Table& communes) {
    const ParsedJson& json = manifest.at("study_grid");
    const GridSpec study_grid = saved_grid(json);
    const std::int32_t refine = json.at("refine");
    if (refine < 1) throw InputError{"'manifest.json': refine is " + std::to_string(refine)};
    const GridSpec population_grid = coarse_grid(study_grid, refine);
    const Study study = study_in(manifest);
    std::vector<Zone> zones;
    std::vector<double> inside;
    for (std::size_t row = 0; row < communes.rows.size(); ++row) {
        Zone zone;
        zone.code = text_at(communes, row, "code");
        zone.name = text_at(communes, row, "name");
        zone.province = text_at(communes, row, "province");
        if (!study.population.adjust_to.empty() &&
            !std::holds_alternative<std::monostate>(
                communes.rows[row][column_of(communes, "official_people")])) {
            zone.official_people = number_at(communes, row, "official_people");
        }
        inside.push_back(number_at(communes, row, "inside_raster_pct") / 100);
        zones.push_back(std::move(zone));
    }
    const EarthSurface surface = surface_of(canonical_crs(json.at("crs"), "'manifest.json'"));
    Plan plan{study,
              technologies_of(study),
              {},
              {},
              population_grid,
              refine,
              study_grid,
              Tiling{{}, 1, 1},
              std::move(zones),
              std::move(inside),
              ZoneIndex{{}},
              CellAreas{study_grid, surface},
              CellAreas{population_grid, surface},
              surface,
              {},
              std::nullopt,
              "",
              0,
              0,
              {}};
    plan.combinations = combinations_of(plan.technologies);
    plan.dead_zones = dead_zone_definitions(study, plan.technologies);
    return plan;
}

std::int64_t units_in(const CsvTable& table, const CsvTable::Row& row, const std::string& column) {
    const std::string& text = row.cells[table.column(column)];
    std::int64_t units = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), units);
    if (trouble != std::errc{} || end != text.data() + text.size()) {
        throw InputError{table.where(row) + ", column '" + column + "': wanted a whole number, found '" +
                         text + "'"};
    }
    return units;
}

Service service_in(const CsvTable& table, const CsvTable::Row& row, const std::string& column) {
    const std::string& word = row.cells[table.column(column)];
    if (word == "served") return Service::served;
    if (word == "unserved") return Service::unserved;
    if (word == "unknown") return Service::unknown;
    throw InputError{table.where(row) + ", column '" + column +
                     "': wanted served, unserved or unknown, found '" + word + "'"};
}

/// A code as the reader of CSV files returns it.
std::string code_in_csv(const std::string& code) {
    return trimmed(composed(csv_text(code)));
}

class LedgerReader {
public:
    LedgerReader(const std::filesystem::path& folder, const Plan& plan) : folder_{folder}, plan_{plan} {
        for (std::size_t i = 0; i < plan.zones.size(); ++i) {
            numbers_[code_in_csv(plan.zones[i].code)] = static_cast<ZoneNumber>(i);
        }
    }

    void read_into(Ledger& ledger) const {
        const CsvTable table = read("ledger.csv");
        for (const CsvTable::Row& row : table.rows) {
            LedgerKey key{zone_in(table, row), {}};
            const std::vector<CoverageInput>& coverage = plan_.study.coverage;
            for (std::size_t layer = 0; layer < coverage.size(); ++layer) {
                key.state =
                    key.state.with(layer, service_in(table, row, column_word(coverage[layer].label())));
            }
            ledger.add(key, {Persons::of_units(units_in(table, row, "people_units")),
                             Area::of_units(units_in(table, row, "area_units"))});
        }
    }
    void read_shares_into(Ledger& ledger) const {
        if (!std::filesystem::exists(folder_ / "ledger_shares.csv")) return;
        const CsvTable table = read("ledger_shares.csv");
        for (const CsvTable::Row& row : table.rows) {
            const std::string& word = row.cells[table.column("layer")];
            for (std::size_t layer = 0; layer < plan_.study.coverage.size(); ++layer) {
                if (code_in_csv(plan_.study.coverage[layer].label()) != word) continue;
                ledger.add_served({zone_in(table, row), static_cast<std::int32_t>(layer)},
                                  Persons::of_units(units_in(table, row, "served_units")));
            }
        }
    }

private:
    [[nodiscard]] CsvTable read(const std::string& name) const {
        CsvTable table = read_csv((folder_ / name).string());
        table.quoted = "'" + name + "'";
        return table;
    }
    [[nodiscard]] ZoneNumber zone_in(const CsvTable& table, const CsvTable::Row& row) const {
        const std::string& booking = row.cells[table.column("booking")];
        if (booking == "outside") return outside_every_zone;
        if (booking == "twice") return counted_twice;
        const std::string& code = row.cells[table.column("zone")];
        const auto found = numbers_.find(code);
        if (booking == "commune" && found != numbers_.end()) return found->second;
        throw InputError{table.where(row) + ", column 'zone': wanted a commune of communes.csv, found '" +
                         code + "'"};
    }

    const std::filesystem::path& folder_;
    const Plan& plan_;
    std::map<std::string, ZoneNumber> numbers_;
};

Persons manifest_people(const ParsedJson& json) {
    const std::string text = json.at("units");
    std::int64_t units = 0;
    std::from_chars(text.data(), text.data() + text.size(), units);
    return Persons::of_units(units);
}

Area area_at(const Table& table, std::size_t row) {
    constexpr double units_a_square_kilometre = 1e6 * 65536;
    return Area::of_units(std::llround(number_at(table, row, "area_km2") * units_a_square_kilometre));
}

/// The zones of one definition with their parts, as tables tell them.
std::vector<DeadZone> zones_in(const Table& zones, const Table& parts, const std::string& definition,
                               const std::map<std::string, std::size_t>& numbers) {
    std::vector<DeadZone> found;
    std::map<std::int64_t, std::size_t> by_id;
    for (std::size_t row = 0; row < zones.rows.size(); ++row) {
        if (text_at(zones, row, "definition") != definition) continue;
        DeadZone zone;
        const auto id = static_cast<std::int64_t>(number_at(zones, row, "id"));
        zone.id = static_cast<std::uint32_t>(id);
        zone.rank = found.size() + 1;
        zone.people = people_at(zones, row, "people");
        zone.area = area_at(zones, row);
        zone.cells = static_cast<std::int64_t>(number_at(zones, row, "cells"));
        by_id[id] = found.size();
        found.push_back(std::move(zone));
    }
    for (std::size_t row = 0; row < parts.rows.size(); ++row) {
        if (text_at(parts, row, "definition") != definition) continue;
        const auto zone = by_id.find(static_cast<std::int64_t>(number_at(parts, row, "id")));
        const auto commune = numbers.find(text_at(parts, row, "code"));
        if (zone == by_id.end() || commune == numbers.end()) {
            throw InputError{"'dead_zone_communes.csv', row " + std::to_string(row + 2) +
                             ": the zone or the commune is in no other table"};
        }
        found[zone->second].communes.push_back(
            {commune->second, people_at(parts, row, "people"), area_at(parts, row)});
    }
    return found;
}

void add_dead_zones(const std::vector<Table>& tables, SavedStudy& saved) {
    if (saved.plan.dead_zones.empty()) return;
    const Table& zones = saved_table_named(tables, "dead_zones");
    const Table& parts = saved_table_named(tables, "dead_zone_communes");
    const Table& summary = saved_table_named(tables, "dead_zones_summary");
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < saved.plan.zones.size(); ++i) numbers[saved.plan.zones[i].code] = i;
    for (std::size_t d = 0; d < saved.plan.dead_zones.size(); ++d) {
        DeadZones& found = saved.result.dead_zones[d];
        const std::string& name = saved.plan.dead_zones[d].input.name;
        found.zones = zones_in(zones, parts, name, numbers);
        Persons inside;
        for (const DeadZone& zone : found.zones) inside += zone.people;
        found.remainder.people = found.unserved - inside;
        for (std::size_t row = 0; row < summary.rows.size(); ++row) {
            if (text_at(summary, row, "definition") != name) continue;
            found.remainder.zones = static_cast<std::int64_t>(number_at(summary, row, "remainder_zones"));
        }
        found.communes = by_commune(found.zones, saved.plan.zones.size());
    }
}

}  // namespace

SavedStudy saved_study(const std::filesystem::path& folder, const ParsedJson& manifest,
                       const std::vector<Table>& tables) {
    SavedStudy saved{plan_in(manifest, saved_table_named(tables, "communes")), {}, false};
    saved.synthetic = manifest.at("study").at("synthetic_inputs");
    Partial partial = Partial::empty_of(saved.plan);
    const LedgerReader reader{folder, saved.plan};
    reader.read_into(partial.ledger);
    reader.read_shares_into(partial.ledger);
    partial.raster_total = manifest_people(manifest.at("balance").at("raster"));
    saved.result = finish(saved.plan, partial);
    add_dead_zones(tables, saved);
    return saved;
}

const Table& saved_table_named(const std::vector<Table>& tables, const std::string& name) {
    for (const Table& table : tables) {
        if (table.name == name) return table;
    }
    throw InputError{"'phusong.gpkg' has no layer '" + name + "'"};
}

std::size_t column_of(const Table& table, const std::string& name) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].name == name) return i;
    }
    throw InputError{"'phusong.gpkg', layer '" + table.name + "' has no column '" + name + "'"};
}

std::string text_at(const Table& table, std::size_t row, const std::string& column) {
    const auto* text = std::get_if<std::string>(&table.rows[row][column_of(table, column)]);
    return text != nullptr ? *text : "";
}

double number_at(const Table& table, std::size_t row, const std::string& column) {
    const TableValue& value = table.rows[row][column_of(table, column)];
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? *number : 0;
}

Persons people_at(const Table& table, std::size_t row, const std::string& column) {
    const double units = number_at(table, row, column) * 16777216;
    if (!(std::abs(units) < 9e18) || units != std::round(units)) {
        throw InputError{"'phusong.gpkg', layer '" + table.name + "', row " + std::to_string(row + 1) +
                         ", column '" + column + "' is no number of people in units of 2^-24"};
    }
    return Persons::of_units(static_cast<std::int64_t>(units));
}

}  // namespace phusong::io
