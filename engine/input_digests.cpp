#include "engine/input_digests.hpp"

#include <optional>

#include "algorithms/support/byte_checksum.hpp"
#include "engine/plan_fingerprint.hpp"

namespace phusong {

ShapeDigests::ShapeDigests(const Plan& plan, const Sources& sources) {
    for (const LayerSpec& layer : layer_specs(plan, sources)) {
        if (layer.polygons == nullptr) continue;
        std::vector<Shape>& shapes = layers_.emplace_back();
        for (const MultiPolygon& polygons : *layer.polygons) {
            const LatticeShape shape = on_lattice(polygons, plan.study_grid);
            Fingerprint print;
            add_shape(shape, print);
            shapes.push_back({shape.bounds, print.value()});
        }
    }
    if (!plan.event) return;
    for (const DamageLayer& layer : plan.event->damage) {
        std::vector<Shape>& shapes = layers_.emplace_back();
        for (const DamageShape& damage : layer.shapes) {
            Fingerprint print;
            print.add(damage.severity);
            for (const std::size_t technology : damage.technologies) print.add(std::uint64_t{technology});
            add_shape(damage.shape, print);
            shapes.push_back({damage.shape.bounds, print.value()});
        }
    }
}

std::vector<std::uint64_t> ShapeDigests::of(Window study_window) const {
    std::vector<std::uint64_t> digests;
    for (const std::vector<Shape>& shapes : layers_) {
        Fingerprint print;
        for (const Shape& shape : shapes) {
            if (!intersection(shape.bounds, study_window).empty()) print.add(shape.digest);
        }
        digests.push_back(print.value());
    }
    return digests;
}

InputDigests::InputDigests(const Plan& plan, const Sources& sources, const ShapeDigests& shapes)
    : shapes_{&shapes}, rasters_{sources.population} {
    for (const LayerSpec& layer : layer_specs(plan, sources)) rasters_.push_back(layer.raster);
    readers_.resize(rasters_.size());
}

bool InputDigests::can_read(std::span<const Window> windows) const {
    if (windows.size() != rasters_.size()) return false;
    for (std::size_t i = 0; i < rasters_.size(); ++i) {
        if (windows[i].empty()) continue;
        if (!rasters_[i] || !rasters_[i]->description().grid.window().contains(windows[i])) return false;
    }
    return true;
}

std::uint64_t InputDigests::of_raster(std::size_t raster, Window window) {
    if (!rasters_[raster] || window.empty()) return 0;
    std::unique_ptr<RasterReader>& reader = readers_[raster];
    if (!reader) reader = rasters_[raster]->open();
    if (const std::optional<std::uint64_t> stored = reader->stored_digest(window)) return *stored;
    values_.resize(window.cell_count());
    reader->read(window, values_);
    const std::span<const double> values{values_};
    return byte_checksum({reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()});
}

std::vector<std::uint64_t> InputDigests::of(Window study_window, std::span<const Window> windows) {
    std::vector<std::uint64_t> digests;
    for (std::size_t i = 0; i < rasters_.size(); ++i) digests.push_back(of_raster(i, windows[i]));
    const std::vector<std::uint64_t> shapes = shapes_->of(study_window);
    digests.insert(digests.end(), shapes.begin(), shapes.end());
    return digests;
}

}  // namespace phusong
