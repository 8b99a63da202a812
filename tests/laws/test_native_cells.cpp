// Rasters read in the type that they are stored in give the bits of the same values read as doubles.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <random>

#include "engine/partial_codec.hpp"
#include "tests/engine/study_on_paper.hpp"

namespace phusong::test {
namespace {

/// A raster that can say its cells as bytes or floats.
class NativeRaster : public RasterSource {
public:
    NativeRaster(RasterDescription description, std::vector<float> cells, bool bytes)
        : description_{std::move(description)}, cells_{std::move(cells)}, bytes_{bytes} {}

    [[nodiscard]] const RasterDescription& description() const override { return description_; }
    [[nodiscard]] std::unique_ptr<RasterReader> open() const override {
        return std::make_unique<Reader>(*this);
    }
    /// The twin without native cells.
    [[nodiscard]] std::shared_ptr<MemoryRaster> plain() const {
        return std::make_shared<MemoryRaster>(description_,
                                              std::vector<double>(cells_.begin(), cells_.end()));
    }

private:
    class Reader : public RasterReader {
    public:
        explicit Reader(const NativeRaster& raster) : raster_{raster} {
            std::iota(values_.begin(), values_.end(), 0.0);
            values_[255] = std::nan("");
        }
        void read(Window window, std::span<double> out) override { copy(window, out); }
        [[nodiscard]] const ByteValues* byte_values() const override {
            return raster_.bytes_ ? &values_ : nullptr;
        }
        void read_bytes(Window window, std::span<std::uint8_t> out) override {
            std::vector<double> values(out.size());
            copy(window, std::span{values});
            std::transform(values.begin(), values.end(), out.begin(), [](double value) {
                return std::isnan(value) ? std::uint8_t{255} : static_cast<std::uint8_t>(value);
            });
        }
        [[nodiscard]] bool holds_floats() const override { return !raster_.bytes_; }
        void read_floats(Window window, std::span<float> out) override {
            copy(window, out);
            // Cells without data are marked in one of both ways.
            for (std::size_t i = 0; i < out.size(); i += 2) {
                if (std::isnan(out[i])) out[i] = missing_floats().lowest;
            }
        }
        [[nodiscard]] MissingFloats missing_floats() const override { return {-9999, -9999}; }

    private:
        template <typename Value>
        void copy(Window window, std::span<Value> out) const {
            for (std::int32_t row = window.row; row < window.row_end(); ++row) {
                for (std::int32_t column = window.column; column < window.column_end(); ++column) {
                    const Cell cell{row, column};
                    out[window.index_of(cell)] =
                        static_cast<Value>(raster_.cells_[raster_.description_.grid.window().index_of(cell)]);
                }
            }
        }

        const NativeRaster& raster_;
        ByteValues values_{};
    };

    RasterDescription description_;
    std::vector<float> cells_;
    bool bytes_;
};

std::vector<std::uint8_t> bits_of(const StudyOnPaper& paper, std::int32_t side) {
    const Plan plan = paper.plan(side);
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return encode(run_shard(plan, paper.sources, tiles));
}

}  // namespace

TEST_CASE("Bytes and floats give the bits of the same values as doubles, odd and missing ones too") {
    std::mt19937_64 random{17};
    std::uniform_real_distribution<float> unit{0, 1};
    const auto cells = [&](std::size_t count, auto value) {
        std::vector<float> all(count);
        for (std::size_t i = 0; i < count; ++i) {
            all[i] = i > 0 && unit(random) < 0.8F ? all[i - 1] : value();
        }
        return all;
    };
    constexpr std::int32_t rows = 40;
    constexpr std::int32_t columns = 70;
    // People: usual ones, some with a row that holds what cannot be, or more than fits a hurried sum.
    for (const float unusual : {0.0F, -3.0F, 3e8F, 1e12F}) {
        auto people_cells = cells(std::size_t{rows} * columns, [&] {
            return unit(random) < 0.2F   ? std::nanf("")
                   : unit(random) < 0.3F ? 0.0F
                                         : 900 * unit(random) * unit(random);
        });
        people_cells[5 * columns + 3] = unusual;
        const NativeRaster people{
            {"people", unit_grid(rows, columns), "plane", 16, 16, false}, people_cells, false};
        // Coverage three times as fine, as fine as people, and twice as coarse and shifted.
        const auto bytes = [&] {
            const float roll = unit(random);
            return roll < 0.1F ? std::nanf("") : roll < 0.4F ? 0.0F : roll < 0.95F ? 1.0F : 7.0F;
        };
        const GridSpec fine{0, rows, 1.0 / 3, 1.0 / 3, 3 * rows, 3 * columns};
        const GridSpec coarse{-2, rows + 4, 2, 2, rows / 2, columns / 2};
        const std::vector<GridSpec> grids{fine, unit_grid(rows, columns), coarse};
        std::vector<std::shared_ptr<NativeRaster>> layers;
        layers.reserve(grids.size());
        for (const GridSpec& grid : grids) {
            layers.push_back(
                std::make_shared<NativeRaster>(RasterDescription{"layer", grid, "plane", 16, 16, false},
                                               cells(grid.window().cell_count(), bytes), true));
        }
        const auto study = [&](bool native) {
            StudyOnPaper paper{{"1"}};
            paper.sources.population =
                native ? std::shared_ptr<const RasterSource>(&people, [](const RasterSource*) {})
                       : people.plain();
            const char* const names[] = {"4g", "5g", "fibre"};
            for (std::size_t i = 0; i < layers.size(); ++i) {
                paper.layer(names[i], "",
                            native ? std::shared_ptr<const RasterSource>(layers[i]) : layers[i]->plain());
            }
            paper.commune("01", polygon({{1, 2}, {33.3, 1}, {30.1, 38.5}, {2, 35}}));
            paper.commune("02", polygon({{33.3, 1}, {69, 0}, {71, 39}, {30.1, 38.5}}));
            return paper;
        };
        const StudyOnPaper plain = study(false);
        const StudyOnPaper native = study(true);
        REQUIRE(plain.plan().refine == 3);
        for (const std::int32_t side : {512, 48, 17}) {
            CHECK(bits_of(native, side) == bits_of(plain, side));
        }
    }
}

}  // namespace phusong::test
