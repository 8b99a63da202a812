#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/damage/site_network.hpp"
#include "algorithms/damage/storm.hpp"
#include "engine/site_table.hpp"

namespace phusong {

/// What is drawn once for all hours.
struct SiteDraws {
    std::uint64_t seed = 0;
    ScenarioRange scenarios;
    NetworkFailures storm;  ///< power: the grid, before batteries and generators
    BitRows generators;     ///< a row a site: it has one
};

/// A table of sites as a network whose parts fail: what is known of each at any hour, and draws of what is
/// not.
///
/// A site that is down is off from the hour it went down, with its cause, until it is repaired or, when power
/// was the cause, until power is restored; before and after that it stands and has power. One that was seen
/// on the air is on at hour 0 whatever hazards say, and its structure stands; later it can lose its power or
/// those who carry it. Of any other the structure is at the mercy of wind and flood. From its repair hour on
/// each site stands and has power. Without grid power a site lasts as long as its batteries, with a generator
/// for good. Grid power is lost where and when an outage was seen, else by gust: then at hour 0, for good,
/// and in a power zone for all of its sites together, by the mean of the gusts known in it.
class SiteModel {
public:
    /// @param share_with_generators of sites that do not say whether they have one, 0..1
    /// @pre the table outlives the model
    /// @throws SiteNetworkError naming the site
    explicit SiteModel(const SiteTable& table, double share_with_generators = 0);

    [[nodiscard]] const SiteNetwork& network() const { return network_; }
    /// Which hours a site that was seen down counts as down in.
    enum class Outages : std::uint8_t { from_their_hour, whenever_seen };

    /// As a site's own record and hazards tell; backhaul left out. Unknown: left to chance.
    /// @param hours from the event's time
    [[nodiscard]] SiteStatus status(std::size_t site, double hours,
                                    Outages outages = Outages::from_their_hour) const;
    /// Of every site: on or off the air, and why, backhaul included.
    [[nodiscard]] std::vector<SiteOutcome> outcomes(double hours,
                                                    Outages outages = Outages::from_their_hour) const;
    /// Whether chance decides nothing at any of these hours.
    [[nodiscard]] bool certain(std::span<const double> hours) const;

    /// Each draw is keyed by the seed, the site's id (or its power zone's name) and the scenario.
    [[nodiscard]] SiteDraws draw(std::uint64_t seed, ScenarioRange scenarios) const;
    /// One state of affairs for every scenario drawn.
    [[nodiscard]] NetworkFailures failures(const SiteDraws& draws, double hours) const;

private:
    /// How a site gets its power.
    struct Supply {
        bool outage_seen = false;   ///< else the grid may fail in the storm
        double grid_risk = 0;       ///< probability that the grid is lost at all
        double lost_hours = 0;      ///< when
        double restored_hours = 0;  ///< when; infinity: not while one looks
        double generator = 0;       ///< probability that it has one
    };
    [[nodiscard]] std::vector<std::int32_t> add_power_zones();
    void add_site(std::size_t number, std::int32_t power_zone, double share_with_generators);
    [[nodiscard]] Status structure(std::size_t site) const;
    [[nodiscard]] Status power(std::size_t site, double hours) const;
    /// Probability that its batteries are empty when nothing else gives power.
    [[nodiscard]] double empty_battery(std::size_t site, double hours) const;
    void fail_power(std::size_t site, const SiteDraws& draws, double hours, BitRows& power) const;

    const SiteTable* table_;
    SiteNetwork network_;
    Storm storm_;
    std::vector<Supply> supplies_;
};

/// On or off the air at the event's time as far as statuses, power and backhaul decide; a site that was seen
/// down counts as down, whenever that was. Unknown: nobody looked, and hazards leave it open.
/// @throws SiteNetworkError naming the site
[[nodiscard]] std::vector<SiteOutcome> observed_outcomes(const SiteTable& table,
                                                         double share_with_generators = 0);

}  // namespace phusong
