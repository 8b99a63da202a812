#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "algorithms/damage/fragility.hpp"

namespace phusong::io {

/// A curve of datasets/curves or of a file like those.
struct Curve {
    std::string name;
    std::variant<LatticeTowerRule, FragilityCurve, BatteryLife> shape;
    double hazard_error = default_hazard_error;
    std::string quantity;  ///< what makes things fail: "3-s gust at 10 m"
    std::string unit;      ///< of it: "m/s" or "h"
    std::string source;
    std::string note;  ///< may be empty

    friend bool operator==(const Curve&, const Curve&) = default;
};

/// Whether a name is one that phusong brings along.
[[nodiscard]] bool is_shipped_curve(std::string_view name);

/// A shipped curve by its name, else a file. @throws InputError naming file, line and what to write instead
[[nodiscard]] Curve read_curve(const std::string& name_or_path);

/// The same from text. @param name of the file, for messages. @throws InputError
[[nodiscard]] Curve parse_curve(std::string_view text, const std::string& name);

}  // namespace phusong::io
