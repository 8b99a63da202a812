#include "engine/state_rows.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

struct DrawnLayer {
    Window hull;
    LatticeRatio ratio;
    std::vector<std::uint8_t> bytes;
    ByteServices services{};

    [[nodiscard]] ServicePlane plane(std::size_t layer) const {
        return {layer, hull, bytes, ratio, &services};
    }
    /// The layer's byte at a study cell, the plain way; -1 beyond the hull.
    [[nodiscard]] int byte_at(Cell cell) const {
        for (std::int32_t row = hull.row; row < hull.row_end(); ++row) {
            for (std::int32_t column = hull.column; column < hull.column_end(); ++column) {
                const std::int64_t top = std::int64_t{row} * ratio.ratio_rows + ratio.row_offset;
                const std::int64_t west = std::int64_t{column} * ratio.ratio_columns + ratio.column_offset;
                if (cell.row >= top && cell.row < top + ratio.ratio_rows && cell.column >= west &&
                    cell.column < west + ratio.ratio_columns) {
                    return bytes[hull.index_of({row, column})];
                }
            }
        }
        return -1;
    }
};

DrawnLayer drawn(Window hull, LatticeRatio ratio, std::mt19937_64& random) {
    DrawnLayer layer{hull, ratio, std::vector<std::uint8_t>(hull.cell_count()), {}};
    for (std::size_t i = 0; i < layer.bytes.size(); ++i) {
        // Blobs: mostly the byte before.
        layer.bytes[i] =
            i > 0 && random() % 8 != 0 ? layer.bytes[i - 1] : static_cast<std::uint8_t>(random() % 5);
    }
    layer.services.fill(Service::unknown);
    layer.services[0] = Service::unserved;
    layer.services[1] = layer.services[2] = Service::served;
    return layer;
}

}  // namespace

TEST_CASE("Runs of states are what the bytes of all layers say, cell by cell, on any lattice") {
    std::mt19937_64 random{3};
    for (const std::int32_t columns : {1, 63, 64, 65, 200}) {
        const Window study{6, 10, 9, columns};
        const std::vector<DrawnLayer> layers{
            drawn({6, 10, 9, columns}, {}, random), drawn({8, 0, 40, 40}, {1, 1, -1, 3}, random),
            drawn({1, 2, 4, 70}, {3, 3, 2, 1}, random), drawn({0, 0, 0, 0}, {}, random)};
        std::vector<ServicePlane> planes;
        for (std::size_t i = 0; i < layers.size(); ++i) planes.push_back(layers[i].plane(i));
        StateRows rows;
        rows.assign(study, planes);
        std::vector<std::vector<std::int64_t>> counts(layers.size(), std::vector<std::int64_t>(257));
        for (std::int32_t row = study.row; row < study.row_end(); ++row) {
            const auto runs = rows.row(row);
            REQUIRE(runs.back().end == study.column_end());
            std::size_t at = 0;
            for (std::int32_t column = study.column; column < study.column_end(); ++column) {
                while (runs[at].end <= column) {
                    ++at;
                    REQUIRE(runs[at].state != runs[at - 1].state);
                }
                ServiceState state;
                for (std::size_t i = 0; i < layers.size(); ++i) {
                    const int byte = layers[i].byte_at({row, column});
                    ++counts[i][byte < 0 ? 256 : static_cast<std::size_t>(byte)];
                    state = state.with(
                        i, byte < 0 ? Service::unknown : layers[i].services[static_cast<std::size_t>(byte)]);
                }
                REQUIRE(runs[at].state == state);
            }
        }
        for (std::size_t i = 0; i < layers.size(); ++i) {
            CHECK(rows.cells_beyond(i) == counts[i][256]);
            for (std::size_t byte = 0; byte < 256; ++byte) {
                REQUIRE(rows.cells_of_bytes(i)[byte] == counts[i][byte]);
            }
        }
    }
}

}  // namespace phusong::test
