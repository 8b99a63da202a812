#include "io/verify/check_sums.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "io/dead_zone_tables.hpp"
#include "io/result_tables.hpp"
#include "io/text/csv.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

using ParsedJson = nlohmann::json;

std::string shown(const TableValue& value) {
    std::string text = csv_pieces({value}).front();
    text.pop_back();
    return text;
}

/// What no sum tells: how samples scattered, how much of a commune the raster covers, and sizes of zones.
bool is_taken(const std::string& column) {
    return column.ends_with("_sampling_error_pct") || column == "inside_raster_pct" ||
           column == "remainder_zones";
}

/// Every column of `derived` in `found`; others follow from more than sums.
void check_table(const Table& derived, const Table& found, Findings& findings) {
    const std::string file = found.name + ".csv";
    if (derived.rows.size() != found.rows.size()) {
        findings.add(file, "holds " + std::to_string(found.rows.size()) + " rows, wanted " +
                               std::to_string(derived.rows.size()));
        return;
    }
    for (std::size_t row = 0; row < derived.rows.size(); ++row) {
        for (std::size_t c = 0; c < derived.columns.size(); ++c) {
            const std::string& column = derived.columns[c].name;
            if (is_taken(column)) continue;
            const TableValue& value = found.rows[row][column_of(found, column)];
            if (derived.rows[row][c] == value) continue;
            findings.cell(file, row + 2, column, shown(derived.rows[row][c]), shown(value),
                          "from ledger.csv and the dead zones");
            return;
        }
    }
}

void check_people(const ParsedJson& said, Persons people, const std::string& what, Findings& findings) {
    if (said.at("units") == std::to_string(people.units()) && said.at("people") == people.value()) return;
    findings.add("manifest.json", what + ": wanted " + shortest(people.value()) + " people (" +
                                      std::to_string(people.units()) + " units, from ledger.csv), found " +
                                      said.dump());
}

/// A column that is another one divided, to the last digit.
void check_quotient(const CsvTable& table, const std::string& file, const std::string& column,
                    const std::string& units, double divisor, double then, Findings& findings) {
    const std::size_t whole = table.column(units);
    const std::size_t number = table.column(column);
    for (const CsvTable::Row& row : table.rows) {
        const std::string wanted = shortest(number_of(row.cells[whole]).value_or(NAN) / divisor / then);
        if (row.cells[number] == wanted) continue;
        findings.cell(file, row.number, column, wanted, row.cells[number], "from column '" + units + "'");
        return;
    }
}

/// terms add up to a column, of numbers that are whole units of people.
void check_sum(const CsvTable& table, const std::string& file, const std::string& column,
               const std::vector<std::pair<double, std::string>>& terms, Findings& findings) {
    const std::size_t number = table.column(column);
    for (const CsvTable::Row& row : table.rows) {
        if (row.cells[number].empty()) continue;
        double sum = 0;
        for (const auto& [sign, term] : terms) {
            sum += sign * number_of(row.cells[table.column(term)]).value_or(NAN);
        }
        if (shortest(sum) == row.cells[number]) continue;
        findings.cell(file, row.number, column, shortest(sum), row.cells[number], "from its parts");
        return;
    }
}

/// Numbers with decimal points, however the file writes them.
CsvTable result_csv(const std::filesystem::path& folder, const std::string& file, CsvDialect dialect) {
    CsvTable table = read_csv((folder / file).string());
    for (CsvTable::Row& row : table.rows) {
        if (dialect != CsvDialect::excel_vi) break;
        for (std::string& cell : row.cells) {
            std::string plain = cell;
            std::replace(plain.begin(), plain.end(), ',', '.');
            if (number_of(plain)) cell = std::move(plain);
        }
    }
    table.quoted = "'" + file + "'";
    return table;
}

}  // namespace

void check_derived(const SavedStudy& saved, const std::vector<Table>& tables, Findings& findings) {
    check_table(communes_table(saved.plan, saved.result, saved.synthetic),
                saved_table_named(tables, "communes"), findings);
    check_table(provinces_table(saved.plan, saved.result, saved.synthetic),
                saved_table_named(tables, "provinces"), findings);
    if (saved.plan.dead_zones.empty()) return;
    const Table derived = dead_zones_summary_table(saved.plan, saved.result, saved.synthetic);
    Table found = saved_table_named(tables, "dead_zones_summary");
    // What an event took away comes last, and does not follow from service before it.
    if (found.rows.size() > derived.rows.size()) found.rows.resize(derived.rows.size());
    check_table(derived, found, findings);
}

void check_balance(const SavedStudy& saved, const ParsedJson& manifest, Findings& findings) {
    const Balance& balance = saved.result.balance;
    const ParsedJson& said = manifest.at("balance");
    check_people(said.at("communes"), balance.communes, "people in communes", findings);
    check_people(said.at("outside"), balance.outside, "people outside every commune", findings);
    check_people(said.at("counted_twice"), balance.twice, "people counted twice", findings);
    for (std::size_t d = 0; d < saved.result.dead_zones.size(); ++d) {
        const DeadZones& found = saved.result.dead_zones[d];
        const ParsedJson& zones = manifest.at("dead_zones").at(d);
        const std::string of = " of dead zones '" + saved.plan.dead_zones[d].input.name + "'";
        check_people(zones.at("in_zones"), people_in(found.zones), "people" + of, findings);
        check_people(zones.at("in_remainder"), found.remainder.people, "remainder" + of, findings);
        check_people(zones.at("unserved"), found.unserved, "unserved people" + of, findings);
        if (zones.at("zones") == found.zones.size()) continue;
        findings.add("manifest.json", "number" + of + ": wanted " + std::to_string(found.zones.size()) +
                                          " (dead_zones.csv), found " + zones.at("zones").dump());
    }
    if (balance.holds() && said.at("holds") == true) return;
    findings.add("manifest.json", "the balance does not hold: communes + outside - counted twice = " +
                                      shortest((balance.communes + balance.outside - balance.twice).value()) +
                                      " people by ledger.csv, the raster held " +
                                      shortest(balance.raster.value()));
}

void check_parts(const SavedStudy& saved, const std::vector<Table>& tables, Findings& findings) {
    if (saved.plan.dead_zones.empty()) return;
    const Table& table = saved_table_named(tables, "dead_zones");
    const bool once = saved.result.raked || saved.result.balance.twice == Persons{};
    std::size_t row = 0;
    for (const DeadZones& found : saved.result.dead_zones) {
        for (const DeadZone& zone : found.zones) {
            Persons sum;
            std::string codes;
            for (const DeadZonePart& part : zone.communes) {
                sum += part.people;
                codes += (codes.empty() ? "" : ";") + saved.plan.zones[part.zone].code;
            }
            // Where communes overlap, their people count in both and once in the zone.
            if (once ? sum != zone.people : sum < zone.people) {
                findings.cell("dead_zones.csv", row + 2, "people", shortest(sum.value()),
                              shortest(zone.people.value()), "from dead_zone_communes.csv");
            }
            if (const std::string said = text_at(table, row, "communes"); said != codes) {
                findings.cell("dead_zones.csv", row + 2, "communes", codes, said,
                              "from dead_zone_communes.csv");
            }
            const double rank = number_at(table, row, "rank");
            if (rank != static_cast<double>(zone.rank)) {
                findings.cell("dead_zones.csv", row + 2, "rank", std::to_string(zone.rank), shortest(rank),
                              "its place among those with most people");
            }
            ++row;
        }
    }
}

void check_csv_laws(const std::filesystem::path& folder, CsvDialect dialect, Findings& findings) {
    constexpr double person = 16777216;
    constexpr double square_metre = 65536;
    const CsvTable ledger = result_csv(folder, "ledger.csv", dialect);
    check_quotient(ledger, "ledger.csv", "people", "people_units", person, 1, findings);
    check_quotient(ledger, "ledger.csv", "area_km2", "area_units", square_metre, 1e6, findings);
    if (std::filesystem::exists(folder / "ledger_shares.csv")) {
        check_quotient(result_csv(folder, "ledger_shares.csv", dialect), "ledger_shares.csv", "served",
                       "served_units", person, 1, findings);
    }
    if (std::filesystem::exists(folder / "impact.csv")) {
        check_sum(result_csv(folder, "impact.csv", dialect), "impact.csv", "served_after",
                  {{1, "served_before"}, {-1, "lost"}, {1, "gained"}, {1, "change_in_unknown"}}, findings);
    }
}

}  // namespace phusong::io
