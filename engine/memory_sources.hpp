#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/sources.hpp"

namespace phusong {

/// A raster that lives in memory: the twin of a file for tests and for callers that hold arrays.
class MemoryRaster : public RasterSource {
public:
    /// @param values row-major, NaN where there is no data
    /// @pre values.size() == description.grid.window().cell_count()
    MemoryRaster(RasterDescription description, std::vector<double> values);

    [[nodiscard]] const RasterDescription& description() const override { return description_; }
    [[nodiscard]] std::unique_ptr<RasterReader> open() const override;

private:
    RasterDescription description_;
    std::shared_ptr<const std::vector<double>> values_;
};

/// A raster whose values follow from the cell: as large as one likes, in no memory.
class ComputedRaster : public RasterSource {
public:
    ComputedRaster(RasterDescription description, std::function<double(Cell)> value);

    [[nodiscard]] const RasterDescription& description() const override { return description_; }
    [[nodiscard]] std::unique_ptr<RasterReader> open() const override;

private:
    RasterDescription description_;
    std::function<double(Cell)> value_;
};

/// Any function of the plane: the twin of a change of CRS.
class MemoryTransform : public CoordinateTransformSource {
public:
    using Function = std::function<Point(Point)>;
    explicit MemoryTransform(Function function) : function_{std::move(function)} {}

    [[nodiscard]] std::unique_ptr<CoordinateTransform> open() const override;
    [[nodiscard]] std::string operation() const override { return "in-memory function"; }

private:
    Function function_;
};

}  // namespace phusong
