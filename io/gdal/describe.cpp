#include "io/gdal/describe.hpp"

#include <fmt/format.h>

#include "io/gdal/describe_raster.hpp"
#include "io/gdal/raster_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/gdal/zone_fields.hpp"
#include "io/proj/crs.hpp"

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

std::string described_fields(VectorLayer& layer) {
    std::vector<std::string> examples(layer.fields().size());
    constexpr std::size_t features_looked_at = 100;
    layer.for_each(
        [&](const VectorLayer::Feature& feature) {
            for (std::size_t i = 0; i < examples.size(); ++i) {
                if (examples[i].empty()) examples[i] = feature.text(static_cast<int>(i)).value_or("");
            }
        },
        features_looked_at);
    std::string text;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const VectorField& field = layer.fields()[i];
        const std::string shown = examples[i].size() > 60 ? "(long text)" : examples[i];
        text += fmt::format("    field {} ({}): {}\n", field.name, OGR_GetFieldTypeName(field.type),
                            shown.empty() ? "empty" : "such as '" + shown + "'");
    }
    return text;
}

std::string notes_of(const Problems& problems) {
    std::string text;
    for (const Problem& problem : problems) text += "    note: " + problem.what + "\n";
    return text;
}

std::string described_layer(const std::string& path, const VectorLayerInfo& info, GDALDatasetH dataset) {
    OGRLayerH counted = GDALDatasetGetLayerByName(dataset, info.name.c_str());
    std::string text = fmt::format("  layer {}: {}, {} features\n", info.name, info.geometry,
                                   static_cast<long long>(OGR_L_GetFeatureCount(counted, 1)));
    if (!info.may_hold_polygons && !info.may_hold_points) {
        return text + "    holds neither polygons nor points: not used by phusong\n";
    }
    Problems problems;
    try {
        FileLayer file;
        file.path = path;
        file.layer = info.name;
        const LayerContents contents =
            info.may_hold_polygons ? LayerContents::polygons : LayerContents::points;
        VectorLayer layer{file, contents, "described", problems};
        text += fmt::format("    CRS {} ({})\n    text {}\n", facts_of(layer.crs()).name,
                            layer.crs().size() > 20 ? "not in the EPSG registry" : layer.crs(),
                            layer.encoding_words());
        if (layer.synthetic()) text += "    tagged SYNTHETIC\n";
        text += described_fields(layer);
        if (contents == LayerContents::points)
            return text + "    as settlements or sites\n" + notes_of(problems);
        text += fmt::format("    as communes: code = {}, name = {}\n",
                            obvious_code_field(layer.fields()).value_or("(to be named)"),
                            obvious_name_field(layer.fields()).value_or("(none obvious)"));
    } catch (const InputError& error) {
        text += std::string{"    not usable as it is: "} + error.what() + "\n";
    }
    return text + notes_of(problems);
}

}  // namespace

std::string describe_file(const std::string& file) {
    start_gdal();
    const std::string on_disk = checked_map_path(file);
    if (looks_like_raster(on_disk)) return describe_raster(on_disk, file);
    const DatasetHandle dataset = open_vector_file(on_disk, file);
    const std::vector<VectorLayerInfo> layers = layers_of(dataset.get());
    std::string text = fmt::format("{}: {} with {} layer{}\n", file,
                                   GDALGetDriverShortName(GDALGetDatasetDriver(dataset.get())), layers.size(),
                                   layers.size() == 1 ? "" : "s");
    for (const VectorLayerInfo& layer : layers) text += described_layer(file, layer, dataset.get());
    return text;
}

}  // namespace phusong::io
