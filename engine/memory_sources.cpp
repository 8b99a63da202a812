#include "engine/memory_sources.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace phusong {

namespace {

class MemoryReader : public RasterReader {
public:
    MemoryReader(GridSpec grid, std::shared_ptr<const std::vector<double>> values)
        : grid_{grid}, values_{std::move(values)} {}

    void read(Window window, std::span<double> out) override {
        assert(grid_.window().contains(window) && out.size() == window.cell_count());
        auto to = out.begin();
        for (std::int32_t row = window.row; row < window.row_end(); ++row) {
            const auto from =
                values_->begin() + static_cast<std::ptrdiff_t>(grid_.window().index_of({row, window.column}));
            to = std::copy(from, from + window.columns, to);
        }
    }

private:
    GridSpec grid_;
    std::shared_ptr<const std::vector<double>> values_;
};

class ComputedReader : public RasterReader {
public:
    explicit ComputedReader(std::function<double(Cell)> value) : value_{std::move(value)} {}

    void read(Window window, std::span<double> out) override {
        for (std::int32_t row = window.row; row < window.row_end(); ++row) {
            for (std::int32_t column = window.column; column < window.column_end(); ++column) {
                out[window.index_of({row, column})] = value_({row, column});
            }
        }
    }

private:
    std::function<double(Cell)> value_;
};

class FunctionTransform : public CoordinateTransform {
public:
    explicit FunctionTransform(MemoryTransform::Function function) : function_{std::move(function)} {}

    void apply(std::span<double> x, std::span<double> y) override {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const Point moved = function_({x[i], y[i]});
            x[i] = moved.x;
            y[i] = moved.y;
        }
    }

private:
    MemoryTransform::Function function_;
};

}  // namespace

MemoryRaster::MemoryRaster(RasterDescription description, std::vector<double> values)
    : description_{std::move(description)},
      values_{std::make_shared<const std::vector<double>>(std::move(values))} {
    assert(values_->size() == description_.grid.window().cell_count());
}

std::unique_ptr<RasterReader> MemoryRaster::open() const {
    return std::make_unique<MemoryReader>(description_.grid, values_);
}

ComputedRaster::ComputedRaster(RasterDescription description, std::function<double(Cell)> value)
    : description_{std::move(description)}, value_{std::move(value)} {}

std::unique_ptr<RasterReader> ComputedRaster::open() const {
    return std::make_unique<ComputedReader>(value_);
}

std::unique_ptr<CoordinateTransform> MemoryTransform::open() const {
    return std::make_unique<FunctionTransform>(function_);
}

}  // namespace phusong
