#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/problems.hpp"
#include "engine/study.hpp"
#include "io/gdal/vector_layer.hpp"

namespace phusong::io {

/// Which attributes of a commune layer are which.
struct ZoneFields {
    int code = 0;
    std::optional<int> name;
    std::optional<int> province;
    std::optional<int> official_people;
};

/// Fields that the study names, else obvious ones, each with a notice.
/// @throws InputError listing the fields there are
[[nodiscard]] ZoneFields zone_fields(const VectorLayer& layer, const CommunesInput& input,
                                     const std::string& adjust_to_field, Problems& problems);

/// The first field that is obviously a code or a name; nothing when none is.
[[nodiscard]] std::optional<std::string> obvious_code_field(const std::vector<VectorField>& fields);
[[nodiscard]] std::optional<std::string> obvious_name_field(const std::vector<VectorField>& fields);

/// Codes are text, without spaces around it, visible or not. A file that made numbers of them lost the
/// leading zeros of Vietnam's five digits, which come back.
[[nodiscard]] std::string code_text(const std::string& stored, OGRFieldType type);

/// Whether text codes were numbers on the way, as spreadsheets make them: all of digits, the longest of 4 or
/// 5, some of fewer than 5 and none of these with a zero in front.
[[nodiscard]] bool lost_leading_zeros(const std::vector<std::string>& codes);
[[nodiscard]] std::string padded_code(const std::string& digits);

/// A head count. @return nothing when the text is no number of zero or more, or is text that may have points
/// between its thousands ("12.345")
[[nodiscard]] std::optional<double> head_count(const std::string& stored, OGRFieldType type);

}  // namespace phusong::io
