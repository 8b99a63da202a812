#include "io/proj/crs.hpp"

#include <fmt/format.h>
#include <proj_experimental.h>  // proj_crs_demote_to_2D has no other door

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <utility>

#include "engine/errors.hpp"
#include "io/proj/handles.hpp"

namespace phusong::io {

namespace {

std::string authority_code(const PJ* object) {
    const char* authority = proj_get_id_auth_name(object, 0);
    const char* code = proj_get_id_code(object, 0);
    if (authority == nullptr || code == nullptr) return {};
    const std::string text = std::string{authority} + ":" + code;
    return text == "OGC:CRS84" ? "EPSG:4326" : text;  // the same positions, x east and y north
}

/// The registry's code of an equal CRS, datum and all. PROJ's own confidence is no help: it gives 70 of 100
/// to EPSG:9210 (VN-2000) for a map that names no datum. The first of equals is the registry's own order.
std::string identified(const PjContext& context, const PJ* crs) {
    const PjListHandle matches{proj_identify(context.get(), crs, "EPSG", nullptr, nullptr)};
    const int count = matches ? proj_list_get_count(matches.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const PjHandle match{proj_list_get(context.get(), matches.get(), i)};
        if (match && proj_is_equivalent_to_with_ctx(context.get(), crs, match.get(),
                                                    PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0) {
            return authority_code(match.get());
        }
    }
    return {};
}

bool is_geographic_type(PJ_TYPE type) {
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

PjHandle horizontal_part(const PjContext& context, PjHandle crs) {
    if (proj_get_type(crs.get()) == PJ_TYPE_COMPOUND_CRS)
        crs.reset(proj_crs_get_sub_crs(context.get(), crs.get(), 0));
    if (crs && proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS) {
        // A datum that the registry knows has better operations than three parameters in a file.
        PjHandle source{proj_get_source_crs(context.get(), crs.get())};
        if (source && (!authority_code(source.get()).empty() || !identified(context, source.get()).empty())) {
            crs = std::move(source);
        }
    }
    if (!crs) return crs;
    if (proj_get_type(crs.get()) == PJ_TYPE_GEOGRAPHIC_3D_CRS || authority_code(crs.get()).empty()) {
        PjHandle flat{proj_crs_demote_to_2D(context.get(), nullptr, crs.get())};
        if (flat) return flat;
    }
    return crs;
}

/// Through a bound CRS to the one that has axes.
PjHandle unbound(const PjContext& context, PjHandle crs) {
    if (crs && proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS)
        return PjHandle{proj_get_source_crs(context.get(), crs.get())};
    return crs;
}

double unit_of_axes(const PjContext& context, const PJ* crs) {
    const PjHandle system{proj_crs_get_coordinate_system(context.get(), crs)};
    double factor = 0;
    if (!system) return 0;
    const int found = proj_cs_get_axis_info(context.get(), system.get(), 0, nullptr, nullptr, nullptr,
                                            &factor, nullptr, nullptr, nullptr);
    return found != 0 ? factor : 0;
}

PjHandle parsed(const PjContext& context, const std::string& text) {
    return PjHandle{proj_create(context.get(), text.c_str())};
}

std::string wkt_of(const PjContext& context, const PJ* crs) {
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* wkt = proj_as_wkt(context.get(), crs, PJ_WKT2_2019, options);
    return wkt != nullptr ? wkt : "";
}

}  // namespace

std::string canonical_crs(const std::string& text, const std::string& subject) {
    const PjContext context;
    const auto refuse = [&](const std::string& why) -> InputError {
        const std::string shown = text.size() > 60 ? text.substr(0, 60) + "..." : text;
        return InputError{subject + ": the CRS '" + shown + "' " + why +
                          "; state one such as crs = \"EPSG:4326\""};
    };
    PjHandle crs = parsed(context, text);
    if (!crs || proj_is_crs(crs.get()) == 0) throw refuse("is not one that PROJ knows");
    crs = horizontal_part(context, std::move(crs));
    if (!crs) throw refuse("has no horizontal part");
    const PjHandle plain = unbound(context, PjHandle{proj_clone(context.get(), crs.get())});
    const PJ_TYPE type = proj_get_type(plain.get());
    if (!is_geographic_type(type) && type != PJ_TYPE_PROJECTED_CRS) {
        throw refuse("is neither geographic nor projected");
    }
    const double unit = unit_of_axes(context, plain.get());
    constexpr double degree = std::numbers::pi / 180;
    if (is_geographic_type(type) && std::abs(unit - degree) > 1e-9) throw refuse("does not count in degrees");
    if (!(unit > 0)) throw refuse("has no unit");

    if (std::string code = authority_code(crs.get()); !code.empty()) return code;
    if (proj_get_type(crs.get()) != PJ_TYPE_BOUND_CRS) {
        if (std::string code = identified(context, crs.get()); !code.empty()) return code;
    }
    std::string wkt = wkt_of(context, crs.get());
    if (wkt.empty()) throw refuse("cannot be written as WKT");
    // Reading WKT back supplies defaults; the second writing is the one that no longer changes.
    if (const PjHandle again = parsed(context, wkt)) wkt = wkt_of(context, again.get());
    return wkt;
}

CrsFacts facts_of(const std::string& crs) {
    const PjContext context;
    const PjHandle object = unbound(context, parsed(context, crs));
    if (!object) throw InputError{"CRS '" + crs + "' is not one that PROJ knows"};
    CrsFacts facts;
    facts.name = proj_get_name(object.get());
    facts.geographic = is_geographic_type(proj_get_type(object.get()));
    if (!facts.geographic) facts.metres_per_unit = unit_of_axes(context, object.get());
    if (const PjHandle ellipsoid{proj_get_ellipsoid(context.get(), object.get())}) {
        proj_ellipsoid_get_parameters(context.get(), ellipsoid.get(), &facts.ellipsoid.semi_major_metres,
                                      nullptr, nullptr, &facts.ellipsoid.inverse_flattening);
    }
    if (const PjHandle base{proj_crs_get_geodetic_crs(context.get(), object.get())}) {
        facts.vietnam_2000 =
            authority_code(base.get()) == "EPSG:4756" || identified(context, base.get()) == "EPSG:4756";
    }
    return facts;
}

EarthSurface surface_of(const std::string& crs) {
    const CrsFacts facts = facts_of(crs);
    EarthSurface surface{facts.ellipsoid, facts.geographic, facts.metres_per_unit, {}};
    if (facts.geographic) return surface;

    struct Map {
        PjContext context;
        PjHandle crs;
        PjHandle to_degrees;
    };
    const auto map = std::make_shared<Map>();
    PJ_CONTEXT* const context = map->context.get();
    map->crs = unbound(map->context, parsed(map->context, crs));
    const PjHandle base{proj_get_source_crs(context, map->crs.get())};
    const PjHandle inverse{
        base ? proj_create_crs_to_crs_from_pj(context, map->crs.get(), base.get(), nullptr, nullptr)
             : nullptr};
    if (inverse) map->to_degrees.reset(proj_normalize_for_visualization(context, inverse.get()));
    if (!map->to_degrees) throw InputError{"cell areas cannot be computed in the CRS " + facts.name};
    surface.areal_scale = [map](double x, double y) {
        constexpr double radians = std::numbers::pi / 180;
        const PJ_COORD degrees = proj_trans(map->to_degrees.get(), PJ_FWD, proj_coord(x, y, 0, 0));
        const PJ_COORD position = proj_coord(degrees.lp.lam * radians, degrees.lp.phi * radians, 0, 0);
        proj_errno_reset(map->crs.get());
        const PJ_FACTORS factors = proj_factors(map->crs.get(), position);
        // Cells beyond the reach of the projection hold nobody; 1 keeps their area finite.
        return std::isfinite(factors.areal_scale) && factors.areal_scale > 0 ? factors.areal_scale : 1.0;
    };
    return surface;
}

std::optional<std::string> forgotten_vietnam_datum(const std::string& crs) {
    static constexpr std::pair<double, const char*> zones[] = {
        {102, "5896"},   {103, "9205"},    {104, "9206"},    {104.5, "9207"}, {104.75, "9208"},
        {105, "5897"},   {105.5, "9209"},  {105.75, "9210"}, {106, "9211"},   {106.25, "9212"},
        {106.5, "9213"}, {107, "9214"},    {107.25, "9215"}, {107.5, "9216"}, {107.75, "5899"},
        {108, "5898"},   {108.25, "9217"}, {108.5, "9218"}};
    const CrsFacts facts = facts_of(crs);
    if (facts.geographic || facts.vietnam_2000) return std::nullopt;
    const PjContext context;
    const PjHandle object = unbound(context, parsed(context, crs));
    const PjHandle conversion{proj_crs_get_coordoperation(context.get(), object.get())};
    if (!conversion) return std::nullopt;
    const auto parameter = [&](const char* name) {
        double value = std::numeric_limits<double>::quiet_NaN();
        const int index = proj_coordoperation_get_param_index(context.get(), conversion.get(), name);
        if (index >= 0) {
            proj_coordoperation_get_param(context.get(), conversion.get(), index, nullptr, nullptr, nullptr,
                                          &value, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
        }
        return value;
    };
    const double meridian = parameter("Longitude of natural origin");
    const bool three_degrees = std::abs(parameter("Scale factor at natural origin") - 0.9999) < 1e-9 &&
                               std::abs(parameter("False easting") - 500000) < 1e-3;
    for (const auto& [longitude, code] : zones) {
        if (three_degrees && std::abs(meridian - longitude) < 1e-6) return std::string{"EPSG:"} + code;
    }
    const bool says_vietnam = facts.name.find("VN2000") != std::string::npos ||
                              facts.name.find("VN-2000") != std::string::npos ||
                              facts.name.find("VN_2000") != std::string::npos;
    if (says_vietnam && meridian == 105) return "EPSG:3405";
    if (says_vietnam && meridian == 111) return "EPSG:3406";
    return std::nullopt;
}

std::string words_of(const Extent& extent) {
    return fmt::format("x {:.10g}..{:.10g}, y {:.10g}..{:.10g}", extent.west, extent.east, extent.south,
                       extent.north);
}

void require_plausible_extent(const Extent& extent, const std::string& crs, const std::string& subject) {
    const CrsFacts facts = facts_of(crs);
    const bool could_be_degrees =
        extent.west >= -360 && extent.east <= 360 && extent.south >= -90.001 && extent.north <= 90.001;
    if (facts.geographic == could_be_degrees) return;
    const std::string what = facts.geographic
                                 ? "lies outside the globe although the CRS " + facts.name +
                                       " counts in degrees (latitude and longitude swapped, or metres?)"
                                 : "looks like degrees although the CRS " + facts.name + " counts in metres";
    throw InputError{subject + ": its extent (" + words_of(extent) + ") " + what +
                     "; state the right one with crs = \"EPSG:...\""};
}

}  // namespace phusong::io
