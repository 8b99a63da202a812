#pragma once

#include <span>
#include <string_view>

namespace phusong::io {

/// A file of io/qgis/templates as it was when phusong was built.
struct ShippedTemplate {
    std::string_view name;
    std::string_view text;
};

[[nodiscard]] std::span<const ShippedTemplate> shipped_templates();

}  // namespace phusong::io
