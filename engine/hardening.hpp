#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "engine/event_plan.hpp"

namespace phusong {

/// A site to be built so that it outlasts a storm.
struct HardenedSite {
    SiteNumber site = 0;
    std::size_t commune = 0;  ///< its home: where it serves most people
    Persons reach;            ///< people whom it serves
    Persons added;            ///< of them, whom no site before it in the list serves

    friend bool operator==(const HardenedSite&, const HardenedSite&) = default;
};

/// One hardened site for every commune, so that as many people as possible keep a service whatever happens to
/// the others, with a certificate.
struct Hardening {
    std::vector<HardenedSite> sites;    ///< in the order of their worth
    Persons served;                     ///< who live by sites at all
    Persons kept;                       ///< by the hardened ones
    Persons bound;                      ///< no choice of one site a commune keeps more
    std::vector<std::size_t> homeless;  ///< communes in which no site is at home, ascending

    /// Of the people whom any choice keeps, the part that this one may miss: 0 when it is the best.
    [[nodiscard]] double gap() const { return bound == kept ? 0 : (bound - kept) / bound; }
};

/// A hardened site is meant to keep its power and its backhaul as well: neither is asked for here. A commune
/// whose sites add nobody gets the one that serves most people. Pure; the same for any order of rows.
/// @param rows by commune, answers by maps, and sites in reach; `sets` holds their sites
/// @throws QuantityOverflow
[[nodiscard]] Hardening hardening_of(const EventPlan& plan, std::span<const SharedFates::Row> rows,
                                     const ServingSets& sets, std::size_t communes);

}  // namespace phusong
