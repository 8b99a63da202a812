#include "algorithms/zones/cell_shares.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace phusong {

namespace {

constexpr int bits = LatticePoint::fraction_bits;
constexpr std::int64_t one = LatticePoint::one;

std::int64_t floor_cell(std::int64_t units) {
    return units >> bits;
}
/// The last cell that a span ending at `units` reaches into.
std::int64_t ceil_cell(std::int64_t units) {
    return (units + one - 1) >> bits;
}

/// The nearest integer, ties to even. Adding 1.5 x 2^52 rounds smaller numbers so, without a call.
std::int64_t nearest(double value) {
    constexpr double shift = 0x1.8p52;
    if (std::abs(value) < 0x1p51) return static_cast<std::int64_t>((value + shift) - shift);
    return static_cast<std::int64_t>(std::nearbyint(value));
}

/// What an edge leaves in one cell: its signed height, and twice the area east of it.
struct Trace {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int64_t height = 0;
    WideInteger twice_area = 0;
};

/// An edge walked from its northern end, so that two communes that share it compute the very same crossings
/// and leave traces that cancel.
class Edge {
public:
    Edge(LatticePoint from, LatticePoint to) {
        if (from.y > to.y || (from.y == to.y && from.x > to.x)) {
            top_ = to;
            bottom_ = from;
            sign_ = 1;  // runs south to north: what lies east of it is inside
        } else {
            top_ = from;
            bottom_ = to;
            sign_ = -1;
        }
        dx_ = static_cast<double>(bottom_.x - top_.x);
        dy_ = static_cast<double>(bottom_.y - top_.y);
    }

    [[nodiscard]] const LatticePoint& top() const { return top_; }
    [[nodiscard]] const LatticePoint& bottom() const { return bottom_; }
    [[nodiscard]] std::int64_t sign() const { return sign_; }

    /// x where the edge crosses height y; a function of the edge and y alone. @pre top.y <= y <= bottom.y
    [[nodiscard]] std::int64_t x_at(std::int64_t y) const {
        if (y == top_.y) return top_.x;
        if (y == bottom_.y) return bottom_.x;
        const double part = static_cast<double>(y - top_.y) / dy_;
        const auto x = top_.x + nearest(dx_ * part);
        const auto [west, east] = std::minmax(top_.x, bottom_.x);
        return std::clamp(x, west, east);
    }
    /// y where the edge crosses the column line x. @pre x lies strictly between the ends' x
    [[nodiscard]] std::int64_t y_at(std::int64_t x) const {
        const double part = static_cast<double>(x - top_.x) / dx_;
        return top_.y + nearest(dy_ * part);
    }

private:
    LatticePoint top_;
    LatticePoint bottom_;
    std::int64_t sign_ = 0;
    double dx_ = 0;
    double dy_ = 0;
};

/// Collects the traces of a shape's edges in a window.
class Tracer {
public:
    explicit Tracer(Window window) : window_{window}, entering_(static_cast<std::size_t>(window.rows), 0) {}

    void add(const Edge& edge) {
        if (edge.top().y == edge.bottom().y) return;  // no height: no area east of it changes
        const std::int64_t first = std::max<std::int64_t>(window_.row, floor_cell(edge.top().y));
        const std::int64_t end = std::min<std::int64_t>(window_.row_end(), ceil_cell(edge.bottom().y));
        for (std::int64_t row = first; row < end; ++row) {
            const std::int64_t y_top = std::max(edge.top().y, row << bits);
            const std::int64_t y_bottom = std::min(edge.bottom().y, (row + 1) << bits);
            add_in_row(edge, row, {edge.x_at(y_top), y_top}, {edge.x_at(y_bottom), y_bottom});
        }
    }

    [[nodiscard]] std::vector<Trace>& traces() { return traces_; }
    /// Height of all edges that pass west of the window in a row.
    [[nodiscard]] std::int64_t entering(std::int32_t row) const {
        return entering_[static_cast<std::size_t>(row - window_.row)];
    }

private:
    void add_in_row(const Edge& edge, std::int64_t row, LatticePoint a, LatticePoint b) {
        const auto [west, east] = std::minmax(a.x, b.x);
        if (floor_cell(west) >= window_.column_end()) return;  // east of the window nothing changes inside it
        if (east <= static_cast<std::int64_t>(window_.column) << bits) {
            entering_[static_cast<std::size_t>(row - window_.row)] += edge.sign() * (b.y - a.y);
            return;
        }
        const bool eastward = b.x >= a.x;
        std::int64_t column = eastward ? floor_cell(a.x) : ceil_cell(a.x) - 1;
        const std::int64_t last = eastward ? std::max(column, ceil_cell(b.x) - 1) : floor_cell(b.x);
        const std::int64_t step = eastward ? 1 : -1;
        LatticePoint from = a;
        while (true) {
            LatticePoint to = b;
            if (column != last) {
                const std::int64_t line = (eastward ? column + 1 : column) << bits;
                to = {line, std::clamp(edge.y_at(line), from.y, b.y)};
            }
            leave(edge.sign(), row, column, from, to);
            if (column == last) return;
            column += step;
            from = to;
        }
    }

    void leave(std::int64_t sign, std::int64_t row, std::int64_t column, LatticePoint from, LatticePoint to) {
        const std::int64_t height = sign * (to.y - from.y);
        if (height == 0 || column >= window_.column_end()) return;
        if (column < window_.column) {
            entering_[static_cast<std::size_t>(row - window_.row)] += height;
            return;
        }
        const std::int64_t left = column << bits;
        const std::int64_t twice_width = 2 * one - (from.x - left) - (to.x - left);
        traces_.push_back({static_cast<std::int32_t>(row), static_cast<std::int32_t>(column), height,
                           static_cast<WideInteger>(height) * twice_width});
    }

    Window window_;
    std::vector<std::int64_t> entering_;
    std::vector<Trace> traces_;
};

/// Height west of a cell and doubled area inside it, as a share. Rounding is half up; values that the
/// lattice's unit pushes out of 0..1 are brought back.
Share share_of(std::int64_t height, WideInteger twice_area) {
    constexpr int surplus = 2 * bits + 1 - Share::fraction_bits;
    const WideInteger doubled = (static_cast<WideInteger>(height) << (bits + 1)) + twice_area;
    const WideInteger rounded = (doubled + (static_cast<WideInteger>(1) << (surplus - 1))) >> surplus;
    const auto units = static_cast<std::int64_t>(rounded);
    return Share::of_units(std::clamp<std::int64_t>(units, 0, Share::whole_units));
}

void append(std::vector<ShareRun>& runs, const ShareRun& run) {
    if (run.columns <= 0 || run.share == Share::none()) return;
    if (!runs.empty()) {
        ShareRun& last = runs.back();
        if (last.row == run.row && last.first_column + last.columns == run.first_column &&
            last.share == run.share) {
            last.columns += run.columns;
            return;
        }
    }
    runs.push_back(run);
}

/// Sorted by row, counting, then the few of a row by column.
std::vector<Trace> by_place(const std::vector<Trace>& traces, Window window) {
    std::vector<std::size_t> first_of_row(static_cast<std::size_t>(window.rows) + 1);
    for (const Trace& trace : traces) ++first_of_row[static_cast<std::size_t>(trace.row - window.row) + 1];
    for (std::size_t row = 1; row < first_of_row.size(); ++row) first_of_row[row] += first_of_row[row - 1];
    std::vector<std::size_t> next = first_of_row;
    std::vector<Trace> sorted(traces.size());
    for (const Trace& trace : traces)
        sorted[next[static_cast<std::size_t>(trace.row - window.row)]++] = trace;
    for (std::size_t row = 0; row + 1 < first_of_row.size(); ++row) {
        std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(first_of_row[row]),
                  sorted.begin() + static_cast<std::ptrdiff_t>(first_of_row[row + 1]),
                  [](const Trace& a, const Trace& b) { return a.column < b.column; });
    }
    return sorted;
}

}  // namespace

std::vector<ShareRun> cell_shares(const LatticeShape& shape, Window window) {
    std::vector<ShareRun> runs;
    const Window touched = intersection(window, shape.bounds);
    if (touched.empty()) return runs;

    Tracer tracer{touched};
    const std::int64_t north = static_cast<std::int64_t>(touched.row) << bits;
    const std::int64_t south = static_cast<std::int64_t>(touched.row_end()) << bits;
    for (const auto& ring : shape.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const LatticePoint& from = ring[i];
            const LatticePoint& to = ring[i + 1 == ring.size() ? 0 : i + 1];
            if ((from.y <= north && to.y <= north) || (from.y >= south && to.y >= south)) continue;
            tracer.add(Edge{from, to});
        }
    }
    const std::vector<Trace> traces = by_place(tracer.traces(), touched);

    std::size_t next = 0;
    for (std::int32_t row = touched.row; row < touched.row_end(); ++row) {
        std::int64_t height = tracer.entering(row);
        std::int32_t column = touched.column;
        while (next < traces.size() && traces[next].row == row) {
            const std::int32_t here = traces[next].column;
            append(runs, {row, column, here - column, share_of(height, 0)});
            std::int64_t height_here = 0;
            WideInteger twice_area = 0;
            for (; next < traces.size() && traces[next].row == row && traces[next].column == here; ++next) {
                height_here += traces[next].height;
                twice_area += traces[next].twice_area;
            }
            append(runs, {row, here, 1, share_of(height, twice_area)});
            height += height_here;
            column = here + 1;
        }
        append(runs, {row, column, touched.column_end() - column, share_of(height, 0)});
    }
    return runs;
}

LatticeArea area_in_window(const LatticeShape& shape, Window window) {
    LatticeArea area;
    for (const ShareRun& run : cell_shares(shape, shape.bounds)) {
        const double cells = run.share.value() * run.columns;
        area.whole += cells;
        const Window inside = intersection(window, {run.row, run.first_column, 1, run.columns});
        area.inside += run.share.value() * static_cast<double>(inside.cell_count());
    }
    return area;
}

}  // namespace phusong
