#include "algorithms/zones/cell_shares.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/zones/lattice_edge.hpp"

namespace phusong {

namespace {

/// What an edge leaves in one cell, with the ring's direction: signed height and twice the area east of it.
struct Trace {
    std::int32_t row = 0;
    std::int32_t column = 0;
    std::int64_t height = 0;
    WideInteger twice_area = 0;
};

/// Collects the traces of a shape's edges in a window.
class Tracer {
public:
    explicit Tracer(Window window) : window_{window}, entering_(static_cast<std::size_t>(window.rows), 0) {}

    void add(const LatticeEdge& edge) {
        const std::int64_t sign = edge.runs_north() ? 1 : -1;
        trace_edge(
            edge, window_,
            [&](const EdgeTrace& trace) {
                traces_.push_back({trace.row, trace.column, sign * trace.height, sign * trace.twice_area()});
            },
            [&](std::int32_t row, std::int64_t height) {
                entering_[static_cast<std::size_t>(row - window_.row)] += sign * height;
            });
    }

    [[nodiscard]] const std::vector<Trace>& traces() const { return traces_; }
    /// Height of all edges that pass west of the window in a row.
    [[nodiscard]] std::int64_t entering(std::int32_t row) const {
        return entering_[static_cast<std::size_t>(row - window_.row)];
    }

private:
    Window window_;
    std::vector<std::int64_t> entering_;
    std::vector<Trace> traces_;
};

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
    for (const auto& ring : shape.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            tracer.add(LatticeEdge{ring[i], ring[i + 1 == ring.size() ? 0 : i + 1]});
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
