#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/ledger/tally_tile.hpp"
#include "engine/alignment.hpp"
#include "engine/technologies.hpp"

namespace phusong {

/// Finds the population cells whose study cells do not all get the same answer of a technology. Sampling at
/// points is what blurs them. Cost grows with the runs of states, not with the cells.
class MixedCells {
public:
    /// Asks about technologies with a layer that is sampled. @pre what is named here outlives this
    /// @param alignments of the layers @param refine study cells per population cell side
    MixedCells(std::span<const Technology> technologies, std::span<const Alignment> alignments,
               std::int32_t refine);

    [[nodiscard]] bool asks() const { return asked_.bits() != 0; }

    /// Turns to a row of population cells. @param west first study column @param cells how many they are
    void start_row(std::int32_t west, std::int32_t cells);
    /// A row of their parts. @param runs from the first study column to the last
    void add_part(std::span<const StateRun> runs);

    /// A technology whose answer is not the same all over a cell.
    [[nodiscard]] bool is_mixed(std::size_t cell, std::size_t technology) const {
        return ((differences_[cell] >> (2 * technology)) & 3U) != 0;
    }
    [[nodiscard]] bool is_mixed(std::size_t cell) const { return differences_[cell] != 0; }

private:
    /// Answers of technologies, packed as those of layers are, up to a column.
    struct Run {
        std::int32_t end = 0;
        std::uint64_t answers = 0;
    };
    struct Known {
        ServiceState state;
        std::uint64_t answers = 0;
        bool known = false;
    };

    [[nodiscard]] std::uint64_t answers_of(ServiceState state);
    /// Cells that the study columns [first, end) reach into.
    void mark(std::int32_t first, std::int32_t end, std::uint64_t differences);

    std::span<const Technology> technologies_;
    std::int32_t refine_;
    ServiceState asked_;  ///< of technologies: `unknown` where one is asked about
    std::int32_t west_ = 0;
    std::vector<std::uint64_t> differences_;  ///< by cell: bits of answers that are not the same
    std::vector<Run> above_;                  ///< the row of parts before
    std::vector<Run> here_;
    bool has_above_ = false;
    std::vector<Known> known_;
};

}  // namespace phusong
