#include "io/gdal/postgis.hpp"

#include <algorithm>
#include <vector>

#include "engine/errors.hpp"
#include "io/files/sha256.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/startup.hpp"
#include "io/text/postgis_name.hpp"

namespace phusong::io {

namespace {

/// All of a row but its number.
std::string row_bytes(OGRFeatureH feature, int fields) {
    std::string bytes;
    for (int field = 0; field < fields; ++field) {
        bytes += OGR_F_IsFieldSetAndNotNull(feature, field) == 0
                     ? std::string{"\1"}
                     : "\2" + std::string{OGR_F_GetFieldAsString(feature, field)};
        bytes += '\0';
    }
    if (OGRGeometryH geometry = OGR_F_GetGeometryRef(feature)) {
        std::vector<unsigned char> shape(static_cast<std::size_t>(OGR_G_WkbSize(geometry)));
        OGR_G_ExportToIsoWkb(geometry, wkbNDR, shape.data());
        bytes.append(shape.begin(), shape.end());
    }
    return bytes;
}

}  // namespace

DatasetHandle open_postgis(const std::string& name, PostgisAccess access) {
    start_gdal();
    const ErrorScope errors;
    constexpr const char* const drivers[] = {"PostgreSQL", nullptr};
    const unsigned mode = access == PostgisAccess::read ? GDAL_OF_READONLY : GDAL_OF_UPDATE;
    DatasetHandle dataset{GDALOpenEx(with_password(name).c_str(),
                                     GDAL_OF_VECTOR | mode | GDAL_OF_VERBOSE_ERROR, drivers, nullptr,
                                     nullptr)};
    if (dataset) return dataset;
    std::string reason = errors.first_message();
    // libpq says no password, but GDAL may repeat what it was given.
    if (reason.find("assword=") != std::string::npos) reason = "it cannot be opened";
    const std::string what = "database '" + name + "' cannot be opened: " + reason +
                             "; a password may be in PGPASSWORD or ~/.pgpass";
    if (access == PostgisAccess::read) throw InputError{what};
    throw StorageError{what};
}

std::string sha256_of_table(const std::string& name, const std::string& layer) {
    const DatasetHandle dataset = open_postgis(name, PostgisAccess::read);
    const ErrorScope errors;
    OGRLayerH table = layer.empty() ? GDALDatasetGetLayer(dataset.get(), 0)
                                    : GDALDatasetGetLayerByName(dataset.get(), layer.c_str());
    if (table == nullptr)
        throw InputError{"database '" + name + "' has no table '" + layer + "' with geometries"};
    const int fields = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(table));
    std::vector<std::string> rows;
    while (const FeatureHandle feature{OGR_L_GetNextFeature(table)}) {
        rows.push_back(sha256_of_bytes(row_bytes(feature.get(), fields)));
    }
    if (errors.failed()) throw InputError{"database '" + name + "' cannot be read: " + errors.message()};
    std::sort(rows.begin(), rows.end());
    std::string all;
    for (const std::string& row : rows) all += row;
    return sha256_of_bytes(all);
}

}  // namespace phusong::io
