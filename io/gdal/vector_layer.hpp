#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/zones/polygon.hpp"
#include "engine/problems.hpp"
#include "engine/study.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/point_of.hpp"
#include "io/gdal/polygons_of.hpp"

namespace phusong::io {

struct VectorField {
    std::string name;  ///< UTF-8, NFC
    OGRFieldType type = OFTString;
};

struct VectorLayerInfo {
    std::string name;
    std::string geometry;  ///< "Multi Polygon", "Line String", "None" ...
    bool may_hold_polygons = false;
    bool may_hold_points = false;  ///< as geometry, or in columns of a table
};

/// What a layer is read for.
enum class LayerContents : std::uint8_t { polygons, points };

/// What a layer may be like for its reader.
struct LayerWish {
    LayerContents contents = LayerContents::points;
    bool may_be_empty = false;
    std::string x_column;  ///< of a table of positions, where the study names them; empty: a usual pair
    std::string y_column;
};

/// Opens any vector file that we read. @throws InputError naming the file, with a hint for well-known others
[[nodiscard]] DatasetHandle open_vector_file(const std::string& absolute_path, const std::string& name);
[[nodiscard]] std::vector<VectorLayerInfo> layers_of(GDALDatasetH dataset);
/// A CSV file: text only, no CRS, no geometry but what its columns mean.
[[nodiscard]] bool is_table(GDALDatasetH dataset);

/// One layer of polygons or points of a GeoPackage, GeoJSON, TopoJSON, Shapefile or FlatGeobuf, or a CSV
/// table of positions; read once from begin to end.
class VectorLayer {
public:
    /// @param role "communes", "coverage 4g Viettel": for messages. @throws InputError, StorageError
    VectorLayer(const FileLayer& file, const LayerWish& wish, const std::string& role, Problems& problems);
    VectorLayer(const FileLayer& file, LayerContents contents, const std::string& role, Problems& problems)
        : VectorLayer{file, LayerWish{contents, false, "", ""}, role, problems} {}

    [[nodiscard]] const std::string& quoted() const { return quoted_; }  ///< "'communes.gpkg', layer 'xa'"
    [[nodiscard]] const std::string& crs() const { return crs_; }        ///< canonical
    /// Nobody stated the CRS: columns called longitude and latitude were taken as degrees of WGS 84.
    [[nodiscard]] bool crs_assumed() const { return crs_assumed_; }
    [[nodiscard]] bool synthetic() const { return synthetic_; }
    /// A CSV file: row 1 names the columns, feature 1 is row 2.
    [[nodiscard]] bool has_rows() const { return has_rows_; }
    [[nodiscard]] const std::vector<VectorField>& fields() const { return fields_; }
    [[nodiscard]] std::string field_list() const;
    [[nodiscard]] const std::string& encoding_words() const { return encoding_words_; }

    /// The field of that name, else the only one that differs in upper and lower case.
    [[nodiscard]] std::optional<int> find_field(const std::string& name) const;
    /// @param purpose "code of the communes". @throws InputError listing the fields there are
    [[nodiscard]] int field(const std::string& name, const std::string& purpose) const;

    class Feature {
    public:
        Feature(VectorLayer& layer, OGRFeatureH feature) : layer_{layer}, feature_{feature} {}
        /// "feature 17": the file's own number.
        [[nodiscard]] std::string words() const;
        /// As stored; nothing when null, empty or blank. @throws InputError when it is no text in the layer's
        /// encoding
        [[nodiscard]] std::optional<std::string> text(int field) const;
        [[nodiscard]] GatheredPolygons polygons() const {
            return polygons_of(OGR_F_GetGeometryRef(feature_));
        }
        [[nodiscard]] GatheredPoint point() const {
            return layer_.columns_ ? point_of(feature_, *layer_.columns_)
                                   : point_of(OGR_F_GetGeometryRef(feature_));
        }

    private:
        VectorLayer& layer_;
        OGRFeatureH feature_;
    };
    /// In file order, at most `most` features. @throws InputError when the file cannot be read that far
    void for_each(const std::function<void(const Feature&)>& use,
                  std::size_t most = std::numeric_limits<std::size_t>::max());

private:
    [[nodiscard]] std::string decoded(const char* bytes, const std::string& where);
    void choose_layer(const FileLayer& file, const LayerWish& wish);
    [[nodiscard]] bool fits(const VectorLayerInfo& layer, const LayerWish& wish) const;
    void find_position_columns(const LayerWish& wish);
    void find_encoding(const FileLayer& file);
    void require_known_encoding() const;
    void find_crs(const FileLayer& file, const std::string& role);

    std::string quoted_;
    Problems& problems_;
    DatasetHandle dataset_;
    OGRLayerH layer_ = nullptr;
    std::optional<PositionColumns> columns_;  ///< of a table of positions
    std::string crs_;
    bool crs_assumed_ = false;
    std::vector<VectorField> fields_;
    std::string encoding_;        ///< iconv's name; empty: UTF-8
    std::string encoding_words_;  ///< who says so
    bool encoding_guessed_ = false;
    bool synthetic_ = false;
    bool has_rows_ = false;
};

}  // namespace phusong::io
