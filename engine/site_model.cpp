#include "engine/site_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "algorithms/damage/backup_power.hpp"

namespace phusong {
namespace {

SiteNetwork network_of(const SiteTable& table) {
    std::vector<Site> sites;
    sites.reserve(table.sites.size());
    for (const SiteRecord& record : table.sites) sites.push_back({record.id, record.parents});
    return SiteNetwork{sites};
}

Risk structure_risk(const SiteRecord& site, const HazardRules& rules) {
    if (!site.gust) return {};
    const double gust = site.gust->metres_per_second();
    if (rules.structure) return risk_of(*rules.structure, gust, rules.hazard_error);
    const std::optional<Gust> design = site.design_gust ? site.design_gust : rules.default_design_gust;
    if (!design) return {};
    return risk_of(lattice_tower(*design, rules.lattice_tower), gust, rules.hazard_error);
}

Risk flood_risk(const SiteRecord& site, const HazardRules& rules) {
    if (!site.flood_depth_m) return {};
    const Plinth plinth = site.plinth_m ? Plinth{*site.plinth_m, 0} : rules.plinth;
    return Risk::independent(flooded_probability(*site.flood_depth_m, plinth));
}

void fill(BitRows& rows, std::size_t row) {
    for (std::size_t word = 0; word < rows.words(); ++word) rows.row(row)[word] = rows.used(word);
}

}  // namespace

SiteModel::SiteModel(const SiteTable& table, double share_with_generators)
    : table_{&table}, network_{network_of(table)} {
    const std::vector<std::int32_t> zones = add_power_zones();
    storm_.sites.resize(table.sites.size());
    supplies_.resize(table.sites.size());
    for (std::size_t site = 0; site < zones.size(); ++site) {
        add_site(site, zones[site], share_with_generators);
    }
}

std::vector<std::int32_t> SiteModel::add_power_zones() {
    std::map<std::string, std::vector<double>> gusts;
    for (const SiteRecord& site : table_->sites) {
        if (!site.power_zone.empty() && site.gust) {
            gusts[site.power_zone].push_back(site.gust->metres_per_second());
        }
    }
    std::map<std::string, std::int32_t> number;
    for (auto& [name, known] : gusts) {
        // In ascending order, so that the order of sites does not change the mean.
        std::sort(known.begin(), known.end());
        double sum = 0;
        for (const double gust : known) sum += gust;
        number.emplace(name, static_cast<std::int32_t>(number.size()));
        storm_.power_zones.push_back(
            {name, risk_of(table_->rules.grid_power, sum / static_cast<double>(known.size()),
                           table_->rules.hazard_error)});
    }
    std::vector<std::int32_t> zones;
    for (const SiteRecord& site : table_->sites) {
        const auto found = number.find(site.power_zone);
        zones.push_back(found == number.end() ? no_power_zone : found->second);
    }
    return zones;
}

void SiteModel::add_site(std::size_t number, std::int32_t power_zone, double share_with_generators) {
    const SiteRecord& site = table_->sites[number];
    SiteRisk& risk = storm_.sites[number];
    Supply& supply = supplies_[number];
    if (site.status == Status::unknown) {
        risk.structure = structure_risk(site, table_->rules);
        risk.flood = flood_risk(site, table_->rules);
    }
    // Statuses alone tell of a site that was seen down.
    if (site.status == Status::down) return;
    supply.generator = site.generator ? (*site.generator ? 1 : 0) : share_with_generators;
    supply.restored_hours = std::numeric_limits<double>::infinity();
    if (site.power_lost_hours) {
        supply.outage_seen = true;
        supply.grid_risk = 1;
        supply.lost_hours = *site.power_lost_hours;
        supply.restored_hours = site.power_restored_hours.value_or(supply.restored_hours);
    } else if (power_zone != no_power_zone) {
        risk.power_zone = power_zone;
        supply.grid_risk = storm_.power_zones[static_cast<std::size_t>(power_zone)].risk.probability;
    } else if (site.gust) {
        risk.power =
            risk_of(table_->rules.grid_power, site.gust->metres_per_second(), table_->rules.hazard_error);
        supply.grid_risk = risk.power.probability;
    }
}

Status SiteModel::structure(std::size_t site) const {
    const double wind = storm_.sites[site].structure.probability;
    const double flood = storm_.sites[site].flood.probability;
    if (wind >= 1 || flood >= 1) return Status::down;
    return wind <= 0 && flood <= 0 ? Status::up : Status::unknown;
}

double SiteModel::empty_battery(std::size_t site, double hours) const {
    const double without_power = hours - supplies_[site].lost_hours;
    const std::optional<double> known = table_->sites[site].battery_hours;
    if (known) return without_power >= *known ? 1 : 0;
    return out_after_power_loss(without_power, 0, table_->rules.battery);
}

Status SiteModel::power(std::size_t site, double hours) const {
    const Supply& supply = supplies_[site];
    if (supply.grid_risk <= 0 || supply.generator >= 1 || hours >= supply.restored_hours) return Status::up;
    const double empty = empty_battery(site, hours);
    if (hours < supply.lost_hours || empty <= 0) return Status::up;
    return supply.grid_risk >= 1 && supply.generator <= 0 && empty >= 1 ? Status::down : Status::unknown;
}

SiteStatus SiteModel::status(std::size_t site, double hours, Outages outages) const {
    const SiteRecord& record = table_->sites[site];
    if (record.repair_hours && hours >= *record.repair_hours) return {};
    if (record.status == Status::up) {
        if (hours <= 0) return {Status::up, Status::up, Status::up};
        return {Status::up, power(site, hours), Status::unknown};
    }
    if (record.status == Status::unknown) return {structure(site), power(site, hours), Status::unknown};
    if (outages == Outages::from_their_hour && record.since_hours && hours < *record.since_hours) {
        return {Status::up, Status::up, Status::up};
    }
    switch (record.cause) {
        case OutageCause::structure:
            return {Status::down, Status::up, Status::unknown};
        case OutageCause::power:
            if (record.power_restored_hours && hours >= *record.power_restored_hours) return {};
            return {Status::up, Status::down, Status::unknown};
        default:
            return {Status::up, Status::up, Status::down};
    }
}

std::vector<SiteOutcome> SiteModel::outcomes(double hours, Outages outages) const {
    std::vector<SiteStatus> statuses;
    for (std::size_t site = 0; site < network_.size(); ++site) {
        statuses.push_back(status(site, hours, outages));
    }
    std::vector<SiteOutcome> outcomes = network_.outcomes(statuses);
    for (std::size_t site = 0; site < outcomes.size(); ++site) {
        if (statuses[site].seen == Status::down && table_->sites[site].cause == OutageCause::transport) {
            outcomes[site].cause = OutageCause::transport;
        }
    }
    return outcomes;
}

bool SiteModel::certain(std::span<const double> hours) const {
    return std::all_of(hours.begin(), hours.end(), [this](double hour) {
        for (std::size_t site = 0; site < network_.size(); ++site) {
            const SiteStatus known = status(site, hour);
            if (known.structure == Status::unknown || known.power == Status::unknown) return false;
        }
        return true;
    });
}

SiteDraws SiteModel::draw(std::uint64_t seed, ScenarioRange scenarios) const {
    SiteDraws draws{seed, scenarios, draw_failures(network_, storm_, seed, scenarios),
                    BitRows{network_.size(), scenarios.count}};
    for (std::size_t site = 0; site < supplies_.size(); ++site) {
        const Supply& supply = supplies_[site];
        if (supply.grid_risk <= 0 || supply.generator <= 0 || supply.generator >= 1) continue;
        draw_generator(table_->sites[site].id, supply.generator, seed, scenarios, draws.generators.row(site));
    }
    return draws;
}

void SiteModel::fail_power(std::size_t site, const SiteDraws& draws, double hours, BitRows& power) const {
    BitRows without{1, draws.scenarios.count};
    for (std::size_t word = 0; word < without.words(); ++word) {
        const std::uint64_t grid_lost =
            supplies_[site].outage_seen ? without.used(word) : draws.storm.power.row(site)[word];
        without.row(0)[word] = grid_lost & ~draws.generators.row(site)[word];
    }
    if (empty_battery(site, hours) >= 1) {
        std::ranges::copy(without.row(0), power.row(site).begin());
    } else {
        draw_empty_battery(table_->sites[site].id, hours - supplies_[site].lost_hours, table_->rules.battery,
                           draws.seed, draws.scenarios, without.row(0), power.row(site));
    }
}

NetworkFailures SiteModel::failures(const SiteDraws& draws, double hours) const {
    const BitRows none{network_.size(), draws.scenarios.count};
    NetworkFailures failures{none, none, BitRows{network_.links().size(), draws.scenarios.count},
                             none, none, none};
    for (std::size_t site = 0; site < network_.size(); ++site) {
        const SiteStatus known = status(site, hours);
        if (known.structure == Status::down) fill(failures.structure, site);
        if (known.structure == Status::unknown) {
            std::ranges::copy(draws.storm.structure.row(site), failures.structure.row(site).begin());
        }
        if (known.power == Status::down) fill(failures.power, site);
        if (known.power == Status::unknown) fail_power(site, draws, hours, failures.power);
        if (known.seen == Status::up) fill(failures.seen_on, site);
        if (known.seen == Status::down) {
            const bool cut = table_->sites[site].cause == OutageCause::transport;
            fill(cut ? failures.seen_cut : failures.seen_silent, site);
        }
    }
    return failures;
}

std::vector<SiteOutcome> observed_outcomes(const SiteTable& table, double share_with_generators) {
    return SiteModel{table, share_with_generators}.outcomes(0, SiteModel::Outages::whenever_seen);
}

}  // namespace phusong
