#include "algorithms/damage/storm.hpp"

#include <cassert>
#include <cmath>
#include <span>
#include <variant>

#include "algorithms/damage/draw_purpose.hpp"
#include "algorithms/support/counter_based_random.hpp"
#include "algorithms/support/normal.hpp"

namespace phusong {
namespace {

/// Sets the bits of the scenarios in which the risk comes true.
void draw(const Risk& risk, const CounterBasedRandom& random, DrawKey key, ScenarioRange scenarios,
          std::span<const double> errors, std::span<std::uint64_t> bits) {
    const ConditionalRisk conditional{risk};
    for (std::uint32_t i = 0; i < scenarios.count; ++i) {
        const double probability = conditional.given(errors[i]);
        if (probability <= 0) continue;
        key.scenario = scenarios.first + i;
        if (random.uniform(key) < probability) {
            bits[i / BitRows::bits_per_word] |= std::uint64_t{1} << (i % BitRows::bits_per_word);
        }
    }
}

}  // namespace

Risk Risk::lognormal(double log_ratio, double beta, double hazard_error) {
    assert(beta >= 0 && hazard_error >= 0 && beta + hazard_error > 0);
    const double spread = std::hypot(beta, hazard_error);
    return {normal_cdf(log_ratio / spread), hazard_error / spread};
}

Risk risk_of(const FragilityCurve& curve, double intensity, double hazard_error) {
    const auto* lognormal = std::get_if<LognormalCurve>(&curve);
    if (lognormal == nullptr || intensity <= 0 || !(lognormal->beta + hazard_error > 0)) {
        return Risk::independent(failure_probability(curve, intensity));
    }
    return Risk::lognormal(std::log(intensity / lognormal->median), lognormal->beta, hazard_error);
}

ConditionalRisk::ConditionalRisk(const Risk& risk)
    : risk_{risk}, fixed_{risk.probability <= 0 || risk.probability >= 1 || risk.storm_part <= 0} {
    assert(risk.probability >= 0 && risk.probability <= 1);
    assert(risk.storm_part >= 0 && risk.storm_part <= 1);
    if (fixed_) return;
    threshold_ = normal_quantile(risk.probability);
    own_part_ = std::sqrt((1 - risk.storm_part) * (1 + risk.storm_part));
}

double ConditionalRisk::given(double storm_error) const {
    if (fixed_) return risk_.probability;
    const double margin = threshold_ + risk_.storm_part * storm_error;
    if (own_part_ <= 0) return margin > 0 ? 1 : 0;
    return normal_cdf(margin / own_part_);
}

std::vector<double> storm_errors(std::uint64_t seed, ScenarioRange scenarios) {
    const CounterBasedRandom random{seed};
    std::vector<double> errors(scenarios.count);
    for (std::uint32_t i = 0; i < scenarios.count; ++i) {
        // Half a step up: 0 has no quantile.
        const double uniform = random.uniform({0, scenarios.first + i, draw_purpose::storm_error}) + 0x1p-54;
        errors[i] = normal_quantile(uniform);
    }
    return errors;
}

NetworkFailures draw_failures(const SiteNetwork& network, const Storm& storm, std::uint64_t seed,
                              ScenarioRange scenarios) {
    assert(storm.sites.size() == network.size());
    assert(storm.links.empty() || storm.links.size() == network.links().size());
    const CounterBasedRandom random{seed};
    const std::vector<double> errors = storm_errors(seed, scenarios);

    BitRows zones{storm.power_zones.size(), scenarios.count};
    for (std::size_t zone = 0; zone < storm.power_zones.size(); ++zone) {
        const DrawKey key{stable_key(storm.power_zones[zone].name), 0, draw_purpose::power_zone};
        draw(storm.power_zones[zone].risk, random, key, scenarios, errors, zones.row(zone));
    }
    NetworkFailures failures{{network.size(), scenarios.count},
                             {network.size(), scenarios.count},
                             {network.links().size(), scenarios.count}};
    for (std::size_t site = 0; site < network.size(); ++site) {
        const SiteRisk& risk = storm.sites[site];
        const std::uint64_t subject = stable_key(network.id(static_cast<SiteNumber>(site)));
        draw(risk.structure, random, {subject, 0, draw_purpose::structure}, scenarios, errors,
             failures.structure.row(site));
        draw(risk.flood, random, {subject, 0, draw_purpose::flood}, scenarios, errors,
             failures.structure.row(site));
        const std::span<std::uint64_t> power = failures.power.row(site);
        draw(risk.power, random, {subject, 0, draw_purpose::own_power}, scenarios, errors, power);
        if (risk.power_zone == no_power_zone) continue;
        const std::span<const std::uint64_t> zone = zones.row(static_cast<std::size_t>(risk.power_zone));
        for (std::size_t word = 0; word < power.size(); ++word) power[word] |= zone[word];
    }
    for (std::size_t link = 0; link < storm.links.size(); ++link) {
        const SiteNetwork::Link& ends = network.links()[link];
        // Ids hold no zero byte, so no two pairs of ids read alike.
        const std::string both = network.id(ends.child) + '\0' + network.id(ends.parent);
        draw(storm.links[link], random, {stable_key(both), 0, draw_purpose::link}, scenarios, errors,
             failures.links.row(link));
    }
    return failures;
}

}  // namespace phusong
