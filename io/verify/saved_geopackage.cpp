#include "io/verify/saved_geopackage.hpp"

#include <memory>
#include <string>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/polygons_of.hpp"

namespace phusong::io {

namespace {

TableColumn::Kind kind_of(OGRFieldType type) {
    if (type == OFTInteger64 || type == OFTInteger) return TableColumn::Kind::integer;
    return type == OFTReal ? TableColumn::Kind::real : TableColumn::Kind::text;
}

TableValue saved_value(OGRFeatureH feature, int field, TableColumn::Kind kind) {
    TableValue value;
    if (OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return value;
    switch (kind) {
        case TableColumn::Kind::text:
            value = std::string{OGR_F_GetFieldAsString(feature, field)};
            break;
        case TableColumn::Kind::integer:
            value = static_cast<std::int64_t>(OGR_F_GetFieldAsInteger64(feature, field));
            break;
        case TableColumn::Kind::real:
            value = OGR_F_GetFieldAsDouble(feature, field);
            break;
    }
    return value;
}

/// A layer's geometries by row, for as long as anybody holds it.
class SavedShapes {
public:
    SavedShapes(std::shared_ptr<std::remove_pointer_t<GDALDatasetH>> dataset, OGRLayerH layer)
        : dataset_{std::move(dataset)}, layer_{layer} {}

    void add(GIntBig number) { numbers_.push_back(number); }
    [[nodiscard]] MultiPolygon shape(std::size_t row) const {
        const FeatureHandle feature{OGR_L_GetFeature(layer_, numbers_[row])};
        return feature ? polygons_of(OGR_F_GetGeometryRef(feature.get())).shape : MultiPolygon{};
    }
    [[nodiscard]] Point point(std::size_t row) const {
        const FeatureHandle feature{OGR_L_GetFeature(layer_, numbers_[row])};
        OGRGeometryH geometry = feature ? OGR_F_GetGeometryRef(feature.get()) : nullptr;
        if (geometry == nullptr) return {};
        return {OGR_G_GetX(geometry, 0), OGR_G_GetY(geometry, 0)};
    }

private:
    std::shared_ptr<std::remove_pointer_t<GDALDatasetH>> dataset_;
    OGRLayerH layer_;
    std::vector<GIntBig> numbers_;
};

Table saved_table(const std::shared_ptr<std::remove_pointer_t<GDALDatasetH>>& dataset, OGRLayerH layer) {
    Table table;
    table.name = OGR_L_GetName(layer);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int field = 0; field < OGR_FD_GetFieldCount(definition); ++field) {
        OGRFieldDefnH column = OGR_FD_GetFieldDefn(definition, field);
        table.columns.push_back({OGR_Fld_GetNameRef(column), kind_of(OGR_Fld_GetType(column))});
    }
    const auto shapes = std::make_shared<SavedShapes>(dataset, layer);
    OGR_L_ResetReading(layer);
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        shapes->add(OGR_F_GetFID(feature.get()));
        std::vector<TableValue>& row = table.rows.emplace_back();
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            row.push_back(saved_value(feature.get(), static_cast<int>(c), table.columns[c].kind));
        }
    }
    const OGRwkbGeometryType type = wkbFlatten(OGR_L_GetGeomType(layer));
    if (type == wkbPoint) table.point_of = [shapes](std::size_t row) { return shapes->point(row); };
    if (type == wkbMultiPolygon) table.shape_of = [shapes](std::size_t row) { return shapes->shape(row); };
    return table;
}

}  // namespace

std::vector<Table> saved_geopackage(const std::filesystem::path& path) {
    const ErrorScope errors;
    constexpr const char* const drivers[] = {"GPKG", nullptr};
    const std::shared_ptr<std::remove_pointer_t<GDALDatasetH>> dataset{
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, nullptr,
                   nullptr),
        CloseDataset{}};
    if (!dataset) throw InputError{"cannot be read: " + errors.message()};
    const int layers = GDALDatasetGetLayerCount(dataset.get());
    std::vector<Table> tables;
    tables.reserve(static_cast<std::size_t>(layers));
    for (int i = 0; i < layers; ++i) {
        tables.push_back(saved_table(dataset, GDALDatasetGetLayer(dataset.get(), i)));
    }
    if (errors.failed()) throw InputError{"cannot be read: " + errors.message()};
    return tables;
}

}  // namespace phusong::io
