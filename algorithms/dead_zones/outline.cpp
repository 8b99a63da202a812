#include "algorithms/dead_zones/outline.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>

#include "algorithms/support/disjoint_sets.hpp"

namespace phusong {

namespace {

/// Two upright edges a run: 2 i is the western one of run i, 2 i + 1 the eastern one.
using Edge = std::uint32_t;
constexpr Edge no_edge = std::numeric_limits<Edge>::max();

/// Upper or lower end of an upright edge.
struct End {
    Edge edge = no_edge;
    bool lower = false;
};

/// The runs of one row, by their numbers; none for a row without cells.
struct RowOfRuns {
    std::size_t first = 0;
    std::size_t end = 0;
};

class Tracer {
public:
    explicit Tracer(std::span<const CellRun> runs)
        : runs_{runs}, parts_{runs.size()}, joined_to_(4 * runs.size()) {}

    Outline trace() {
        for_each_line([this](const RowOfRuns& above, const RowOfRuns& below) { unite(above, below); });
        for_each_line([this](const RowOfRuns& above, const RowOfRuns& below) { link(above, below); });
        return rings();
    }

private:
    /// Visits every line between two rows of which one or both have cells, from the north.
    template <typename Visit>
    void for_each_line(const Visit& visit) const {
        RowOfRuns above{};
        for (std::size_t first = 0; first < runs_.size();) {
            RowOfRuns here{first, first};
            while (here.end < runs_.size() && runs_[here.end].row == runs_[first].row) ++here.end;
            const bool gap = above.end > 0 && runs_[above.first].row + 1 != runs_[first].row;
            if (gap) visit(above, RowOfRuns{});
            visit(gap ? RowOfRuns{} : above, here);
            above = here;
            first = here.end;
        }
        if (!runs_.empty()) visit(above, RowOfRuns{});
    }

    void unite(const RowOfRuns& above, const RowOfRuns& below) {
        std::size_t first = above.first;
        for (std::size_t j = below.first; j < below.end; ++j) {
            while (first < above.end && runs_[first].end <= runs_[j].first) ++first;
            for (std::size_t i = first; i < above.end && runs_[i].first < runs_[j].end; ++i) {
                parts_.unite(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j));
            }
        }
    }

    [[nodiscard]] std::int32_t column_of(std::size_t edge) const {
        const CellRun& run = runs_[edge / 2];
        return edge % 2 == 0 ? run.first : run.end;
    }

    /// Joins the ends of upright edges that meet on a line, along the line or straight across it.
    void link(const RowOfRuns& above, const RowOfRuns& below) {
        constexpr std::int32_t beyond = std::numeric_limits<std::int32_t>::max();
        End open{};  // where a stretch with cells on one side only has begun
        const auto meet = [&](End end) {
            if (open.edge == no_edge) {
                open = end;
            } else {
                join(open, end);
                open.edge = no_edge;
            }
        };
        std::size_t a = 2 * above.first;
        std::size_t b = 2 * below.first;
        while (a < 2 * above.end || b < 2 * below.end) {
            const std::int32_t at_above = a < 2 * above.end ? column_of(a) : beyond;
            const std::int32_t at_below = b < 2 * below.end ? column_of(b) : beyond;
            const End from_above{static_cast<Edge>(a), true};
            const End from_below{static_cast<Edge>(b), false};
            if (at_above == at_below && a % 2 == b % 2) {
                join(from_above, from_below);  // one straight edge
            } else if (at_above == at_below) {
                // Two cells touch at this corner only. Different parts keep to themselves; within a part the
                // line stays with the gap, which makes one of the two gaps a hole.
                const bool cell_above_is_west = a % 2 == 1;
                const bool same_part = parts_.find(from_above.edge / 2) == parts_.find(from_below.edge / 2);
                const bool above_goes_west = cell_above_is_west != same_part;
                join(open, above_goes_west ? from_above : from_below);
                open = above_goes_west ? from_below : from_above;
            } else {
                meet(at_above < at_below ? from_above : from_below);
            }
            if (at_above <= at_below) ++a;
            if (at_below <= at_above) ++b;
        }
        assert(open.edge == no_edge);
    }

    static std::size_t place(End end) { return 2 * std::size_t{end.edge} + (end.lower ? 1 : 0); }
    void join(End a, End b) {
        assert(a.edge != no_edge && b.edge != no_edge);
        joined_to_[place(a)] = b;
        joined_to_[place(b)] = a;
    }

    [[nodiscard]] Corner corner_of(End end) const {
        return {runs_[end.edge / 2].row + (end.lower ? 1 : 0), column_of(end.edge)};
    }

    /// Follows the links down western edges and up eastern ones: the cells lie on the left.
    CornerRing ring_from(Edge start, std::vector<bool>& done) const {
        CornerRing ring;
        Edge edge = start;
        do {
            done[edge] = true;
            const bool downwards = edge % 2 == 0;
            const End left_at{edge, downwards};
            const End next = joined_to_[place(left_at)];
            const Corner here = corner_of(left_at);
            const Corner there = corner_of(next);
            if (here != there) {
                ring.push_back(here);
                ring.push_back(there);
            }
            edge = next.edge;
        } while (edge != start);
        std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
        return ring;
    }

    Outline rings() {
        constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
        Outline outline;
        std::vector<std::uint32_t> place_of_part(runs_.size(), none);
        std::vector<bool> done(2 * runs_.size(), false);
        for (Edge edge = 0; edge < done.size(); ++edge) {
            if (done[edge]) continue;
            CornerRing ring = ring_from(edge, done);
            std::uint32_t& part = place_of_part[parts_.find(edge / 2)];
            if (part == none) {
                // The western edge of a part's first run lies on its shell.
                part = static_cast<std::uint32_t>(outline.size());
                outline.push_back({std::move(ring), {}});
            } else {
                outline[part].holes.push_back(std::move(ring));
            }
        }
        return outline;
    }

    std::span<const CellRun> runs_;
    DisjointSets parts_;          ///< of runs, connected over edges
    std::vector<End> joined_to_;  ///< by place()
};

}  // namespace

Outline outline_of(std::span<const CellRun> runs) {
    assert(runs.size() < std::numeric_limits<Edge>::max() / 2);
    return Tracer{runs}.trace();
}

MultiPolygon on_map(const Outline& outline, const GridSpec& grid) {
    const auto moved = [&](const CornerRing& corners) {
        Ring ring;
        ring.reserve(corners.size() + 1);
        for (const Corner& corner : corners)
            ring.push_back({grid.x_at(corner.column), grid.y_at(corner.row)});
        ring.push_back(ring.front());
        return ring;
    };
    MultiPolygon shape;
    for (const OutlinePart& part : outline) {
        PolygonPart on_grid;
        on_grid.shell = moved(part.shell);
        for (const CornerRing& hole : part.holes) on_grid.holes.push_back(moved(hole));
        shape.parts.push_back(std::move(on_grid));
    }
    return shape;
}

}  // namespace phusong
