#include "io/gdal/zone_fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

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

constexpr std::size_t commune_digits = 5;

// The last four cannot be seen: no-break space, zero-width space, byte order mark, word joiner.
constexpr std::array<std::string_view, 8> spaces{" ",      "\t",     "\r",     "\n",
                                                 "\u00a0", "\u200b", "\ufeff", "\u2060"};

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

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
    if (type != OFTString && type != OFTInteger && type != OFTInteger64 && type != OFTReal) {
        throw InputError{layer.quoted() + ": field '" +
                         layer.fields()[static_cast<std::size_t>(fields.code)].name + "' holds " +
                         OGR_GetFieldTypeName(type) +
                         " values; name the field that holds the official codes"};
    }
    if (type != OFTString) {
        problems.push_back(
            {layer.quoted(), "field '" + layer.fields()[static_cast<std::size_t>(fields.code)].name +
                                 "' holds codes as numbers (integers), which lose leading zeros; they "
                                 "are padded to 5 digits"});
    }
    return fields;
}

std::string code_text(const std::string& stored, OGRFieldType type) {
    std::string_view code = stored;
    const auto trimmed = [&](std::string_view space) {
        if (code.starts_with(space)) {
            code.remove_prefix(space.size());
            return true;
        }
        if (code.ends_with(space)) {
            code.remove_suffix(space.size());
            return true;
        }
        return false;
    };
    while (std::any_of(spaces.begin(), spaces.end(), trimmed)) {
    }
    if (type == OFTReal) {  // 101.00000000000 of a .dbf
        const std::size_t point = code.find('.');
        if (point != 0 && point != std::string_view::npos &&
            code.find_first_not_of('0', point + 1) == std::string_view::npos)
            code = code.substr(0, point);
    }
    return type != OFTString && all_digits(code) ? padded_code(std::string{code}) : std::string{code};
}

bool lost_leading_zeros(const std::vector<std::string>& codes) {
    std::size_t longest = 0;
    bool some_short = false;
    for (const std::string& code : codes) {
        if (code.empty() || !all_digits(code)) return false;
        longest = std::max(longest, code.size());
        if (code.size() == commune_digits) continue;
        if (code.front() == '0') return false;
        some_short = true;
    }
    return some_short && (longest == commune_digits || longest == commune_digits - 1);
}

std::string padded_code(const std::string& digits) {
    return std::string(commune_digits - std::min(commune_digits, digits.size()), '0') + digits;
}

std::optional<double> head_count(const std::string& stored, OGRFieldType type) {
    constexpr std::size_t thousand = 3;
    const std::size_t point = stored.find_last_of('.');
    if (type == OFTString && point != std::string::npos && stored.size() - point - 1 == thousand)
        return std::nullopt;
    double count = 0;
    const auto [end, trouble] = std::from_chars(stored.data(), stored.data() + stored.size(), count);
    if (trouble != std::errc{} || end != stored.data() + stored.size()) return std::nullopt;
    if (!std::isfinite(count) || count < 0) return std::nullopt;
    return count;
}

}  // namespace phusong::io
