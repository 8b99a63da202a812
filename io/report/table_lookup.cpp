#include "io/report/table_lookup.hpp"

#include <algorithm>

namespace phusong::io {

const Table* table_named(const std::vector<Table>& tables, std::string_view name) {
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

std::optional<std::size_t> column_of(const Table& table, std::string_view name) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [&](const TableColumn& column) { return column.name == name; });
    if (found == table.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - table.columns.begin());
}

std::string text_at(const Table& table, std::size_t row, std::optional<std::size_t> column) {
    if (!column) return "";
    const auto* text = std::get_if<std::string>(&table.rows[row][*column]);
    return text != nullptr ? *text : "";
}

std::optional<double> number_at(const Table& table, std::size_t row, std::optional<std::size_t> column) {
    if (!column) return std::nullopt;
    const TableValue& value = table.rows[row][*column];
    if (const auto* real = std::get_if<double>(&value)) return *real;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    return std::nullopt;
}

}  // namespace phusong::io
