#include "io/gdal/vector_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "engine/errors.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/postgis.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/text/postgis_name.hpp"
#include "io/text/synthetic_mark.hpp"
#include "io/text/text_encoding.hpp"

namespace phusong::io {

namespace {

template <typename Range>
std::string joined(const Range& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// Of the only layer of a table, as stored.
std::vector<std::string> field_names(GDALDatasetH table) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(GDALDatasetGetLayer(table, 0));
    const int count = OGR_FD_GetFieldCount(definition);
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        names.emplace_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, i)));
    }
    return names;
}

DatasetHandle opened(const FileLayer& file) {
    start_gdal();
    if (names_postgis(file.path)) return open_postgis(file.path, PostgisAccess::read);
    return open_vector_file(checked_map_path(file.path), file.path);
}

}  // namespace

VectorLayer::VectorLayer(const FileLayer& file, const LayerWish& wish, const std::string& role,
                         Problems& problems)
    : quoted_{"'" + file.path + "'"},
      problems_{problems},
      dataset_{opened(file)},
      has_rows_{is_table(dataset_.get())} {
    const ErrorScope errors;
    choose_layer(file, wish);
    find_encoding(file);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        fields_.push_back({decoded(OGR_Fld_GetNameRef(field), "a field name"), OGR_Fld_GetType(field)});
    }
    find_crs(file, role);
    const char* marks[] = {GDALGetMetadataItem(dataset_.get(), "SYNTHETIC", nullptr),
                           GDALGetMetadataItem(layer_, "SYNTHETIC", nullptr)};
    synthetic_ = std::any_of(std::begin(marks), std::end(marks), [](const char* mark) {
        return mark != nullptr && std::string_view{mark} == "YES";
    });
    // A database keeps what phusong wrote of a table in its comment.
    if (const char* comment = GDALGetMetadataItem(layer_, "DESCRIPTION", nullptr);
        comment != nullptr && names_postgis(file.path)) {
        synthetic_ = synthetic_ || std::string_view{comment}.find("SYNTHETIC=YES") != std::string_view::npos;
    }
    synthetic_ = synthetic_ || (has_rows_ && marked_synthetic(file.path));
}

/// Columns that the study names hold positions, whatever they are called.
bool VectorLayer::fits(const VectorLayerInfo& layer, const LayerWish& wish) const {
    if (wish.contents == LayerContents::polygons) return layer.may_hold_polygons;
    return layer.may_hold_points || (has_rows_ && !wish.x_column.empty());
}

void VectorLayer::find_position_columns(const LayerWish& wish) {
    if (wish.contents != LayerContents::points || OGR_L_GetGeomType(layer_) != wkbNone) return;
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
    if (wish.x_column.empty()) {
        columns_ = position_columns_of(definition);
        return;
    }
    columns_ = position_columns_of(definition, wish.x_column, wish.y_column);
    if (columns_) return;
    throw InputError{quoted_ + " has no columns '" + wish.x_column + "' and '" + wish.y_column +
                     "' (its positions); its columns are: " + joined(field_names(dataset_.get()))};
}

void VectorLayer::choose_layer(const FileLayer& file, const LayerWish& wish) {
    const LayerContents contents = wish.contents;
    const std::vector<VectorLayerInfo> layers = layers_of(dataset_.get());
    const std::string kind = contents == LayerContents::polygons ? "polygon" : "point";
    std::vector<std::string> names;
    std::vector<std::string> fitting;
    std::string kinds;
    for (const VectorLayerInfo& layer : layers) {
        names.push_back(layer.name);
        if (fits(layer, wish)) fitting.push_back(layer.name);
        kinds += (kinds.empty() ? "" : ", ") + layer.name + ": " + layer.geometry;
    }
    std::string chosen = file.layer;
    if (!chosen.empty() && std::find(names.begin(), names.end(), chosen) == names.end()) {
        throw InputError{quoted_ + " has no layer '" + chosen + "'; its layers are: " + joined(names)};
    }
    if (chosen.empty()) {
        if (fitting.empty() && contents == LayerContents::points && is_table(dataset_.get())) {
            throw InputError{quoted_ + " has no columns of positions (" + position_column_names +
                             "); its columns are: " + joined(field_names(dataset_.get()))};
        }
        if (fitting.empty()) throw InputError{quoted_ + " holds no " + kind + " layer (" + kinds + ")"};
        if (fitting.size() > 1) {
            throw InputError{quoted_ + " has several " + kind + " layers: " + joined(fitting) +
                             "; say which with '" + file.path + "[" + fitting.front() + "]'"};
        }
        chosen = fitting.front();
    }
    layer_ = GDALDatasetGetLayerByName(dataset_.get(), chosen.c_str());
    if (!wish.may_be_empty && OGR_L_GetFeatureCount(layer_, 1) == 0)
        throw InputError{quoted_ + ", layer '" + chosen + "', has no features"};
    find_position_columns(wish);
    if (layers.size() > 1) quoted_ += ", layer '" + chosen + "'";
}

void VectorLayer::find_crs(const FileLayer& file, const std::string& role) {
    const std::string subject = quoted_ + " (" + role + ")";
    OGRSpatialReferenceH carried = OGR_L_GetSpatialRef(layer_);
    crs_assumed_ = columns_ && columns_->degrees && carried == nullptr && file.crs.empty();
    FileLayer told = file;
    if (crs_assumed_) {
        told.crs = "EPSG:4326";
        problems_.push_back({subject, "states no CRS; its columns '" + columns_->x_name + "' and '" +
                                          columns_->y_name + "' are taken as degrees of WGS 84 (EPSG:4326)"});
    }
    crs_ = crs_of_file(carried, told, subject, problems_);
}

void VectorLayer::find_encoding(const FileLayer& file) {
    if (is_table(dataset_.get())) {  // nothing in it tells: the study does, else UTF-8
        if (!file.encoding.empty()) encoding_ = encoding_named(file.encoding);
        encoding_words_ = encoding_.empty() ? "UTF-8" : encoding_ + " as the study states";
        require_known_encoding();
        return;
    }
    GDALDriverH driver = GDALGetDatasetDriver(dataset_.get());
    if (driver == nullptr || std::strcmp(GDALGetDriverShortName(driver), "ESRI Shapefile") != 0) {
        encoding_words_ = "UTF-8";
        return;
    }
    const auto item = [&](const char* key) {
        const char* text = GDALGetMetadataItem(layer_, key, "SHAPEFILE");
        return std::string{text != nullptr ? text : ""};
    };
    const std::string sidecar = item("CPG_VALUE");
    const std::string language = item("LDID_VALUE");
    std::string own;
    if (!sidecar.empty()) {
        own = encoding_named(sidecar);
    } else if (language != "0" && language != "87") {  // 87 is "whatever the computer uses"
        own = encoding_named(item("ENCODING_FROM_LDID"));
    }
    const std::string stated = file.encoding.empty() ? "" : encoding_named(file.encoding);
    encoding_ = !stated.empty() ? stated : own;
    encoding_guessed_ = encoding_.empty();
    encoding_words_ = encoding_guessed_  ? "not stated (no .cpg file), taken as UTF-8"
                      : !stated.empty()  ? encoding_ + " as the study states"
                      : !sidecar.empty() ? encoding_ + " as the .cpg file states"
                                         : encoding_ + " as the .dbf file states";
    if (!stated.empty() && !own.empty() && stated != own) {
        problems_.push_back(
            {quoted_, "text is read as " + stated + " as the study states, although the file says " + own});
    }
    require_known_encoding();
}

void VectorLayer::require_known_encoding() const {
    std::string probe;
    if (!decode_text("a", encoding_, probe)) {
        throw InputError{quoted_ + ": text encoding '" + encoding_ +
                         "' is unknown; state one such as encoding = \"CP1258\""};
    }
}

std::string VectorLayer::decoded(const char* bytes, const std::string& where) {
    std::string text;
    if (!decode_text(bytes, encoding_, text)) {
        throw InputError{
            quoted_ + ": " + where + " is not " + (encoding_.empty() ? "UTF-8" : encoding_) +
            " text; state the encoding of the file (encoding = \"CP1258\" is common in Vietnam)"};
    }
    if (encoding_guessed_ && !is_ascii(text)) {
        encoding_guessed_ = false;
        problems_.push_back({quoted_, "states no text encoding (no .cpg file); it reads well as UTF-8"});
    }
    return text;
}

std::string VectorLayer::field_list() const {
    std::vector<std::string> names;
    for (const VectorField& field : fields_) names.push_back(field.name);
    return names.empty() ? "none" : joined(names);
}

std::optional<int> VectorLayer::find_field(const std::string& name) const {
    std::vector<int> alike;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (fields_[i].name == name) return static_cast<int>(i);
        if (EQUAL(fields_[i].name.c_str(), name.c_str())) alike.push_back(static_cast<int>(i));
    }
    if (alike.size() == 1) return alike.front();
    return std::nullopt;
}

int VectorLayer::field(const std::string& name, const std::string& purpose) const {
    if (const auto found = find_field(name)) return *found;
    throw InputError{quoted_ + " has no field '" + name + "' (" + purpose +
                     "); its fields are: " + field_list()};
}

std::string VectorLayer::Feature::words() const {
    return fmt::format("feature {}", static_cast<long long>(OGR_F_GetFID(feature_)));
}

std::optional<std::string> VectorLayer::Feature::text(int field) const {
    if (OGR_F_IsFieldSetAndNotNull(feature_, field) == 0) return std::nullopt;
    const std::string where =
        words() + ", field '" + layer_.fields_[static_cast<std::size_t>(field)].name + "'";
    std::string text = layer_.decoded(OGR_F_GetFieldAsString(feature_, field), where);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    return text;
}

void VectorLayer::for_each(const std::function<void(const Feature&)>& use, std::size_t most) {
    const ErrorScope errors;
    OGR_L_ResetReading(layer_);
    for (std::size_t i = 0; i < most; ++i) {
        const FeatureHandle feature{OGR_L_GetNextFeature(layer_)};
        if (!feature) break;
        use(Feature{*this, feature.get()});
    }
    if (errors.failed()) {
        throw InputError{quoted_ + " cannot be read to its end: " + errors.message() +
                         "; the file is damaged or cut off, fetch it again"};
    }
}

}  // namespace phusong::io
