#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace phusong::io {

/// Where two statements about one number do not agree.
struct Finding {
    std::string file;  ///< in the result folder
    std::string what;  ///< the rest of the sentence: row, column, wanted and found

    [[nodiscard]] std::string sentence() const { return "'" + file + "' " + what; }
};

/// What is wrong with a folder of results, in the order of the checks.
class Findings {
public:
    void add(std::string file, std::string what) { all_.push_back({std::move(file), std::move(what)}); }
    /// A number in a table. @param row as the reader of that file counts
    void cell(const std::string& file, std::size_t row, const std::string& column, const std::string& wanted,
              const std::string& found, const std::string& because) {
        add(file, "row " + std::to_string(row) + ", column '" + column + "': wanted " + quoted(wanted) +
                      " (" + because + "), found " + quoted(found));
    }
    [[nodiscard]] bool concern(const std::string& file) const {
        return std::any_of(all_.begin(), all_.end(),
                           [&](const Finding& finding) { return finding.file == file; });
    }
    [[nodiscard]] const std::vector<Finding>& all() const { return all_; }

private:
    static std::string quoted(const std::string& text) { return text.empty() ? "nothing" : "'" + text + "'"; }

    std::vector<Finding> all_;
};

}  // namespace phusong::io
