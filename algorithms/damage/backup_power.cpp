#include "algorithms/damage/backup_power.hpp"

#include <bit>
#include <cassert>

#include "algorithms/damage/draw_purpose.hpp"
#include "algorithms/support/counter_based_random.hpp"

namespace phusong {

void draw_generator(std::string_view site, double share, std::uint64_t seed, ScenarioRange scenarios,
                    std::span<std::uint64_t> bits) {
    assert(share >= 0 && share <= 1);
    const CounterBasedRandom random{seed};
    const std::uint64_t subject = stable_key(site);
    for (std::uint32_t i = 0; i < scenarios.count; ++i) {
        if (random.uniform({subject, scenarios.first + i, draw_purpose::generator}) < share) {
            bits[i / BitRows::bits_per_word] |= std::uint64_t{1} << (i % BitRows::bits_per_word);
        }
    }
}

void draw_empty_battery(std::string_view site, double hours, const BatteryLife& battery, std::uint64_t seed,
                        ScenarioRange scenarios, std::span<const std::uint64_t> without_power,
                        std::span<std::uint64_t> bits) {
    assert(bits.size() == without_power.size());
    const double empty = out_after_power_loss(hours, 0, battery);
    if (empty <= 0) return;
    const CounterBasedRandom random{seed};
    const std::uint64_t subject = stable_key(site);
    for (std::uint32_t word = 0; word < bits.size(); ++word) {
        for (std::uint64_t rest = without_power[word]; rest != 0; rest &= rest - 1) {
            const std::uint32_t scenario = scenarios.first + word * std::uint32_t{BitRows::bits_per_word} +
                                           static_cast<std::uint32_t>(std::countr_zero(rest));
            // life <= hours where the life's place among all lives is below that of `hours`
            if (random.uniform({subject, scenario, draw_purpose::battery}) < empty) {
                bits[word] |= rest & (~rest + 1);
            }
        }
    }
}

}  // namespace phusong
