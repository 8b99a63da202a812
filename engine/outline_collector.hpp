#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "algorithms/dead_zones/outline.hpp"
#include "engine/dead_zones.hpp"
#include "engine/scratch.hpp"

namespace phusong {

/// Runs of cells that may wait for their outlines at once: about 300 MiB while one is drawn. A zone that
/// needs more has a border of some ten million corners, which no map program opens.
inline constexpr std::size_t most_outline_runs = std::size_t{1} << 22;

/// Gathers the cells of zones row by row and draws each zone's outline as soon as its last row is known.
class OutlineCollector {
public:
    /// Outlines go to the scratch, their handles to DeadZone::outline. @pre both outlive the collector
    OutlineCollector(std::vector<DeadZone>& zones, Scratch& scratch,
                     std::size_t most_runs = most_outline_runs);

    /// @param zone place in the zones + 1. @pre runs of a zone come in row-major order and do not touch
    void add(std::uint32_t zone, const CellRun& run);
    /// No more runs of this row. @throws StorageError
    void end_row(std::int32_t row);

    /// Zones that were too large to draw.
    [[nodiscard]] std::size_t given_up() const { return given_up_; }

private:
    void give_up_largest();

    std::vector<DeadZone>& zones_;
    Scratch& scratch_;
    std::size_t most_runs_;
    std::unordered_map<std::uint32_t, std::vector<CellRun>> active_;
    std::vector<std::uint32_t> by_last_row_;  ///< places + 1 of zones, in the order of their last rows
    std::size_t finished_ = 0;
    std::size_t runs_ = 0;
    std::size_t given_up_ = 0;
    std::vector<bool> is_given_up_;
};

}  // namespace phusong
