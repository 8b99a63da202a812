#include "io/gdal/place_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/field_choice.hpp"
#include "io/gdal/points_into_study.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

// In order of trust: what names the place itself before what may name its commune.
constexpr std::array id_names{"ma_thon", "ma_tram", "settlement_id", "site_id", "id", "code", "ma"};
constexpr std::array name_names{"ten_thon", "ten_tram", "settlement_name", "site_name",
                                "name",     "ten",      "ten_xa"};
constexpr std::array grid_power_names{"grid_power"};

struct PlaceFields {
    std::optional<int> id;
    std::optional<int> name;
    std::optional<int> grid_power;
};

PlaceFields place_fields(const VectorLayer& layer, const PlacesInput& input, PlaceKind kind,
                         Problems& problems) {
    const std::string of_places = std::string{" of the "} + word_of(kind);
    PlaceFields fields;
    fields.id = named_or_obvious_field(layer, input.id_field, id_names, "id" + of_places, problems);
    if (!fields.id) {
        problems.push_back(
            {layer.quoted(), "has no field for the ids" + of_places + "; they are numbered from 1"});
    }
    fields.name = named_or_obvious_field(layer, input.name_field, name_names, "name" + of_places, problems);
    if (!fields.name && kind == PlaceKind::settlements) {  // masts are known by their ids
        problems.push_back({layer.quoted(), "has no field for the names" + of_places + "; ids stand alone"});
    }
    if (kind == PlaceKind::settlements) {
        fields.grid_power = named_or_obvious_field(layer, input.grid_power_field, grid_power_names,
                                                   "grid power" + of_places, problems);
    }
    return fields;
}

/// Something that befell several features: said once, with the first of them.
class Tally {
public:
    void add(const std::string& words) {
        if (count_ == 0) first_ = words;
        ++count_;
    }
    /// @param what follows "3 features (feature 7 is the first) "
    void tell(const std::string& subject, const std::string& what, Problems& problems) const {
        if (count_ == 0) return;
        problems.push_back(
            {subject, count_ == 1 ? first_ + " " + what
                                  : fmt::format("{} features ({} is the first) {}", count_, first_, what)});
    }

private:
    std::size_t count_ = 0;
    std::string first_;
};

class PlaceReader {
public:
    PlaceReader(VectorLayer& layer, const PlaceFields& fields) : layer_{layer}, fields_{fields} {}

    void read() {
        layer_.for_each([this](const VectorLayer::Feature& feature) { add(feature); });
    }
    void tell(Problems& problems) const {
        without_position_.tell(layer_.quoted(), "without a position: left out", problems);
        several_positions_.tell(layer_.quoted(), "with several positions: the first is taken", problems);
        without_id_.tell(layer_.quoted(), "without an id: called by the number in the file", problems);
    }

    std::vector<Place> places;
    std::vector<std::string> features;  ///< of the places, for messages

private:
    void add(const VectorLayer::Feature& feature) {
        ++number_;
        const GatheredPoint gathered = feature.point();
        if (!gathered.fault.empty()) fail(feature, gathered.fault);
        Place place;
        place.id = id_of(feature);
        if (fields_.name) place.name = feature.text(*fields_.name).value_or("");
        place.grid_power = grid_power_of(feature);
        if (!gathered.position) {
            without_position_.add(feature.words());
            return;
        }
        place.position = *gathered.position;
        if (layer_.crs_assumed()) {
            require_degrees(place.position, layer_.quoted() + ", " + feature.words());
        }
        if (gathered.positions > 1) several_positions_.add(feature.words());
        places.push_back(std::move(place));
        features.push_back(feature.words());
    }
    [[nodiscard]] std::string id_of(const VectorLayer::Feature& feature) {
        if (fields_.id) {
            if (const auto stored = feature.text(*fields_.id)) return trimmed(*stored);
            without_id_.add(feature.words());
        }
        return std::to_string(number_);
    }
    [[nodiscard]] std::optional<bool> grid_power_of(const VectorLayer::Feature& feature) const {
        if (!fields_.grid_power) return std::nullopt;
        const auto stored = feature.text(*fields_.grid_power);
        if (!stored) return std::nullopt;
        const std::optional<bool> answer = yes_or_no(*stored);
        if (!answer) {
            fail(feature,
                 "'" + *stored + "' in field '" +
                     layer_.fields()[static_cast<std::size_t>(*fields_.grid_power)].name +
                     "' does not tell grid power; write yes or no, and nothing where it is not known");
        }
        return answer;
    }
    [[noreturn]] void fail(const VectorLayer::Feature& feature, const std::string& what) const {
        throw InputError{layer_.quoted() + ", " + feature.words() + ": " + what};
    }

    VectorLayer& layer_;
    PlaceFields fields_;
    std::size_t number_ = 0;
    Tally without_position_;
    Tally several_positions_;
    Tally without_id_;
};

/// Into the study's CRS; places without an image there are left out. @return the operation used; empty: none
std::string bring_places_into_study(PlaceReader& read, const VectorLayer& layer, const std::string& study_crs,
                                    Problems& problems) {
    std::vector<Point> positions;
    for (const Place& place : read.places) positions.push_back(place.position);
    std::string operation = bring_points_into_study(positions, layer, study_crs);
    std::vector<Place> moved;
    Tally nowhere;
    for (std::size_t i = 0; i < read.places.size(); ++i) {
        if (std::isnan(positions[i].x)) {
            nowhere.add(read.features[i]);
            continue;
        }
        read.places[i].position = positions[i];
        moved.push_back(std::move(read.places[i]));
    }
    nowhere.tell(layer.quoted(), "without a position in the CRS of the population raster: left out",
                 problems);
    read.places = std::move(moved);
    return operation;
}

void tell_of_equal_ids(const std::vector<Place>& places, const std::string& subject, Problems& problems) {
    std::map<std::string, std::size_t> uses;
    for (const Place& place : places) ++uses[place.id];
    const auto repeated = [](const auto& use) { return use.second > 1; };
    const auto first = std::find_if(uses.begin(), uses.end(), repeated);
    if (first == uses.end()) return;
    problems.push_back(
        {subject,
         fmt::format("{} id(s) stand on several places, such as '{}' on {}; all are kept",
                     std::count_if(uses.begin(), uses.end(), repeated), first->first, first->second)});
}

}  // namespace

const char* word_of(PlaceKind kind) {
    return kind == PlaceKind::settlements ? "settlements" : "sites";
}

Extent extent_of(const std::vector<Place>& places) {
    const Point& first = places.front().position;
    Extent extent{first.x, first.y, first.x, first.y};
    for (const Place& place : places) {
        extent.west = std::min(extent.west, place.position.x);
        extent.south = std::min(extent.south, place.position.y);
        extent.east = std::max(extent.east, place.position.x);
        extent.north = std::max(extent.north, place.position.y);
    }
    return extent;
}

PlacesSource read_places(const PlacesInput& input, PlaceKind kind, const std::string& study_crs,
                         Problems& problems) {
    VectorLayer layer{input.file, LayerContents::points, word_of(kind), problems};
    PlaceReader read{layer, place_fields(layer, input, kind, problems)};
    read.read();
    read.tell(problems);
    const auto require_places = [&] {
        if (!read.places.empty()) return;
        throw InputError{layer.quoted() + " (" + word_of(kind) + ") has no usable position"};
    };
    require_places();
    PlacesSource result;
    result.name = input.file.path;
    result.synthetic = layer.synthetic();
    result.operation = bring_places_into_study(read, layer, study_crs, problems);
    require_places();
    tell_of_equal_ids(read.places, layer.quoted(), problems);
    result.places = std::move(read.places);
    return result;
}

}  // namespace phusong::io
