#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/grid/window.hpp"
#include "algorithms/quantities/share.hpp"
#include "algorithms/zones/lattice_edge.hpp"
#include "algorithms/zones/lattice_shape.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

struct Owner {
    ZoneNumber zone = outside_every_zone;
    Share share;

    friend bool operator==(const Owner&, const Owner&) = default;
};

/// Neighbouring cells of one row that the same communes own to the same parts.
struct CoverSegment {
    std::int32_t row = 0;
    std::int32_t first_column = 0;
    std::int32_t columns = 0;
    std::uint32_t first_owner = 0;
    std::uint32_t owner_count = 0;
};

/// Who owns the cells of a tile: segments in row-major order without overlaps; cells in no segment are
/// outside every commune.
struct TileCover {
    Window window;
    std::vector<CoverSegment> segments;
    std::vector<Owner> owners;

    [[nodiscard]] std::span<const Owner> owners_of(const CoverSegment& segment) const {
        return std::span{owners}.subspan(segment.first_owner, segment.owner_count);
    }
    /// Whether one commune owns these cells whole.
    [[nodiscard]] bool is_whole(const CoverSegment& segment) const {
        return segment.owner_count == 1 && owners[segment.first_owner].share == Share::whole();
    }
};

/// Shares of one cell whose sum misses the whole by no more than this count as the whole: neighbours whose
/// borders agree to 1e-9 of a cell (0.1 micrometre at 100 m) leave no gap and no overlap.
inline constexpr std::int64_t closing_tolerance_units = Share::whole_units >> 30;

/// Computes covers, tile after tile, from the communes' edges. An edge that two communes share is cut along
/// the lattice once. Gives each commune the shares that `cell_shares` gives it alone; keeps its buffers.
class CoverMaker {
public:
    /// Begins a tile. @param cover is filled by `finish`; must outlive it
    void start(Window tile, TileCover& cover);
    /// Communes in the order of their numbers, each once.
    void add(ZoneNumber zone, const LatticeShape& shape);
    void finish();

private:
    /// An edge in the tile, with the communes to its sides.
    struct Border {
        LatticeEdge edge;
        ZoneNumber east = outside_every_zone;
        ZoneNumber west = outside_every_zone;
    };
    struct Trace {
        EdgeTrace at;
        std::uint32_t border = 0;
    };
    /// A commune at the place that a row's sweep has come to.
    struct Present {
        ZoneNumber zone = outside_every_zone;
        std::int64_t height = 0;  ///< of its edges in the cells before
        std::int64_t height_here = 0;
        WideInteger twice_area_here = 0;
    };

    void join(const LatticeEdge& edge, ZoneNumber zone);
    void enlarge_table();
    void put(std::uint32_t border);
    void sort_traces();
    void sweep(std::int32_t row, std::span<const Trace> traces);
    void note(ZoneNumber zone, std::int64_t sign, const EdgeTrace& trace);
    void emit(std::int32_t row, std::int32_t first, std::int32_t end, bool here);

    Window tile_;
    TileCover* cover_ = nullptr;
    std::vector<ZoneNumber> zones_;
    std::vector<std::int64_t> entering_;  ///< by zone and row: height of its edges that pass west of the tile
    std::vector<Border> borders_;
    std::vector<std::uint32_t> table_;  ///< places of borders by their ends, one more than that; 0 for none
    std::vector<Trace> traces_;
    std::vector<Trace> sorted_;
    std::vector<std::size_t> row_ends_;
    std::vector<Present> present_;
};

}  // namespace phusong
