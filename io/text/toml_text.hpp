#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "engine/layer_input.hpp"

namespace phusong::io {

/// A TOML basic string.
[[nodiscard]] std::string quoted(const std::string& text);
/// [1, 2.5]
[[nodiscard]] std::string list(const std::vector<double>& values);

/// ["4g", "5g"]
template <typename Texts>
[[nodiscard]] std::string quoted_list(const Texts& texts) {
    std::string items;
    for (const std::string& text : texts) items += (items.empty() ? "" : ", ") + quoted(text);
    return "[" + items + "]";
}

/// Writes files as a study in a certain folder names them.
class FileWriter {
public:
    /// @param folder that paths are written relative to where they can be; empty: as they are
    explicit FileWriter(std::filesystem::path folder) : folder_{std::move(folder)} {}

    [[nodiscard]] std::string path(const std::string& file) const;
    /// Lines of path, layer, band, crs and encoding. @param key instead of "path"
    [[nodiscard]] std::string lines(const FileLayer& file, const std::string& key = "path") const;

private:
    std::filesystem::path folder_;
};

/// The lines of a rule, from `rule = ` on.
[[nodiscard]] std::string rule_lines(const ServiceRule& rule);
/// All of one [[coverage]] or [[event.after]] but its heading.
[[nodiscard]] std::string coverage_lines(const CoverageInput& layer, const FileWriter& files);

}  // namespace phusong::io
