#include "io/gdal/zone_source.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/gdal/zone_fields.hpp"
#include "io/geos/repair.hpp"
#include "io/proj/crs.hpp"
#include "io/text/garbled_text.hpp"

namespace phusong::io {

namespace {

std::string subject_of(const Zone& zone) {
    return "commune " + zone.code + (zone.name.empty() ? "" : " " + zone.name);
}

/// One feature as stored; the zone's shape is in the file's CRS and not yet repaired.
Zone zone_of(const VectorLayer& layer, const VectorLayer::Feature& feature, const ZoneFields& fields,
             Problems& problems, bool& had_other_geometry) {
    const auto field_name = [&](int field) { return layer.fields()[static_cast<std::size_t>(field)].name; };
    Zone zone;
    const auto no_code = [&] {
        return InputError{layer.quoted() + ", " + feature.words() + ": field '" + field_name(fields.code) +
                          "' holds no code; give every commune its official code"};
    };
    const auto code = feature.text(fields.code);
    if (!code) throw no_code();
    zone.code = code_text(*code, layer.fields()[static_cast<std::size_t>(fields.code)].type);
    if (layer.fields()[static_cast<std::size_t>(fields.code)].type != OFTString &&
        zone.code.find_first_not_of("0123456789") != std::string::npos) {
        throw InputError{layer.quoted() + ": code " + zone.code + " in field '" + field_name(fields.code) +
                         "' is a fraction or negative; name the field that holds the official codes"};
    }
    if (zone.code.empty()) throw no_code();
    if (fields.name) zone.name = feature.text(*fields.name).value_or("");
    if (fields.province) zone.province = feature.text(*fields.province).value_or("");
    if (fields.official_people) {
        if (const auto stored = feature.text(*fields.official_people)) {
            zone.official_people =
                head_count(*stored, layer.fields()[static_cast<std::size_t>(*fields.official_people)].type);
            if (!zone.official_people) {
                throw InputError{layer.quoted() + ", " + subject_of(zone) + ": '" + *stored + "' in field '" +
                                 field_name(*fields.official_people) +
                                 "' is no head count; write plain numbers without separators"};
            }
        } else {
            problems.push_back({subject_of(zone), "field '" + field_name(*fields.official_people) +
                                                      "' holds no head count; its people are not adjusted"});
        }
    }
    GatheredPolygons gathered = feature.polygons();
    zone.shape = std::move(gathered.shape);
    if (!gathered.remark.empty()) problems.push_back({subject_of(zone), "geometry: " + gathered.remark});
    if (!gathered.had_geometry)
        problems.push_back({subject_of(zone), "has no geometry; its row stays without values"});
    had_other_geometry = had_other_geometry || (gathered.had_geometry && zone.shape.parts.empty());
    return zone;
}

/// Features of one code become one commune; the same feature twice is an error of the file.
class CommuneParts {
public:
    explicit CommuneParts(const VectorLayer& layer) : layer_{layer} {}

    void add(Zone zone) {
        const auto [known, is_new] = place_.try_emplace(zone.code, features_.size());
        if (is_new) {
            features_.emplace_back();
        } else {
            for (const Zone& other : features_[known->second]) {
                if (other.shape == zone.shape) {
                    throw InputError{
                        layer_.quoted() + ": code " + zone.code +
                        " occurs twice with the same geometry (a duplicate); remove one of them"};
                }
            }
        }
        features_[known->second].push_back(std::move(zone));
    }

    [[nodiscard]] std::vector<Zone> united(Problems& problems) {
        std::vector<Zone> zones;
        for (std::vector<Zone>& parts : features_) {
            for (Zone& part : parts) repair_and_tell(part.shape, subject_of(part), problems);
            zones.push_back(parts.size() == 1 ? std::move(parts.front()) : unite_parts(parts, problems));
        }
        return zones;
    }

private:
    static Zone unite_parts(std::vector<Zone>& parts, Problems& problems) {
        Zone whole = parts.front();
        std::vector<MultiPolygon> shapes;
        std::string other_names;
        double people = 0;
        bool people_differ = false;
        bool people_known = true;
        for (Zone& part : parts) {
            shapes.push_back(std::move(part.shape));
            if (part.name != whole.name) other_names += " '" + part.name + "'";
            people_known = people_known && part.official_people.has_value();
            people += part.official_people.value_or(0);
            people_differ = people_differ || part.official_people != whole.official_people;
        }
        whole.shape = unite(shapes);
        std::string what =
            "its code stands on " + std::to_string(parts.size()) + " features, which count as one commune";
        if (!other_names.empty()) what += "; they differ in name:" + other_names;
        if (people_differ) {
            whole.official_people = people_known ? std::optional{people} : std::nullopt;
            what += people_known ? "; their head counts differ and were added"
                                 : "; not all have a head count, so its people are not adjusted";
        }
        problems.push_back({subject_of(whole), what});
        return whole;
    }

    const VectorLayer& layer_;
    std::map<std::string, std::size_t> place_;
    std::vector<std::vector<Zone>> features_;
};

void tell_of_garbled_names(const std::vector<Zone>& zones, const VectorLayer& layer, Problems& problems) {
    const auto garbled = std::find_if(zones.begin(), zones.end(),
                                      [](const Zone& zone) { return !garbled_as(zone.name).empty(); });
    if (garbled == zones.end()) return;
    problems.push_back({layer.quoted(), "its names, such as '" + garbled->name + "', look like " +
                                            garbled_as(garbled->name) +
                                            "; state the file's own encoding (encoding = \"UTF-8\", "
                                            "\"TCVN3\" or \"CP1258\"), or convert them to Unicode"});
}

void restore_leading_zeros(std::vector<Zone>& zones, const VectorLayer& layer, const ZoneFields& fields,
                           Problems& problems) {
    std::vector<std::string> codes;
    codes.reserve(zones.size());
    for (const Zone& zone : zones) codes.push_back(zone.code);
    if (!lost_leading_zeros(codes)) return;
    const auto shortest = std::min_element(codes.begin(), codes.end(),
                                           [](const auto& a, const auto& b) { return a.size() < b.size(); });
    problems.push_back({layer.quoted(), "field '" +
                                            layer.fields()[static_cast<std::size_t>(fields.code)].name +
                                            "' holds codes that lost leading zeros, such as '" + *shortest +
                                            "'; they are padded to 5 digits"});
    for (Zone& zone : zones) zone.code = padded_code(zone.code);
}

/// A ring that jumps from 180 to -180 degrees would hold the globe instead of its own land.
void require_one_side_of_180(const Zone& zone, const VectorLayer& layer) {
    for (const PolygonPart& part : zone.shape.parts) {
        const auto [west, east] = std::minmax_element(
            part.shell.begin(), part.shell.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
        if (east->x - west->x <= 180) continue;
        throw InputError{layer.quoted() + ": " + subject_of(zone) +
                         " reaches around more than half of the globe (" + words_of(extent_of(zone.shape)) +
                         "); if it crosses the meridian of 180 degrees, cut it there"};
    }
}

}  // namespace

ZonesRead read_zones(const CommunesInput& input, const std::string& adjust_to_field,
                     const std::string& study_crs, const GridSpec& study_grid) {
    ZonesRead result;
    VectorLayer layer{input.file, LayerContents::polygons, "communes", result.problems};
    const ZoneFields fields = zone_fields(layer, input, adjust_to_field, result.problems);
    result.synthetic = layer.synthetic();

    std::vector<Zone> features;
    bool any_polygons = false;
    bool other_geometry = false;
    layer.for_each([&](const VectorLayer::Feature& feature) {
        Zone zone = zone_of(layer, feature, fields, result.problems, other_geometry);
        any_polygons = any_polygons || !zone.shape.parts.empty();
        features.push_back(std::move(zone));
    });
    const bool geographic = facts_of(layer.crs()).geographic;
    tell_of_garbled_names(features, layer, result.problems);
    restore_leading_zeros(features, layer, fields, result.problems);
    CommuneParts parts{layer};
    for (Zone& zone : features) {
        if (geographic) require_one_side_of_180(zone, layer);
        parts.add(std::move(zone));
    }
    if (!any_polygons) {
        throw InputError{layer.quoted() + " (communes) has no usable polygon" +
                         (other_geometry ? "; its features are lines, points or damaged polygons" : "")};
    }
    result.zones = parts.united(result.problems);

    std::vector<MultiPolygon> shapes;
    for (Zone& zone : result.zones) shapes.push_back(std::move(zone.shape));
    result.operation = bring_into_study(shapes, layer.crs(), study_crs, study_grid, layer.quoted(),
                                        [&](std::size_t i) { return subject_of(result.zones[i]); });
    for (std::size_t i = 0; i < shapes.size(); ++i) result.zones[i].shape = std::move(shapes[i]);
    return result;
}

}  // namespace phusong::io
