#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "engine/archive_envelope.hpp"
#include "engine/event.hpp"
#include "engine/event_plan.hpp"
#include "engine/restoration_input.hpp"
#include "engine/study_result.hpp"

namespace phusong {

/// What is kept of a run with an event, so that other statuses of its sites are answered without a raster.
struct EventArchive {
    std::string study_name;
    EventInput event;  ///< name, time, hours, scenarios, seed, generators, customers and floor; no files
    EventPlan plan;    ///< sites, their layers and questions; no reach, no maps
    std::vector<SharedFates::Row> fates;
    ServingSets sets;                ///< of `fates`
    std::vector<std::string> codes;  ///< by zone number
    std::vector<std::string> names;  ///< by zone number
    std::vector<Persons> people;     ///< by zone number; raked where the study rakes
    double headline_hour = 0;        ///< when most people are in the dark
    RestorationInput restoration;    ///< of the study, or what holds without
    bool synthetic = false;
};

/// @pre the result is of a study with an event
[[nodiscard]] EventArchive archive_of(const Plan& plan, const StudyResult& result, bool synthetic);

[[nodiscard]] std::vector<std::uint8_t> encode_archive(const EventArchive& archive);
/// @throws ArchiveFormatError
[[nodiscard]] EventArchive decode_archive(std::span<const std::uint8_t> bytes);

}  // namespace phusong
