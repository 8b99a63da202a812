#pragma once

#include <optional>
#include <string>
#include <vector>

#include "algorithms/damage/site_network.hpp"

namespace phusong::io {

/// What somebody says of one site.
struct StatusRow {
    std::string id;
    Status status = Status::down;
    OutageCause cause = OutageCause::unattributed;
    std::optional<std::string> since;    ///< a moment with its zone, as written
    std::optional<double> repair_hours;  ///< from the event's time
    std::string where;                   ///< "'status.csv', row 7", for messages

    friend bool operator==(const StatusRow&, const StatusRow&) = default;
};

/// A CSV file with the column id and, where there is something to say, status, cause, since and repair_hours.
/// Needs no GDAL.
/// @param without_status what a row means that does not tell, or whose file has no such column
/// @throws InputError naming file and row: an id that is missing or stands twice, a word or a number that
/// means nothing, a moment without its zone; StorageError
[[nodiscard]] std::vector<StatusRow> read_status_file(const std::string& path,
                                                      const std::string& encoding = "",
                                                      Status without_status = Status::down);

}  // namespace phusong::io
