#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace phusong {

/// Sets bit first + i of `bits` for every i > 0 where rows[r][i] differs from rows[r][i - 1] in some row r.
/// @pre every row has `size` bytes; bits holds first + size bits
void mark_changes(std::span<const std::uint8_t* const> rows, std::size_t size, std::size_t first,
                  std::span<std::uint64_t> bits);

/// The same on any processor; `mark_changes` takes what the processor at hand has.
void mark_changes_anywhere(std::span<const std::uint8_t* const> rows, std::size_t size, std::size_t first,
                           std::span<std::uint64_t> bits);

}  // namespace phusong
