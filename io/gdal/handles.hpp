#pragma once

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <memory>
#include <type_traits>

namespace phusong::io {

struct CloseDataset {
    void operator()(GDALDatasetH dataset) const noexcept { GDALClose(dataset); }
};
using DatasetHandle = std::unique_ptr<std::remove_pointer_t<GDALDatasetH>, CloseDataset>;

struct DestroyFeature {
    void operator()(OGRFeatureH feature) const noexcept { OGR_F_Destroy(feature); }
};
using FeatureHandle = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, DestroyFeature>;

struct DestroyGeometry {
    void operator()(OGRGeometryH geometry) const noexcept { OGR_G_DestroyGeometry(geometry); }
};
using GeometryHandle = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, DestroyGeometry>;

struct ReleaseSpatialReference {
    void operator()(OGRSpatialReferenceH reference) const noexcept { OSRRelease(reference); }
};
using SpatialReferenceHandle =
    std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, ReleaseSpatialReference>;

struct FreeCpl {
    void operator()(void* memory) const noexcept { VSIFree(memory); }
};
using CplString = std::unique_ptr<char, FreeCpl>;

/// A NULL-terminated list of "NAME=VALUE".
class StringList {
public:
    StringList() = default;
    StringList(const StringList&) = delete;
    StringList& operator=(const StringList&) = delete;
    ~StringList() { CSLDestroy(list_); }

    void set(const char* name, const char* value) { list_ = CSLSetNameValue(list_, name, value); }
    void add(const char* text) { list_ = CSLAddString(list_, text); }
    [[nodiscard]] char** get() const { return list_; }

private:
    char** list_ = nullptr;
};

}  // namespace phusong::io
