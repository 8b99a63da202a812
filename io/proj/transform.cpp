#include "io/proj/transform.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/errors.hpp"
#include "io/proj/crs.hpp"
#include "io/proj/handles.hpp"

namespace phusong::io {

namespace {

constexpr double nowhere = std::numeric_limits<double>::quiet_NaN();

class PinnedTransform final : public CoordinateTransform {
public:
    explicit PinnedTransform(const std::string& pipeline)
        : operation_{proj_create(context_.get(), pipeline.c_str())} {
        if (!operation_)
            throw InputError{"PROJ cannot run the operation " + pipeline + ": " + context_.last_message()};
    }

    void apply(std::span<double> x, std::span<double> y) override {
        assert(x.size() == y.size());
        proj_errno_reset(operation_.get());
        proj_trans_generic(operation_.get(), PJ_FWD, x.data(), sizeof(double), x.size(), y.data(),
                           sizeof(double), y.size(), nullptr, 0, 0, nullptr, 0, 0);
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!std::isfinite(x[i]) || !std::isfinite(y[i])) x[i] = y[i] = nowhere;
        }
    }

private:
    PjContext context_;
    PjHandle operation_;
};

class PinnedTransformSource final : public CoordinateTransformSource {
public:
    PinnedTransformSource(std::string pipeline, std::string words)
        : pipeline_{std::move(pipeline)}, words_{std::move(words)} {}

    [[nodiscard]] std::unique_ptr<CoordinateTransform> open() const override {
        return std::make_unique<PinnedTransform>(pipeline_);
    }
    [[nodiscard]] std::string operation() const override { return words_; }

private:
    std::string pipeline_;  ///< text, so that every thread makes its own objects of it
    std::string words_;
};

/// Registry codes of the datum shifts in an operation, without PROJ's "INVERSE(...)".
std::vector<std::string> shift_codes(const PjContext& context, const PJ* operation) {
    std::vector<std::string> codes;
    const auto add = [&](const PJ* step) {
        const char* authority = proj_get_id_auth_name(step, 0);
        const char* code = proj_get_id_code(step, 0);
        if (proj_get_type(step) != PJ_TYPE_TRANSFORMATION || authority == nullptr || code == nullptr) return;
        std::string name = authority;
        if (const auto open = name.find('('); open != std::string::npos) {
            name = name.substr(open + 1, name.find(')') - open - 1);
        }
        codes.push_back(name + ":" + code);
    };
    const int steps = proj_get_type(operation) == PJ_TYPE_CONCATENATED_OPERATION
                          ? proj_concatoperation_get_step_count(context.get(), operation)
                          : 0;
    if (steps == 0) add(operation);
    for (int i = 0; i < steps; ++i) {
        const PjHandle step{proj_concatoperation_get_step(context.get(), operation, i)};
        if (step) add(step.get());
    }
    return codes;
}

PjListHandle candidates(const PjContext& context, const PJ* from, const PJ* to, const PjHandle& degrees,
                        const Extent& area, bool in_vietnam) {
    PJ_OPERATION_FACTORY_CONTEXT* factory = proj_create_operation_factory_context(context.get(), nullptr);
    proj_operation_factory_context_set_allow_ballpark_transformations(context.get(), factory, 0);
    proj_operation_factory_context_set_spatial_criterion(context.get(), factory,
                                                         PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
    proj_operation_factory_context_set_grid_availability_use(
        context.get(), factory, PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
    // The national operation counts beyond its stated area, too: for islands, and for rasters larger than the
    // land.
    if (!in_vietnam && degrees) {
        double west = 0;
        double south = 0;
        double east = 0;
        double north = 0;
        if (proj_trans_bounds(context.get(), degrees.get(), PJ_FWD, area.west, area.south, area.east,
                              area.north, &west, &south, &east, &north, 21) != 0 &&
            std::isfinite(west) && std::isfinite(south) && std::isfinite(east) && std::isfinite(north)) {
            proj_operation_factory_context_set_area_of_interest(context.get(), factory, west, south, east,
                                                                north);
        }
    }
    PjListHandle list{proj_create_operations(context.get(), from, to, factory)};
    proj_operation_factory_context_destroy(factory);
    return list;
}

/// From a CRS to its own degrees, which needs no datum shift.
PjHandle degrees_of(const PjContext& context, const PJ* crs) {
    const PjHandle base{proj_crs_get_geodetic_crs(context.get(), crs)};
    if (!base) return {};
    const PjHandle raw{proj_create_crs_to_crs_from_pj(context.get(), crs, base.get(), nullptr, nullptr)};
    return PjHandle{raw ? proj_normalize_for_visualization(context.get(), raw.get()) : nullptr};
}

}  // namespace

std::shared_ptr<const CoordinateTransformSource> make_transform(const std::string& from,
                                                                const std::string& to, const Extent& area,
                                                                const std::string& subject) {
    if (from == to) return nullptr;
    const PjContext context;
    const PjHandle source{proj_create(context.get(), from.c_str())};
    const PjHandle target{proj_create(context.get(), to.c_str())};
    const CrsFacts source_facts = facts_of(from);
    const CrsFacts target_facts = facts_of(to);
    const bool crosses_vietnam = source_facts.vietnam_2000 != target_facts.vietnam_2000;
    const PjListHandle list = candidates(context, source.get(), target.get(),
                                         degrees_of(context, source.get()), area, crosses_vietnam);
    const int count = list ? proj_list_get_count(list.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const PjHandle operation{proj_list_get(context.get(), list.get(), i)};
        if (!operation || proj_coordoperation_is_instantiable(context.get(), operation.get()) == 0) continue;
        if (proj_coordoperation_has_ballpark_transformation(context.get(), operation.get()) != 0) continue;
        const std::vector<std::string> codes = shift_codes(context, operation.get());
        if (crosses_vietnam && std::find(codes.begin(), codes.end(), "EPSG:6960") == codes.end()) continue;
        const PjHandle drawn{proj_normalize_for_visualization(context.get(), operation.get())};
        const char* pipeline =
            drawn ? proj_as_proj_string(context.get(), drawn.get(), PJ_PROJ_5, nullptr) : nullptr;
        if (pipeline == nullptr) continue;
        std::string words = proj_get_name(operation.get());
        for (const std::string& code : codes) words += " [" + code + "]";
        return std::make_shared<PinnedTransformSource>(pipeline, words);
    }
    throw InputError{subject + ": there is no trustworthy operation from " + source_facts.name + " to " +
                     target_facts.name +
                     (crosses_vietnam ? " by way of EPSG:6960" : " (only a ballpark guess)") +
                     "; bring the data into one CRS first"};
}

Extent transformed(const Extent& extent, CoordinateTransform& transform) {
    constexpr int parts = 32;
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 0; i <= parts; ++i) {
        const double across = extent.west + (extent.east - extent.west) * i / parts;
        const double up = extent.south + (extent.north - extent.south) * i / parts;
        x.insert(x.end(), {across, across, extent.west, extent.east});
        y.insert(y.end(), {extent.south, extent.north, up, up});
    }
    transform.apply(x, y);
    Extent image{nowhere, nowhere, nowhere, nowhere};
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isnan(x[i])) continue;
        image.west = std::fmin(image.west, x[i]);
        image.east = std::fmax(image.east, x[i]);
        image.south = std::fmin(image.south, y[i]);
        image.north = std::fmax(image.north, y[i]);
    }
    return image;
}

ToLonLat::ToLonLat(const std::string& crs, const Extent& area) {
    if (const auto source = make_transform(crs, "EPSG:4326", area, "results")) transform_ = source->open();
}

Point ToLonLat::operator()(Point position) const {
    if (transform_) transform_->apply({&position.x, 1}, {&position.y, 1});
    return position;
}

MultiPolygon ToLonLat::operator()(const MultiPolygon& shape) const {
    MultiPolygon moved = shape;
    const auto move = [&](Ring& ring) {
        for (Point& point : ring) point = (*this)(point);
    };
    for (PolygonPart& part : moved.parts) {
        move(part.shell);
        std::for_each(part.holes.begin(), part.holes.end(), move);
    }
    return moved;
}

MultiPolygon to_lonlat(const MultiPolygon& shape, const std::string& crs) {
    if (shape.parts.empty()) return shape;
    return ToLonLat{crs, extent_of(shape)}(shape);
}

}  // namespace phusong::io
