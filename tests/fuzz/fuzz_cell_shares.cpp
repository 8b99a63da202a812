// A polygon whose rings do not cross, and its shares: each lies in 0..1, no cell comes twice, and they add up
// to the polygon's area within the bound of cell_shares.hpp.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <numbers>
#include <utility>
#include <vector>

#include "algorithms/zones/cell_shares.hpp"

namespace {

using namespace phusong;

constexpr std::int32_t side = 24;

/// Seen from the middle its vertices come one after the other, so that no edge crosses another.
Ring star(const std::uint8_t* data, std::size_t vertices, double scale) {
    Ring ring;
    for (std::size_t i = 0; i < vertices; ++i) {
        std::uint16_t reach = 0;
        std::memcpy(&reach, data + 2 * i, sizeof reach);
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(vertices);
        const double radius = scale * (1 + reach / 65536.0 * 10);
        double x = side / 2.0 + radius * std::cos(angle);
        double y = -side / 2.0 + radius * std::sin(angle);
        // Vertices on cell edges and corners are the traps; far from the middle whole numbers keep the order.
        if (reach % 3 == 0 && vertices <= 8) {
            x = std::round(x);
            y = std::round(y);
        }
        ring.push_back({x, y});
    }
    return ring;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 8) return 0;
    const bool with_hole = data[0] % 2 == 1;
    const std::size_t vertices = std::min<std::size_t>((size - 1) / (with_hole ? 4 : 2), 200);
    if (vertices < 3) return 0;
    PolygonPart part;
    part.shell = star(data + 1, vertices, 1);
    if (with_hole && vertices > 8) part.holes.push_back(star(data + 1 + 2 * vertices, vertices, 0.08));
    const bool hole_inside = part.holes.empty() || vertices >= 12;
    const GridSpec grid{0, 0, 1, 1, side, side};
    const LatticeShape shape = on_lattice({{part}}, grid);

    const Window window = grid.window();
    double sum = 0;
    std::vector<int> seen(window.cell_count());
    for (const ShareRun& run : cell_shares(shape, window)) {
        if (run.columns <= 0 || run.share.units() < 0 || run.share > Share::whole()) std::abort();
        for (std::int32_t column = run.first_column; column < run.first_column + run.columns; ++column) {
            if (!window.contains(Cell{run.row, column}) || seen[window.index_of({run.row, column})]++ > 0) {
                std::abort();
            }
            sum += run.share.value();
        }
    }
    if (!hole_inside) return 0;
    const double bound = 4e-12 * static_cast<double>(2 * vertices) * side +
                         std::ldexp(1.0, -41) * static_cast<double>(window.cell_count());
    if (std::abs(sum - area_in_window(shape, window).whole) > bound) std::abort();
    return 0;
}
