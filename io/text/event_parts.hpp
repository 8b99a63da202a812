#pragma once

#include <filesystem>
#include <vector>

#include "engine/event.hpp"
#include "io/text/study_section.hpp"

namespace phusong::io {

/// A table of an event: what it says, and where its paths start.
struct EventPart {
    const Section& section;
    const std::vector<CoverageInput>& coverage;
    const std::filesystem::path& folder;
};

/// One [[event.after]], whose layer the study must have. @throws InputError
[[nodiscard]] CoverageInput after_of(const EventPart& part);
/// One [[event.damage]]. @throws InputError
[[nodiscard]] DamageInput damage_of(const EventPart& part);
/// [event.sites]. @throws InputError
[[nodiscard]] SiteTableInput sites_of(const EventPart& part);
/// [event.wind]. @throws InputError
[[nodiscard]] WindInput wind_of(const EventPart& part);
/// One [[event.power]]. @throws InputError
[[nodiscard]] PowerOutageInput power_of(const EventPart& part);
/// One [[event.index]]. @throws InputError
[[nodiscard]] IndexCriterion criterion_of(const EventPart& part);

}  // namespace phusong::io
