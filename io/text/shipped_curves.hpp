#pragma once

#include <span>
#include <string_view>

namespace phusong::io {

/// A file of datasets/curves as it was when phusong was built.
struct ShippedCurve {
    std::string_view name;  ///< the file's, without .toml
    std::string_view text;
};

/// In alphabetical order.
[[nodiscard]] std::span<const ShippedCurve> shipped_curves();

}  // namespace phusong::io
