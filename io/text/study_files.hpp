#pragma once

#include <string>
#include <vector>

#include "engine/study.hpp"

namespace phusong::io {

/// A file that a study names.
struct StudyFile {
    std::string role;     ///< "communes", "population", a layer's label, "damage", "sites of the event" ...
    std::string path;     ///< as the user gave it
    std::string layer{};  ///< of a database

    friend bool operator==(const StudyFile&, const StudyFile&) = default;
};

/// All main files that a run of the study reads, in the order of the study; curves that phusong brings along
/// are no files.
[[nodiscard]] std::vector<StudyFile> files_of(const Study& study);

}  // namespace phusong::io
