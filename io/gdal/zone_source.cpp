#include "io/gdal/zone_source.hpp"

#include <map>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/gdal/zone_fields.hpp"
#include "io/geos/repair.hpp"

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
    const auto code = feature.text(fields.code);
    if (!code) {
        throw InputError{layer.quoted() + ", " + feature.words() + ": field '" + field_name(fields.code) +
                         "' holds no code; give every commune its official code"};
    }
    zone.code = code_text(*code, layer.fields()[static_cast<std::size_t>(fields.code)].type);
    if (layer.fields()[static_cast<std::size_t>(fields.code)].type == OFTReal &&
        zone.code.find('.') != std::string::npos) {
        throw InputError{layer.quoted() + ": code " + zone.code + " in field '" + field_name(fields.code) +
                         "' is a fraction; name the field that holds the official codes"};
    }
    if (fields.name) zone.name = feature.text(*fields.name).value_or("");
    if (fields.province) zone.province = feature.text(*fields.province).value_or("");
    if (fields.official_people) {
        if (const auto stored = feature.text(*fields.official_people)) {
            zone.official_people = head_count(*stored);
            if (!zone.official_people) {
                throw InputError{layer.quoted() + ", " + subject_of(zone) + ": '" + *stored + "' in field '" +
                                 field_name(*fields.official_people) + "' is no head count"};
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

}  // namespace

ZonesRead read_zones(const CommunesInput& input, const std::string& adjust_to_field,
                     const std::string& study_crs, const GridSpec& study_grid) {
    ZonesRead result;
    VectorLayer layer{input.file, LayerContents::polygons, "communes", result.problems};
    const ZoneFields fields = zone_fields(layer, input, adjust_to_field, result.problems);
    result.synthetic = layer.synthetic();

    CommuneParts parts{layer};
    bool any_polygons = false;
    bool other_geometry = false;
    layer.for_each([&](const VectorLayer::Feature& feature) {
        Zone zone = zone_of(layer, feature, fields, result.problems, other_geometry);
        any_polygons = any_polygons || !zone.shape.parts.empty();
        parts.add(std::move(zone));
    });
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
