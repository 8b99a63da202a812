#pragma once

#include "engine/partial.hpp"
#include "engine/run.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Fills in what of the listed dead zones follows from single cells: outlines, inner points, distances,
/// possible people, settlements and sites. Reads the records alone, no input.
/// @param options threads, cancel and distances are used
/// @throws StorageError, Cancelled
void survey_dead_zones(const Plan& plan, const Sources& sources, const Partial& partial,
                       const TileRecords& records, const RunOptions& options, StudyResult& result);

/// Gives the ids of the listed dead zones to options.labels, tile by tile. @throws StorageError, Cancelled
void paint_labels(const Plan& plan, const Partial& partial, const TileRecords& records,
                  const RunOptions& options, const StudyResult& result);

}  // namespace phusong
