#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Part `index` of `parts` nearly equal parts of an amount that add up to it exactly; the amount is cut at
/// the rounded-down multiples, so no part differs from another by more than one unit.
/// @pre parts >= 1 and 0 <= index < parts
[[nodiscard]] Persons even_part(Persons amount, std::int64_t index, std::int64_t parts);

/// People of the population cells of one row: as Persons, or, where all are few, as their units in half the
/// memory.
struct PeopleRow {
    std::span<const Persons> cells;
    std::span<const std::int32_t> narrow;  ///< units; used when not empty
    bool nobody = false;                   ///< known to hold nobody; of narrow ones

    [[nodiscard]] std::size_t size() const { return narrow.empty() ? cells.size() : narrow.size(); }
    [[nodiscard]] std::int64_t units(std::size_t cell) const {
        return narrow.empty() ? cells[cell].units() : narrow[cell];
    }
};

/// People of the study cells of one row at a time. A population cell is cut into `refine` x `refine` even
/// parts, row by row; where it is cut, running sums give the people of a run in a moment. Where it is not,
/// adding the cells up takes less time than to make such sums.
class RowPeople {
public:
    /// @pre 1 <= refine <= 256
    explicit RowPeople(std::int32_t refine);

    /// Takes a row of population cells, and its first row of parts. The cells must outlive their use.
    /// @pre no cell is below zero
    /// @throws QuantityOverflow
    void assign(PeopleRow cells);
    void assign(std::span<const Persons> cells) { assign(PeopleRow{cells, {}, false}); }
    /// Turns to another row of parts of the same cells. @pre 0 <= part < refine
    void take_part(std::int32_t part);

    // Columns count study cells from the row's first.

    /// People in the columns [first, end).
    [[nodiscard]] Persons sum(std::int32_t first, std::int32_t end) const {
        if (nobody_) return {};
        if (refine_ == 1 && small_) {
            const auto from = static_cast<std::size_t>(first);
            const auto to = static_cast<std::size_t>(end);
            return Persons::of_units(row_.narrow.empty() ? wide_sum(from, to) : narrow_sum(from, to));
        }
        return Persons::of_units(upto(end) - upto(first));
    }
    [[nodiscard]] Persons of_cell(std::int32_t column) const { return sum(column, column + 1); }
    /// Where the columns from `first` on that have people, or have none, as `first` has or has not, end.
    /// @pre first < end
    [[nodiscard]] std::int32_t same_until(std::int32_t first, std::int32_t end) const;

private:
    // Units of whole cells.
    [[nodiscard]] std::int64_t wide_sum(std::size_t first, std::size_t end) const {
        std::int64_t units = 0;
        for (std::size_t i = first; i < end; ++i) units += row_.cells[i].units();
        return units;
    }
    [[nodiscard]] std::int64_t narrow_sum(std::size_t first, std::size_t end) const;
    /// Units in the columns [0, column).
    [[nodiscard]] std::int64_t upto(std::int32_t column) const;
    /// Units of the first `columns` parts of a cell in the row of parts.
    [[nodiscard]] std::int64_t head(std::size_t cell, std::int32_t columns) const;
    void divide();
    /// How many of the units left the row of parts has.
    [[nodiscard]] std::int64_t extra(std::int32_t left) const {
        if (!extra_.empty()) return extra_of_part_[static_cast<std::size_t>(left)];
        return std::int64_t{part_ + 1} * left / refine_ - std::int64_t{part_} * left / refine_;
    }

    std::int32_t refine_;
    std::int32_t part_ = 0;
    bool nobody_ = true;  ///< in the whole row
    bool small_ = false;  ///< so few people that no sum can overflow
    PeopleRow row_;
    std::vector<std::int64_t> each_;   ///< of cells that are cut: units that every part has
    std::vector<std::int32_t> left_;   ///< of cells that are cut: units that only some parts have
    std::vector<std::int32_t> extra_;  ///< by part and units left; empty where that would be many
    std::span<const std::int32_t> extra_of_part_;
    std::vector<std::int64_t> sums_;  ///< units of the row's parts in all cells before
};

}  // namespace phusong
