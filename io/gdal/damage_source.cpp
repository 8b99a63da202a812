#include "io/gdal/damage_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/number.hpp"
#include "io/text/text_encoding.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

class DamageReader {
public:
    DamageReader(VectorLayer& layer, const DamageInput& input, const std::vector<std::string>& known)
        : layer_{layer}, input_{input}, known_{known} {
        if (!input.severity_field.empty())
            severity_ = layer.field(input.severity_field, "severity of damage");
        if (!input.technology_field.empty()) {
            technology_ = layer.field(input.technology_field, "technology that is damaged");
        }
    }

    void read(Problems& problems) {
        layer_.for_each([&](const VectorLayer::Feature& feature) { add(feature, problems); });
    }

    std::vector<DamageArea> areas;
    std::vector<std::string> features;  ///< of the areas, for messages
    std::size_t read_features = 0;

private:
    void add(const VectorLayer::Feature& feature, Problems& problems) {
        ++read_features;
        DamageArea area;
        area.severity = severity_of(feature);
        area.technologies = technologies_of(feature);
        const std::string subject = layer_.quoted() + ", " + feature.words();
        GatheredPolygons gathered = feature.polygons();
        if (!gathered.remark.empty()) problems.push_back({subject, "geometry: " + gathered.remark});
        if (!gathered.had_geometry) problems.push_back({subject, "has no geometry and damages nothing"});
        if (gathered.shape.parts.empty()) return;
        repair_and_tell(gathered.shape, subject, problems);
        if (gathered.shape.parts.empty()) return;
        area.shape = std::move(gathered.shape);
        areas.push_back(std::move(area));
        features.push_back(feature.words());
    }
    [[nodiscard]] double severity_of(const VectorLayer::Feature& feature) const {
        if (!severity_) return 1;
        const auto text = feature.text(*severity_);
        if (!text) {
            fail(feature, "the severity (field '" + input_.severity_field + "') is missing; write 0 to 1");
        }
        const auto severity = number_of(*text);
        if (!severity || *severity < 0 || *severity > 1) {
            fail(feature, "the severity '" + trimmed(*text) + "' (field '" + input_.severity_field +
                              "') is not between 0 and 1, where 1 is all of the service");
        }
        return *severity;
    }
    [[nodiscard]] std::vector<std::string> technologies_of(const VectorLayer::Feature& feature) const {
        if (!technology_) return input_.technologies;
        const std::string text = feature.text(*technology_).value_or("");
        std::vector<std::string> technologies = split(small_letters(text), ";,/|");
        if (technologies.empty()) {
            fail(feature, "the technology (field '" + input_.technology_field +
                              "') is missing; write one of " + known_list() + ", or all");
        }
        if (technologies == std::vector<std::string>{"all"}) return {};
        for (const std::string& technology : technologies) {
            if (std::find(known_.begin(), known_.end(), technology) != known_.end()) continue;
            fail(feature, "no coverage of the study has the technology '" + technology + "' (field '" +
                              input_.technology_field + "'); known are " + known_list());
        }
        std::sort(technologies.begin(), technologies.end());
        technologies.erase(std::unique(technologies.begin(), technologies.end()), technologies.end());
        return technologies;
    }
    [[nodiscard]] std::string known_list() const {
        std::string list;
        for (const std::string& technology : known_) list += (list.empty() ? "" : ", ") + technology;
        return list;
    }
    [[noreturn]] void fail(const VectorLayer::Feature& feature, const std::string& what) const {
        throw InputError{layer_.quoted() + " (damage), " + feature.words() + ": " + what};
    }

    VectorLayer& layer_;
    const DamageInput& input_;
    const std::vector<std::string>& known_;
    std::optional<int> severity_;
    std::optional<int> technology_;
};

/// A layer without features need not have the fields either.
bool has_features(VectorLayer& layer) {
    bool any = false;
    layer.for_each([&](const VectorLayer::Feature&) { any = true; }, 1);
    return any;
}

}  // namespace

DamageAreas read_damage_areas(const DamageInput& input, const std::vector<std::string>& known,
                              const std::string& study_crs, const GridSpec& study_grid, Problems& problems) {
    VectorLayer layer{input.file, LayerWish{LayerContents::polygons, true, "", ""}, "damage", problems};
    DamageAreas result;
    result.synthetic = layer.synthetic();
    if (!has_features(layer)) {
        problems.push_back({layer.quoted() + " (damage)", "has no features: it damages nothing"});
        return result;
    }
    DamageReader read{layer, input, known};
    read.read(problems);
    if (read.areas.empty()) {
        throw InputError{layer.quoted() + " (damage) has no usable polygon among its " +
                         std::to_string(read.read_features) + " feature(s)"};
    }
    std::vector<MultiPolygon> shapes;
    for (DamageArea& area : read.areas) shapes.push_back(std::move(area.shape));
    result.operation = bring_into_study(shapes, layer.crs(), study_crs, study_grid, layer.quoted(),
                                        [&](std::size_t i) { return read.features[i]; });
    for (std::size_t i = 0; i < shapes.size(); ++i) read.areas[i].shape = std::move(shapes[i]);
    result.areas = std::move(read.areas);
    return result;
}

}  // namespace phusong::io
