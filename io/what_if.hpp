#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/what_if.hpp"

namespace phusong::io {

/// What a run with an event left in its result folder. Needs no GDAL.
/// @throws InputError when the folder holds none, or not one that can be read
[[nodiscard]] EventArchive read_event_archive(const std::filesystem::path& folder);

/// The sites that a CSV file names: column id, optionally status (without it: down) and cause.
/// @throws InputError naming the ids that the study's sites have not, or as `read_status_file` does
[[nodiscard]] std::vector<SupposedStatus> read_supposed(const EventArchive& archive, const std::string& path);

/// One commune of an answer, or everything.
struct WhatIfPlace {
    std::string code;  ///< "total" of everything
    std::string name;
    Persons people;
    const PlaceOutlook* outlook = nullptr;

    /// People who lost the service of a question.
    [[nodiscard]] Persons dark(std::size_t question) const {
        return outlook->of_question[question].spread.median;
    }
};

/// Communes in which somebody is in the dark for any operator or for one, most in need first.
[[nodiscard]] std::vector<WhatIfPlace> dark_communes(const EventArchive& archive,
                                                     const EventOutlook& outlook);
[[nodiscard]] WhatIfPlace everything(const EventArchive& archive, const EventOutlook& outlook);
/// The first question, and those about one operator.
[[nodiscard]] std::vector<std::size_t> any_and_operators(const EventPlan& plan);

/// One JSON object for programs. @param most communes
[[nodiscard]] std::string what_if_json(const EventArchive& archive, const EventOutlook& outlook,
                                       std::size_t most);

}  // namespace phusong::io
