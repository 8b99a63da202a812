#include "io/gdal/geopackage_sink.hpp"

#include <string_view>
#include <system_error>

#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/scoped_option.hpp"
#include "io/gdal/sink_error.hpp"
#include "io/gdal/startup.hpp"

namespace phusong::io {

namespace {

GeometryHandle ring_of(const Ring& ring) {
    GeometryHandle line{OGR_G_CreateGeometry(wkbLinearRing)};
    for (const Point& point : ring) OGR_G_AddPoint_2D(line.get(), point.x, point.y);
    OGR_G_CloseRings(line.get());
    return line;
}

GeometryHandle geometry_of(const MultiPolygon& shape) {
    GeometryHandle all{OGR_G_CreateGeometry(wkbMultiPolygon)};
    for (const PolygonPart& part : shape.parts) {
        GeometryHandle polygon{OGR_G_CreateGeometry(wkbPolygon)};
        OGR_G_AddGeometryDirectly(polygon.get(), ring_of(part.shell).release());
        for (const Ring& hole : part.holes) OGR_G_AddGeometryDirectly(polygon.get(), ring_of(hole).release());
        OGR_G_AddGeometryDirectly(all.get(), polygon.release());
    }
    return all;
}

OGRFieldType type_of(TableColumn::Kind kind) {
    switch (kind) {
        case TableColumn::Kind::text:
            return OFTString;
        case TableColumn::Kind::integer:
            return OFTInteger64;
        case TableColumn::Kind::real:
            return OFTReal;
    }
    return OFTString;
}

struct SetField {
    OGRFeatureH feature;
    int field;
    void operator()(std::monostate /*none*/) const { OGR_F_SetFieldNull(feature, field); }
    void operator()(const std::string& text) const { OGR_F_SetFieldString(feature, field, text.c_str()); }
    void operator()(std::int64_t number) const { OGR_F_SetFieldInteger64(feature, field, number); }
    void operator()(double number) const { OGR_F_SetFieldDouble(feature, field, number); }
};

bool write_rows(OGRLayerH layer, const Table& table) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(layer))};
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            std::visit(SetField{feature.get(), static_cast<int>(column)}, table.rows[row][column]);
        }
        MultiPolygon shape;
        if (table.shape_of) shape = table.shape_of(row);
        if (table.point_of) {
            const Point place = table.point_of(row);
            GeometryHandle point{OGR_G_CreateGeometry(wkbPoint)};
            OGR_G_SetPoint_2D(point.get(), 0, place.x, place.y);
            OGR_F_SetGeometryDirectly(feature.get(), point.release());
        } else if (!shape.parts.empty()) {
            OGR_F_SetGeometryDirectly(feature.get(), geometry_of(shape).release());
        }
        if (OGR_L_CreateFeature(layer, feature.get()) != OGRERR_NONE) return false;
    }
    return true;
}

bool write_table(GDALDatasetH dataset, const Table& table) {
    const bool placed = table.shape_of || table.point_of;
    OGRwkbGeometryType type = wkbNone;
    if (placed) type = table.point_of ? wkbPoint : wkbMultiPolygon;
    StringList options;
    options.set("DESCRIPTION", table.description.c_str());
    options.set("IDENTIFIER", table.name.c_str());
    if (placed) options.set("GEOMETRY_NAME", "geom");
    SpatialReferenceHandle reference;
    if (placed) reference = make_spatial_reference(table.crs);
    OGRLayerH layer =
        GDALDatasetCreateLayer(dataset, table.name.c_str(), reference.get(), type, options.get());
    if (layer == nullptr) return false;
    for (const TableColumn& column : table.columns) {
        const std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, decltype(&OGR_Fld_Destroy)> field{
            OGR_Fld_Create(column.name.c_str(), type_of(column.kind)), &OGR_Fld_Destroy};
        if (OGR_L_CreateField(layer, field.get(), 0) != OGRERR_NONE) return false;
    }
    for (const auto& [key, value] : table.metadata)
        GDALSetMetadataItem(layer, key.c_str(), value.c_str(), nullptr);
    return write_rows(layer, table);
}

void write_tables_into(GDALDatasetH dataset, const std::filesystem::path& path, std::span<const Table> tables,
                       const ErrorScope& errors) {
    for (const Table& table : tables) {
        if (!write_table(dataset, table))
            cannot_write(path, "table '" + table.name + "': " + errors.message());
    }
}

void write_all(const std::filesystem::path& path, std::span<const Table> tables) {
    const ErrorScope errors;
    GDALDriverH driver = GDALGetDriverByName("GPKG");
    DatasetHandle dataset{driver != nullptr ? GDALCreate(driver, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr)
                                            : nullptr};
    if (!dataset) cannot_write(path, errors.message());
    if (GDALDatasetStartTransaction(dataset.get(), 0) != OGRERR_NONE) cannot_write(path, errors.message());
    write_tables_into(dataset.get(), path, tables, errors);
    if (GDALDatasetCommitTransaction(dataset.get()) != OGRERR_NONE) cannot_write(path, errors.message());
    dataset.reset();
    if (errors.failed()) cannot_write(path, errors.message());
}

std::string integrity(GDALDatasetH dataset) {
    OGRLayerH answer = GDALDatasetExecuteSQL(dataset, "PRAGMA integrity_check", nullptr, nullptr);
    if (answer == nullptr) return "no answer";
    std::string text;
    if (const FeatureHandle feature{OGR_L_GetNextFeature(answer)})
        text = OGR_F_GetFieldAsString(feature.get(), 0);
    GDALDatasetReleaseResultSet(dataset, answer);
    return text;
}

/// The file's own feature count is a number that the writer wrote; this one counts.
bool reads_back(OGRLayerH layer, const Table& table) {
    std::size_t row = 0;
    for (FeatureHandle feature{OGR_L_GetNextFeature(layer)}; feature;
         feature.reset(OGR_L_GetNextFeature(layer)), ++row) {
        if (row == table.rows.size()) return false;
        if (table.columns.empty()) continue;
        const auto* text = std::get_if<std::string>(&table.rows[row].front());
        if (text != nullptr && *text != OGR_F_GetFieldAsString(feature.get(), 0)) return false;
    }
    return row == table.rows.size();
}

void require_equal(const std::filesystem::path& path, std::span<const Table> tables) {
    const ErrorScope errors;
    constexpr const char* const drivers[] = {"GPKG", nullptr};
    const DatasetHandle dataset{GDALOpenEx(
        path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, nullptr, nullptr)};
    if (!dataset) cannot_write(path, "it does not open again: " + errors.message());
    if (const std::string answer = integrity(dataset.get()); answer != "ok")
        cannot_write(path, "SQLite finds: " + answer);
    for (const Table& table : tables) {
        OGRLayerH layer = GDALDatasetGetLayerByName(dataset.get(), table.name.c_str());
        if (layer == nullptr || !reads_back(layer, table)) {
            cannot_write(path, "layer '" + table.name + "' does not read back as it was written");
        }
    }
}

}  // namespace

void write_geopackage(const std::filesystem::path& path, std::span<const Table> tables) {
    start_gdal();
    const ScopedOption no_sidecars{"GDAL_PAM_ENABLED", "NO"};
    try {
        write_all(path, tables);
        require_equal(path, tables);
    } catch (...) {
        std::error_code ignored;
        for (const std::string_view suffix : {"", "-journal", "-wal", "-shm"}) {
            std::filesystem::remove(path.string() + std::string{suffix}, ignored);
        }
        throw;
    }
}

void write_tile_folder(const std::filesystem::path& folder, std::span<const Table> tables, int coarsest_zoom,
                       int finest_zoom) {
    start_gdal();
    const ScopedOption no_sidecars{"GDAL_PAM_ENABLED", "NO"};
    const ErrorScope errors;
    StringList options;
    options.set("FORMAT", "DIRECTORY");
    options.set("COMPRESS", "YES");
    options.set("MINZOOM", std::to_string(coarsest_zoom).c_str());
    options.set("MAXZOOM", std::to_string(finest_zoom).c_str());
    GDALDriverH driver = GDALGetDriverByName("MVT");
    DatasetHandle dataset{driver != nullptr
                              ? GDALCreate(driver, folder.c_str(), 0, 0, 0, GDT_Unknown, options.get())
                              : nullptr};
    if (!dataset) cannot_write(folder, errors.message());
    write_tables_into(dataset.get(), folder, tables, errors);
    dataset.reset();  // only now the tiles are made
    if (errors.failed()) cannot_write(folder, errors.message());
}

}  // namespace phusong::io
