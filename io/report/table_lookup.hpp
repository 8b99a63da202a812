#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// @return nothing when there is none
[[nodiscard]] const Table* table_named(const std::vector<Table>& tables, std::string_view name);
[[nodiscard]] std::optional<std::size_t> column_of(const Table& table, std::string_view name);

/// Empty where the column or the value is not there, or is of another kind.
[[nodiscard]] std::string text_at(const Table& table, std::size_t row, std::optional<std::size_t> column);
[[nodiscard]] std::optional<double> number_at(const Table& table, std::size_t row,
                                              std::optional<std::size_t> column);

}  // namespace phusong::io
