#include "io/report/measures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "io/report/table_lookup.hpp"

namespace phusong::io {

namespace {

constexpr std::string_view error_suffix = "_sampling_error_pct";

/// Rows of `communes` and the same communes' rows of another table, by code.
std::vector<std::optional<double>> by_commune(const Table& communes, const Table& table,
                                              const std::string& column) {
    std::map<std::string, std::optional<double>> values;
    const auto code = column_of(table, "code");
    const auto wanted = column_of(table, column);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        values.emplace(text_at(table, row, code), number_at(table, row, wanted));
    std::vector<std::optional<double>> found;
    const auto own_code = column_of(communes, "code");
    for (std::size_t row = 0; row < communes.rows.size(); ++row)
        found.push_back(values[text_at(communes, row, own_code)]);
    return found;
}

std::string classes_of(const std::vector<std::optional<double>>& values, const std::vector<double>& breaks) {
    std::string classes;
    for (const std::optional<double> value : values) {
        if (!value) {
            classes += '-';
            continue;
        }
        const auto above = std::upper_bound(breaks.begin(), breaks.end(), *value) - breaks.begin();
        classes += static_cast<char>('0' + above);
    }
    return classes;
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below a number.
double round_above(double number) {
    const double power = std::pow(10, std::floor(std::log10(std::max(number, 1.0))));
    for (const double times : {1.0, 2.0, 5.0}) {
        if (times * power >= number) return times * power;
    }
    return 10 * power;
}

/// Nobody, and five classes below the largest number: most communes are far below it.
std::vector<double> people_breaks(const std::vector<std::optional<double>>& values) {
    double most = 0;
    for (const std::optional<double> value : values) most = std::max(most, value.value_or(0));
    // The least that can be more than nobody: whole units of people are far larger.
    constexpr double anybody = 1e-9;
    const double top = std::max(round_above(most), 100.0);
    return {anybody, top / 50, top / 20, top / 10, top / 4};
}

/// Fine steps where the communes are: near all of the people, or, of what is still being built, below half of
/// them; with the former steps a map of 5G would be of one colour.
std::vector<double> percent_breaks(const std::vector<std::optional<double>>& values) {
    std::ptrdiff_t known = 0;
    std::ptrdiff_t low = 0;
    for (const std::optional<double> value : values) {
        if (!value) continue;
        ++known;
        if (*value < 50) ++low;
    }
    if (2 * low > known) return {10, 25, 50, 75, 90};
    return {50, 80, 90, 95, 99};
}

Measure percent_measure(const Table& communes, const std::string& technology) {
    Measure measure{technology, Measure::Kind::percent, "communes", technology + "_low_pct", technology, {},
                    ""};
    const auto values = by_commune(communes, communes, measure.column);
    measure.breaks = percent_breaks(values);
    measure.classes = classes_of(values, measure.breaks);
    return measure;
}

Measure people_measure(const Table& communes, const Table& table, const std::string& column) {
    Measure measure{column, Measure::Kind::people, table.name, column, column, {}, ""};
    const auto values = by_commune(communes, table, column);
    measure.breaks = people_breaks(values);
    measure.classes = classes_of(values, measure.breaks);
    return measure;
}

void add_statuses(const Table& communes, const Table& targets, std::vector<Measure>& measures) {
    const auto code = column_of(targets, "code");
    const auto name = column_of(targets, "target");
    const auto status = column_of(targets, "status");
    const auto code_of_commune = column_of(communes, "code");
    std::map<std::string, std::size_t> rows;
    for (std::size_t row = 0; row < communes.rows.size(); ++row)
        rows.emplace(text_at(communes, row, code_of_commune), row);
    std::string last;
    for (std::size_t row = 0; row < targets.rows.size(); ++row) {
        const std::string target = text_at(targets, row, name);
        if (measures.back().kind != Measure::Kind::status || target != last) {
            const auto number = static_cast<std::size_t>(
                std::count_if(measures.begin(), measures.end(),
                              [](const Measure& m) { return m.kind == Measure::Kind::status; }));
            measures.push_back({"target_" + std::to_string(number + 1),
                                Measure::Kind::status,
                                "targets",
                                "status",
                                target,
                                {},
                                std::string(communes.rows.size(), '-')});
            last = target;
        }
        const auto commune = rows.find(text_at(targets, row, code));
        if (commune == rows.end()) continue;
        const auto word =
            std::find(status_words().begin(), status_words().end(), text_at(targets, row, status));
        if (word != status_words().end())
            measures.back().classes[commune->second] =
                static_cast<char>('0' + (word - status_words().begin()));
    }
}

}  // namespace

std::vector<std::string> technology_words(const Table& communes) {
    std::vector<std::string> words;
    for (const TableColumn& column : communes.columns) {
        if (column.name.ends_with(error_suffix))
            words.push_back(column.name.substr(0, column.name.size() - error_suffix.size()));
    }
    return words;
}

std::vector<Measure> measures_of(const std::vector<Table>& tables) {
    std::vector<Measure> measures;
    const Table* communes = table_named(tables, "communes");
    if (communes == nullptr) return measures;
    // After an event its map comes first.
    const Table* gaps = table_named(tables, "gaps");
    if (gaps != nullptr && column_of(*gaps, "people_dark"))
        measures.push_back(people_measure(*communes, *gaps, "people_dark"));
    for (const std::string& word : technology_words(*communes))
        measures.push_back(percent_measure(*communes, word));
    for (const char* column : {"no_mobile", "no_service"}) {
        if (column_of(*communes, column)) measures.push_back(people_measure(*communes, *communes, column));
    }
    const Table* targets = table_named(tables, "targets");
    if (targets != nullptr && !measures.empty()) add_statuses(*communes, *targets, measures);
    return measures;
}

const std::vector<std::string>& colours_of(Measure::Kind kind) {
    // ColorBrewer's YlGnBu and YlOrBr, six classes each; a status is told by its mark, too.
    static const std::vector<std::string> percent{"#ffffcc", "#c7e9b4", "#7fcdbb",
                                                  "#41b6c4", "#2c7fb8", "#253494"};
    static const std::vector<std::string> people{"#ffffff", "#fee391", "#fec44f",
                                                 "#fe9929", "#d95f0e", "#993404"};
    static const std::vector<std::string> status{"#009e73", "#f0e442", "#d55e00", "#cccccc"};
    if (kind == Measure::Kind::percent) return percent;
    return kind == Measure::Kind::people ? people : status;
}

const std::vector<std::string>& status_words() {
    static const std::vector<std::string> words{"XANH", "VÀNG", "ĐỎ", "CẦN ĐO"};
    return words;
}

}  // namespace phusong::io
