#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "algorithms/quantities/persons.hpp"
#include "algorithms/zones/zone.hpp"
#include "engine/plan.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Neighbouring study cells of one row, in one commune, that nobody serves for certain.
struct UnservedRun {
    std::int32_t row = 0;
    std::int32_t first = 0;  ///< column
    std::int32_t end = 0;
    ZoneNumber zone = outside_every_zone;  ///< that owns most of them
    std::span<const Persons> people;       ///< of each cell, as counted before raking
};

/// Tells every run of cells without a technology, tile by tile in their order, row-major within a tile. Reads
/// records alone, no input. @throws StorageError, Cancelled
void each_unserved_run(const Plan& plan, const TileRecords& records, std::span<const std::size_t> layers,
                       const std::atomic<bool>* cancel,
                       const std::function<void(Window study_window)>& on_tile,
                       const std::function<void(const UnservedRun&)>& on_run);

}  // namespace phusong
