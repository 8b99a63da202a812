#include "io/gdal/vector_layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include "engine/errors.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/startup.hpp"
#include "io/gdal/text_encoding.hpp"
#include "io/path_policy.hpp"

namespace phusong::io {

namespace {

template <typename Range>
std::string joined(const Range& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

VectorLayer::VectorLayer(const FileLayer& file, const std::string& role, Problems& problems)
    : quoted_{"'" + file.path + "'"}, problems_{problems} {
    start_gdal();
    dataset_ = open_vector_file(checked_input_path(file.path), file.path);
    const ErrorScope errors;
    choose_layer(file);
    find_encoding(file);
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        fields_.push_back({decoded(OGR_Fld_GetNameRef(field), "a field name"), OGR_Fld_GetType(field)});
    }
    crs_ = crs_of_file(OGR_L_GetSpatialRef(layer_), file, quoted_ + " (" + role + ")", problems);
    const char* marks[] = {GDALGetMetadataItem(dataset_.get(), "SYNTHETIC", nullptr),
                           GDALGetMetadataItem(layer_, "SYNTHETIC", nullptr)};
    synthetic_ = std::any_of(std::begin(marks), std::end(marks), [](const char* mark) {
        return mark != nullptr && std::string_view{mark} == "YES";
    });
}

void VectorLayer::choose_layer(const FileLayer& file) {
    const std::vector<VectorLayerInfo> layers = layers_of(dataset_.get());
    std::vector<std::string> names;
    std::vector<std::string> with_polygons;
    std::string kinds;
    for (const VectorLayerInfo& layer : layers) {
        names.push_back(layer.name);
        if (layer.may_hold_polygons) with_polygons.push_back(layer.name);
        kinds += (kinds.empty() ? "" : ", ") + layer.name + ": " + layer.geometry;
    }
    std::string chosen = file.layer;
    if (!chosen.empty() && std::find(names.begin(), names.end(), chosen) == names.end()) {
        throw InputError{quoted_ + " has no layer '" + chosen + "'; its layers are: " + joined(names)};
    }
    if (chosen.empty()) {
        if (with_polygons.empty()) throw InputError{quoted_ + " holds no polygon layer (" + kinds + ")"};
        if (with_polygons.size() > 1) {
            throw InputError{quoted_ + " has several polygon layers: " + joined(with_polygons) +
                             "; say which with '" + file.path + "[" + with_polygons.front() + "]'"};
        }
        chosen = with_polygons.front();
    }
    layer_ = GDALDatasetGetLayerByName(dataset_.get(), chosen.c_str());
    if (OGR_L_GetFeatureCount(layer_, 1) == 0)
        throw InputError{quoted_ + ", layer '" + chosen + "', has no features"};
    if (layers.size() > 1) quoted_ += ", layer '" + chosen + "'";
}

void VectorLayer::find_encoding(const FileLayer& file) {
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
