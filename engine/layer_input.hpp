#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/service/service_rule.hpp"

namespace phusong {

/// A layer of a file as the study names it. Paths are absolute or relative to the working directory.
struct FileLayer {
    std::string path;
    std::string layer;      ///< vector layer; empty: the only polygon layer of the file
    std::int32_t band = 0;  ///< raster band from 1; 0: the only band of the file
    std::string crs;        ///< stated by the study for a file that carries none ("EPSG:4326"); else empty
    std::string encoding;   ///< of a Shapefile without .cpg; empty: as the file says, else UTF-8

    friend bool operator==(const FileLayer&, const FileLayer&) = default;
};

/// Which polygons of a coverage layer count.
struct FieldFilter {
    std::string field;  ///< empty: all
    std::vector<std::string> values;

    friend bool operator==(const FieldFilter&, const FieldFilter&) = default;
};

struct CoverageInput {
    std::string technology;     ///< "4g", "5g", "fibre" ...: lower case, names the columns
    std::string operator_name;  ///< empty: the technology is not told apart by operator
    std::string meaning;        ///< of fibre: passed, connected or subscribed
    FileLayer file;
    ServiceRule rule;
    FieldFilter where;  ///< of polygons

    /// How messages and outputs name it: "4g Viettel".
    [[nodiscard]] std::string label() const {
        return operator_name.empty() ? technology : technology + " " + operator_name;
    }

    friend bool operator==(const CoverageInput&, const CoverageInput&) = default;
};

}  // namespace phusong
