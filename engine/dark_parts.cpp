#include "engine/dark_parts.hpp"

#include <bit>
#include <cstdint>
#include <unordered_map>

#include "engine/loss_groups.hpp"

namespace phusong {

namespace {

double part_of_all_failed(std::span<const SiteNumber> sites, const BitRows& failed) {
    std::vector<std::uint64_t> all(failed.row(static_cast<std::size_t>(sites.front())).begin(),
                                   failed.row(static_cast<std::size_t>(sites.front())).end());
    for (const SiteNumber site : sites.subspan(1)) {
        const auto row = failed.row(static_cast<std::size_t>(site));
        for (std::size_t word = 0; word < all.size(); ++word) all[word] &= row[word];
    }
    std::int64_t count = 0;
    for (const std::uint64_t word : all) count += std::popcount(word);
    return static_cast<double>(count) / static_cast<double>(failed.bits());
}

}  // namespace

std::vector<double> dark_parts(const EventPlan& event, std::span<const SharedFates::Row> rows,
                               const ServingSets& sets, const BitRows& failed) {
    const LossQuestion& question = event.questions.front();
    FateOf fate_of{question, event, sets};
    std::unordered_map<ServingSets::SetNumber, double> of_set;
    std::vector<double> parts;
    parts.reserve(rows.size());
    for (const SharedFates::Row& row : rows) {
        double part = 0;
        if (any_of_after(row.key.state, question.layers, event) == Service::unserved) {
            part = 1;
        } else if (const Fate fate = fate_of(row); fate.kind == Fate::Kind::by_sites) {
            const auto [known, is_new] = of_set.try_emplace(fate.set, 0);
            if (is_new) known->second = part_of_all_failed(fate_of.sets()[fate.set], failed);
            part = known->second;
        }
        parts.push_back(part);
    }
    return parts;
}

}  // namespace phusong
