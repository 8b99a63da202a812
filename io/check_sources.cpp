#include "io/check_sources.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "engine/errors.hpp"
#include "io/gdal/place_source.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/gdal/vector_coverage_source.hpp"
#include "io/gdal/zone_source.hpp"
#include "io/open_event.hpp"
#include "io/open_layer.hpp"
#include "io/open_sources.hpp"

namespace phusong::io {

namespace {

class Faults {
public:
    /// @return whether the attempt went well; else what it said is kept, once
    bool attempt(const std::function<void()>& action) {
        try {
            action();
            return true;
        } catch (const InputError& error) {
            keep(error.what());
        } catch (const StorageError& error) {
            keep(error.what());
        } catch (const LimitError& error) {
            keep(error.what());
        }
        return false;
    }
    [[nodiscard]] std::vector<std::string>& all() { return messages_; }

private:
    void keep(const std::string& message) {
        if (std::find(messages_.begin(), messages_.end(), message) == messages_.end())
            messages_.push_back(message);
    }

    std::vector<std::string> messages_;
};

/// Each part of the event on its own.
void attempt_event(const Study& study, const StudyPlane& plane, Faults& faults) {
    const auto attempt = [&](const std::function<void(EventInput&)>& keep) {
        Study alone = study;
        EventInput& event = *alone.event;
        event.after.clear();
        event.damage.clear();
        event.customers.clear();
        event.sites.reset();
        keep(event);
        Problems ignored;
        faults.attempt([&] { static_cast<void>(open_event(alone, plane, OpenOptions{}, ignored)); });
    };
    for (const CoverageInput& input : study.event->after) {
        attempt([&](EventInput& event) { event.after = {input}; });
    }
    for (const DamageInput& input : study.event->damage) {
        attempt([&](EventInput& event) { event.damage = {input}; });
    }
    attempt([&](EventInput& event) {
        event.sites = study.event->sites;
        event.customers = study.event->customers;
    });
}

}  // namespace

std::vector<std::string> check_sources(const Study& study) {
    Faults whole;
    if (whole.attempt([&] { static_cast<void>(open_sources(study)); })) return {};

    // Something is wrong: find the rest of it, with a stand-in for what the broken part would have given.
    Faults faults;
    std::string crs = "EPSG:4326";
    GridSpec grid{-180, 90, 0.01, 0.01, 18000, 36000};
    Problems ignored;
    const std::size_t little = std::size_t{1} << 20;
    const bool population = faults.attempt([&] {
        const auto raster = open_raster(study.population.file, "population", little, ignored);
        crs = raster->description().crs;
        grid = raster->description().grid;
    });
    std::optional<Extent> extent;
    const bool communes = faults.attempt([&] {
        std::vector<MultiPolygon> shapes;
        for (const Zone& zone : read_zones(study.communes, study.population.adjust_to, crs, grid).zones) {
            shapes.push_back(zone.shape);
        }
        extent = extent_of_all(shapes);
    });
    for (const CoverageInput& input : study.coverage) {
        faults.attempt([&] {
            if (population && communes) {
                Study alone = study;
                alone.coverage = {input};
                alone.settlements.reset();
                alone.sites.reset();
                alone.event.reset();
                static_cast<void>(open_sources(alone));
            } else if (input.file.band > 0 || looks_like_raster(checked_map_path(input.file.path))) {
                static_cast<void>(open_raster(input.file, "coverage " + input.label(), little, ignored));
            } else {
                static_cast<void>(read_coverage_polygons(input, crs, grid, ignored));
            }
        });
    }
    const auto attempt_places = [&](const std::optional<PlacesInput>& input, PlaceKind kind) {
        if (!input) return;
        faults.attempt([&] {
            if (population && communes) {
                Study alone = study;
                alone.coverage.clear();
                alone.event.reset();
                (kind == PlaceKind::settlements ? alone.sites : alone.settlements).reset();
                static_cast<void>(open_sources(alone));
            } else {
                static_cast<void>(read_places(*input, kind, crs, ignored));
            }
        });
    };
    attempt_places(study.settlements, PlaceKind::settlements);
    attempt_places(study.sites, PlaceKind::sites);
    if (study.event && population && extent) {
        attempt_event(study, {crs, grid, *extent, "'" + study.communes.file.path + "' (communes)"}, faults);
    }
    return faults.all().empty() ? whole.all() : faults.all();
}

}  // namespace phusong::io
