#pragma once

#include <cstddef>
#include <span>

#include "engine/event_archive.hpp"

namespace phusong {

/// What somebody supposes of one site.
struct SupposedStatus {
    std::size_t site = 0;                           ///< place in the site table
    Status status = Status::down;                   ///< unknown: as if nothing was supposed
    OutageCause cause = OutageCause::unattributed;  ///< of a site that is down
};

/// What would become of people if these sites were on or off the air, here and now: hour 0 alone, and nothing
/// is left to chance. Sites that were seen down stay down, sites that nobody looked at stand and have power.
/// Whether traffic can be carried follows from the backhaul; a site that was seen on the air is believed as
/// long as nothing on its way to the network is supposed down. Lost on maps is lost; nobody counts who may
/// have a layer left of which maps do not know. People in the dark are thus those whom `Transitions` calls
/// lost for the same statuses. Reads no raster; the archive is changed to what is supposed.
/// @pre every site is one of the table's
[[nodiscard]] EventOutlook what_if(EventArchive& archive, std::span<const SupposedStatus> supposed);

}  // namespace phusong
