#include "io/result_tables.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace phusong::io {

namespace {

using Kind = TableColumn::Kind;

const char* yes_or_nothing(bool yes) {
    return yes ? "YES" : "";
}

/// The number, or an empty cell where it is not known. (Spelled out: g++ 12 warns of an uninitialised variant
/// in a conditional expression.)
TableValue value_if(bool known, double number) {
    TableValue value;
    if (known) value = number;
    return value;
}

TableValue people_if(bool known, Persons people) {
    return value_if(known, people.value());
}

/// Builds columns and rows side by side, so that a value can never slip under a wrong heading.
class RowBuilder {
public:
    explicit RowBuilder(Table& table) : table_{table} {}

    void next_row() {
        table_.rows.emplace_back();
        first_ = table_.rows.size() == 1;
    }
    void put(const std::string& name, Kind kind, TableValue value) {
        if (first_) table_.columns.push_back({name, kind});
        table_.rows.back().push_back(std::move(value));
    }
    void text(const std::string& name, const std::string& value) { put(name, Kind::text, value); }
    void real(const std::string& name, TableValue value) { put(name, Kind::real, std::move(value)); }
    void integer(const std::string& name, std::int64_t value) { put(name, Kind::integer, value); }

    /// Low and high in per cent; empty where nobody lives.
    void percent(const std::string& stem, const Answer& answer, bool known) {
        TableValue low;
        TableValue high;
        if (known) {
            const Interval interval = share_of_people(answer);
            low = 100 * interval.low;
            high = 100 * interval.high;
        }
        real(stem + "_low_pct", low);
        real(stem + "_high_pct", high);
    }
    void answer(const std::string& stem, const Answer& answer, bool known, bool inside) {
        real(stem + "_served", people_if(inside, answer.served.people));
        real(stem + "_unserved", people_if(inside, answer.unserved.people));
        real(stem + "_unknown", people_if(inside, answer.unknown.people));
        percent(stem, answer, known);
    }

private:
    Table& table_;
    bool first_ = false;
};

void put_technology(RowBuilder& row, const Plan& plan, std::size_t t, const PlaceResult& place) {
    const Technology& technology = plan.technologies[t];
    const TechnologyResult& result = place.technologies[t];
    const std::string stem = technology_word(technology);
    const bool known = place.has_people();
    const bool inside = place.people.has_value();
    row.answer(stem, result.any_operator, known, inside);
    TableValue error;
    if (known) error = 100 * result.sampling_error / place.people->value();
    row.real(stem + "_sampling_error_pct", error);

    TableValue area_low;
    TableValue area_high;
    if (place.area > Area{}) {
        const Interval interval = share_of_area(result.yes_no);
        area_low = 100 * interval.low;
        area_high = 100 * interval.high;
    }
    row.real(stem + "_area_low_pct", area_low);
    row.real(stem + "_area_high_pct", area_high);
    if (technology.layers.size() < 2) return;

    const CoverageInput& best = plan.study.coverage[technology.layers[result.best_operator]];
    row.text(stem + "_best_operator", known ? best.operator_name : "");
    row.percent(stem + "_best_operator", result.of_operator[result.best_operator], known);
    row.percent(stem + "_all_operators", result.all_operators, known);
    for (std::size_t n = 0; n < result.served_by.size(); ++n) {
        row.real(stem + "_n_operators_" + std::to_string(n), people_if(inside, result.served_by[n]));
    }
    for (std::size_t i = 0; i < technology.layers.size(); ++i) {
        const CoverageInput& input = plan.study.coverage[technology.layers[i]];
        row.answer(stem + "_" + column_word(input.operator_name), result.of_operator[i], known, inside);
    }
}

void put_place(RowBuilder& row, const Plan& plan, const PlaceResult& place, bool synthetic) {
    row.next_row();
    row.text("code", place.code);
    row.text("name", place.name);
    row.text("province", place.province);
    row.real("people", people_if(place.people.has_value(), place.people.value_or(Persons{})));
    row.real("raster_people",
             people_if(place.people || place.raster_people > Persons{}, place.raster_people));
    if (!plan.study.population.adjust_to.empty()) {
        row.real("official_people",
                 value_if(place.official_people.has_value(), place.official_people.value_or(0)));
        row.real("raking_factor", value_if(place.raking_factor.has_value(), place.raking_factor.value_or(0)));
    }
    row.real("area_km2", square_kilometres(place.area));
    row.real("inside_raster_pct", 100 * place.inside_raster);
    for (std::size_t t = 0; t < plan.technologies.size(); ++t) put_technology(row, plan, t, place);
    const bool inside = place.people.has_value();
    for (std::size_t c = 0; c < plan.combinations.size(); ++c) {
        const std::string& name = plan.combinations[c].name;
        const Answer& answer = place.combinations[c];
        row.real(name, people_if(inside, answer.served.people));
        row.real(name + "_unknown", people_if(inside, answer.unknown.people));
    }
    row.text("synthetic", yes_or_nothing(synthetic));
}

void put_metadata(Table& table, const Plan& plan, bool synthetic) {
    table.crs = "";
    table.metadata.emplace_back("study", plan.study.name);
    if (synthetic) table.metadata.emplace_back("SYNTHETIC", "YES");
}

const char* answer_word(Service service) {
    switch (service) {
        case Service::served:
            return "served";
        case Service::unserved:
            return "unserved";
        case Service::unknown:
            return "unknown";
    }
    return "";
}

std::string zone_word(const Plan& plan, ZoneNumber zone) {
    if (zone == outside_every_zone) return "outside";
    if (zone == counted_twice) return "counted_twice";
    return plan.zones[static_cast<std::size_t>(zone)].code;
}

const char* booking_word(ZoneNumber zone) {
    return zone >= 0 ? "commune" : zone == counted_twice ? "twice" : "outside";
}

std::string layer_column(const CoverageInput& input) {
    return column_word(input.label());
}

/// By commune code and then state: the order of the file does not show how zones were numbered inside.
template <typename Row>
void sort_by_code(const Plan& plan, std::vector<Row>& rows) {
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        const auto key = [&](const Row& row) {
            return std::pair{row.key.zone >= 0 ? 0 : -row.key.zone, zone_word(plan, row.key.zone)};
        };
        return key(a) < key(b);
    });
}

}  // namespace

std::string column_word(const std::string& text) {
    std::string word;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            word += c;
        } else if (c >= 'A' && c <= 'Z') {
            word += static_cast<char>(c - 'A' + 'a');
        } else if (!word.empty() && word.back() != '_') {
            word += '_';
        }
    }
    while (!word.empty() && word.back() == '_') word.pop_back();
    return word;
}

std::string technology_word(const Technology& technology) {
    return technology.meaning.empty() ? technology.name : technology.name + "_" + technology.meaning;
}

bool is_synthetic(const Sources& sources) {
    return sources.zones_synthetic || sources.population->description().synthetic ||
           (sources.settlements && sources.settlements->synthetic) ||
           (sources.sites && sources.sites->synthetic) ||
           std::any_of(sources.coverage.begin(), sources.coverage.end(),
                       [](const CoverageSource& layer) { return layer.synthetic; });
}

Table communes_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    Table table;
    table.name = "communes";
    table.description = "Share of people covered per commune";
    const bool synthetic = is_synthetic(sources);
    put_metadata(table, plan, synthetic);
    table.crs = sources.population->description().crs;
    RowBuilder row{table};
    for (const PlaceResult& place : result.communes) {
        put_place(row, plan, place, synthetic);
        table.shapes.push_back(plan.zones[place.zone].shape);
    }
    return table;
}

Table provinces_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    Table table;
    table.name = "provinces";
    table.description = "Roll-up of the communes to provinces and to everything";
    const bool synthetic = is_synthetic(sources);
    put_metadata(table, plan, synthetic);
    RowBuilder row{table};
    for (const PlaceResult& place : result.provinces) put_place(row, plan, place, synthetic);
    PlaceResult total = result.total;
    total.code = "total";
    put_place(row, plan, total, synthetic);
    return table;
}

Table ledger_table(const Plan& plan, const StudyResult& result) {
    Table table;
    table.name = "ledger";
    table.description = "People and land by commune and by the answers of all layers, before raking";
    std::vector<Ledger::Row> rows = result.ledger.rows();
    sort_by_code(plan, rows);
    RowBuilder row{table};
    for (const Ledger::Row& entry : rows) {
        row.next_row();
        row.text("zone", zone_word(plan, entry.key.zone));
        row.text("booking", booking_word(entry.key.zone));
        for (std::size_t layer = 0; layer < plan.study.coverage.size(); ++layer) {
            row.text(layer_column(plan.study.coverage[layer]), answer_word(entry.key.state.of(layer)));
        }
        row.integer("people_units", entry.amount.people.units());
        row.real("people", entry.amount.people.value());
        row.integer("area_units", entry.amount.area.units());
        row.real("area_km2", square_kilometres(entry.amount.area));
    }
    return table;
}

Table ledger_shares_table(const Plan& plan, const StudyResult& result) {
    Table table;
    table.name = "ledger_shares";
    table.description = "People x share of the layers that tell parts of households, before raking";
    std::vector<Ledger::ShareRow> rows = result.ledger.share_rows();
    sort_by_code(plan, rows);
    RowBuilder row{table};
    for (const Ledger::ShareRow& entry : rows) {
        row.next_row();
        row.text("zone", zone_word(plan, entry.key.zone));
        row.text("booking", booking_word(entry.key.zone));
        row.text("layer", plan.study.coverage[static_cast<std::size_t>(entry.key.layer)].label());
        row.integer("served_units", entry.served.units());
        row.real("served", entry.served.value());
    }
    return table;
}

}  // namespace phusong::io
