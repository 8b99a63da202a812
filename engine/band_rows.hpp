#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "algorithms/dead_zones/nearest_rows.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/study_result.hpp"
#include "engine/tile_record.hpp"

namespace phusong {

/// Finds the listed dead zone of a tile's patch.
class ZoneOfPatch {
public:
    /// @pre both outlive the lookup
    ZoneOfPatch(const Patches& patches, const DeadZones& zones);

    /// @param piece key of a patch of one tile
    /// @return place in DeadZones::zones + 1, or 0 for a patch that is not listed
    [[nodiscard]] std::uint32_t operator()(CellNumber piece) const;

private:
    const Patches* patches_;
    std::unordered_map<CellNumber, std::uint32_t> place_;
};

/// Neighbouring cells of one row that belong to a listed dead zone.
struct ZoneRun {
    std::int32_t first = 0;
    std::int32_t end = 0;
    std::uint32_t zone = 0;  ///< place in DeadZones::zones + 1
};

/// One row of the study grid over its whole width, as one definition sees it. Runs touch only where they must
/// not be one; the tiles they came from do not show.
struct DefinitionRow {
    std::vector<ZoneRun> zones;
    std::vector<ColumnRun> served;
    std::vector<ColumnRun> unknown;
};

/// A row of tiles, taken back from the records, as one definition sees it.
class Band {
public:
    /// @throws StorageError
    Band(const Plan& plan, const TileRecords& records, std::int32_t band, std::size_t definition,
         const ZoneOfPatch& zone_of_patch);

    [[nodiscard]] std::int32_t first_row() const { return window_.row; }
    /// From the north.
    [[nodiscard]] const std::vector<DefinitionRow>& rows() const { return rows_; }

    /// People inside the communes of the cells [first, end) of a row, and the commune that owns most of each.
    /// @param people, owners one a column of the whole grid; only [first, end) is written
    void people(std::int32_t row, const ColumnRun& run, std::vector<Persons>& people,
                std::vector<ZoneNumber>& owners) const;

private:
    void add_cells(const TileRecord& tile, const PatchRule& rule, const TileRecord::Labels& labels,
                   const ZoneOfPatch& zone_of_patch);

    Window window_;  ///< in study cells
    std::int32_t tile_columns_ = 1;
    std::vector<DefinitionRow> rows_;
    std::vector<TileRecord> tiles_;  ///< people and owners; cells are in the rows
};

}  // namespace phusong
