#include "io/gdal/zone_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/errors.hpp"
#include "io/gdal/field_choice.hpp"

namespace phusong::io {

namespace {

// In order of trust. GADM calls a Vietnamese commune GID_3 / NAME_3, a district GID_2: never guessed.
constexpr std::array code_names{"ma_xa",      "maxa",         "ma_px",       "ma_dvhc",
                                "code",       "commune_code", "communecode", "code_commune",
                                "commune_id", "gid_3",        "ma"};
constexpr std::array name_names{"ten_xa",       "tenxa",   "ten_px", "ten_dvhc", "name",
                                "commune_name", "commune", "name_3", "ten"};
constexpr std::array province_names{"province", "ten_tinh", "tentinh", "tinh", "province_name", "name_1"};

}  // namespace

std::optional<std::string> obvious_code_field(const std::vector<VectorField>& fields) {
    return obvious_field(fields, code_names);
}

std::optional<std::string> obvious_name_field(const std::vector<VectorField>& fields) {
    return obvious_field(fields, name_names);
}

ZoneFields zone_fields(const VectorLayer& layer, const CommunesInput& input,
                       const std::string& adjust_to_field, Problems& problems) {
    ZoneFields fields;
    const auto code =
        named_or_obvious_field(layer, input.code_field, code_names, "code of the communes", problems);
    if (!code) {
        throw InputError{layer.quoted() +
                         " has no field that is obviously the communes' code; name it with code = "
                         "\"...\"; its fields are: " +
                         layer.field_list()};
    }
    fields.code = *code;
    fields.name =
        named_or_obvious_field(layer, input.name_field, name_names, "name of the communes", problems);
    if (!fields.name)
        problems.push_back({layer.quoted(), "has no field for the communes' names; codes stand alone"});
    fields.province = named_or_obvious_field(layer, input.province_field, province_names,
                                             "province of the communes", problems);
    if (!adjust_to_field.empty())
        fields.official_people = layer.field(adjust_to_field, "official head count");

    const OGRFieldType type = layer.fields()[static_cast<std::size_t>(fields.code)].type;
    if (type != OFTString) {
        problems.push_back(
            {layer.quoted(), "field '" + layer.fields()[static_cast<std::size_t>(fields.code)].name +
                                 "' holds codes as numbers (integers), which lose leading zeros; they "
                                 "are padded to 5 digits"});
    }
    return fields;
}

std::string code_text(const std::string& stored, OGRFieldType type) {
    const auto first = stored.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return {};
    std::string code = stored.substr(first, stored.find_last_not_of(" \t\r\n") - first + 1);
    const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
    constexpr std::size_t commune_digits = 5;
    if (type != OFTString && digits && code.size() < commune_digits)
        code.insert(0, commune_digits - code.size(), '0');
    return code;
}

std::optional<double> head_count(const std::string& stored) {
    double count = 0;
    const auto [end, trouble] = std::from_chars(stored.data(), stored.data() + stored.size(), count);
    if (trouble != std::errc{} || end != stored.data() + stored.size()) return std::nullopt;
    if (!std::isfinite(count) || count < 0) return std::nullopt;
    return count;
}

}  // namespace phusong::io
