#include "io/open_event.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/errors.hpp"
#include "engine/technologies.hpp"
#include "io/gdal/damage_source.hpp"
#include "io/gdal/raster_source.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/site_table_source.hpp"
#include "io/hazard_at_sites.hpp"
#include "io/proj/transform.hpp"
#include "io/text/curve_file.hpp"

namespace phusong::io {

namespace {

std::vector<std::string> names_of_technologies(const Study& study) {
    std::vector<std::string> names;
    for (const Technology& technology : technologies_of(study)) names.push_back(technology.name);
    return names;
}

void tell_when_outside(bool touches, const std::string& subject, Problems& problems) {
    if (!touches) {
        problems.push_back({subject, "lies outside the communes of the study: no damage, nothing changes"});
    }
}

DamageSource open_damage(const DamageInput& input, const Study& study, const StudyPlane& plane,
                         const OpenOptions& options, Problems& problems) {
    DamageSource source;
    source.name = input.file.path;
    const std::string quoted = "'" + input.file.path + "' (damage)";
    if (!is_raster(input.file)) {
        DamageAreas read =
            read_damage_areas(input, names_of_technologies(study), plane.crs, plane.grid, problems);
        source.areas = std::move(read.areas);
        source.operation = std::move(read.operation);
        source.synthetic = read.synthetic;
        const bool touches = std::any_of(
            source.areas.begin(), source.areas.end(),
            [&](const DamageArea& area) { return overlap(extent_of(area.shape), plane.communes_extent); });
        tell_when_outside(touches || source.areas.empty(), quoted, problems);
        return source;
    }
    if (!input.severity_field.empty() || !input.technology_field.empty()) {
        throw InputError{quoted + " is a raster; 'severity' and 'technology' name fields of polygons"};
    }
    source.raster = open_raster(input.file, "damage", options.cache_bytes_per_reader, problems);
    const RasterDescription& raster = source.raster->description();
    source.name = raster.name;
    source.synthetic = raster.synthetic;
    source.from_study = make_transform(plane.crs, raster.crs, plane.communes_extent, quoted);
    tell_when_outside(overlap(extent_of_grid(raster.grid), wanted_extent(plane, source.from_study.get())),
                      quoted, problems);
    return source;
}

/// A slip in an operator's name would make its customers vanish.
void check_customers(const Study& study, const EventSources& sources) {
    if (study.event->customers.empty()) return;
    std::set<std::string> known;
    for (const CoverageInput& layer : study.coverage) known.insert(layer.operator_name);
    if (sources.sites) {
        for (const SiteRecord& site : sources.sites->sites) known.insert(site.operator_name);
    }
    known.erase("");
    for (const auto& [name, part] : study.event->customers) {
        if (known.contains(name)) continue;
        std::string list;
        for (const std::string& other : known) list += (list.empty() ? "" : ", ") + other;
        throw InputError{"[event] customers: no coverage and no site is of the operator '" + name +
                         "'; known are " + (list.empty() ? "none" : list)};
    }
}

std::string source_words(const Curve& curve) {
    return curve.note.empty() ? curve.source : curve.source + ". " + curve.note;
}

}  // namespace

HazardRules read_hazard_rules(const EventInput& event) {
    HazardRules rules;
    const auto curve_of = [&](const std::string& named, const char* own, const char* role) {
        Curve curve = read_curve(named.empty() ? own : named);
        rules.sources.emplace_back(curve.name, source_words(curve));
        const bool battery = std::holds_alternative<BatteryLife>(curve.shape);
        if (battery != (std::string_view{role} == "battery")) {
            throw InputError{"curve '" + curve.name + "' cannot be the curve '" + role +
                             "' of [event] curves: it is of " + curve.quantity};
        }
        return curve;
    };
    const Curve structure = curve_of(event.structure_curve, "lattice-tower", "structure");
    if (const auto* tower = std::get_if<LatticeTowerRule>(&structure.shape)) {
        rules.lattice_tower = *tower;
    } else {
        rules.structure = std::get<FragilityCurve>(structure.shape);
    }
    rules.hazard_error = structure.hazard_error;
    const Curve power = curve_of(event.grid_power_curve, "grid-power-gust", "grid_power");
    const auto* by_gust = std::get_if<FragilityCurve>(&power.shape);
    if (by_gust == nullptr) {
        throw InputError{"curve '" + power.name + "' is of masts by their design and cannot tell grid power"};
    }
    rules.grid_power = *by_gust;
    rules.battery = std::get<BatteryLife>(curve_of(event.battery_curve, "battery-life", "battery").shape);
    if (event.wind && event.wind->default_design_gust_ms) {
        rules.default_design_gust = Gust::of_metres_per_second(*event.wind->default_design_gust_ms);
    }
    return rules;
}

EventSources open_event(const Study& study, const StudyPlane& plane, const OpenOptions& options,
                        Problems& problems) {
    const EventInput& event = *study.event;
    EventSources sources;
    for (const CoverageInput& input : event.after) {
        sources.after.push_back(open_coverage(input, plane, options, problems, "coverage after"));
    }
    for (const DamageInput& input : event.damage) {
        sources.damage.push_back(open_damage(input, study, plane, options, problems));
    }
    if (event.sites) {
        const SiteSurroundings surroundings{plane.crs, plane.grid, names_of_technologies(study), event};
        SiteTable table = read_site_table(surroundings, problems);
        table.rules = read_hazard_rules(event);
        sample_hazards(table, event, {plane.crs, plane.grid}, problems);
        sources.sites = std::move(table);
    }
    check_customers(study, sources);
    return sources;
}

}  // namespace phusong::io
