#pragma once

#include "engine/run.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Tells `options.dark` the people of every population cell that are expected to be without service after the
/// event, tile by tile in their order. Scaled as their communes are (a study cell that a
/// border cuts as the commune that owns most of it); people outside of communes are not in
/// it, nor those of whom the maps do not know.
/// @pre the result is of a study with an event, and the records hold all tiles
/// @throws StorageError, Cancelled
void paint_dark(const Plan& plan, const TileRecords& records, const RunOptions& options,
                const StudyResult& result);

}  // namespace phusong
