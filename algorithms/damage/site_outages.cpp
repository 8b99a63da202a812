#include <bit>
#include <cassert>

#include "algorithms/damage/site_network.hpp"

namespace phusong {
namespace {

/// Two scenarios for three values: whether something fails if the unknown is up, and if it is down.
constexpr std::size_t at_best = 0;
constexpr std::size_t at_worst = 1;
constexpr std::size_t both = 2;

/// 0 where nothing was seen at all.
std::uint64_t word_of(const BitRows& seen, std::size_t site, std::size_t word) {
    return seen.rows() == 0 ? 0 : seen.row(site)[word];
}

void set_where(BitRows& bits, std::size_t row, bool best, bool worst) {
    if (best) bits.set(row, at_best);
    if (worst) bits.set(row, at_worst);
}

}  // namespace

std::vector<SiteOutcome> SiteNetwork::outcomes(std::span<const SiteStatus> statuses,
                                               std::span<const Status> links) const {
    assert(statuses.size() == size() && (links.empty() || links.size() == links_.size()));
    BitRows stands{size(), both};
    BitRows seen{size(), both};
    BitRows cut{links_.size(), both};
    for (std::size_t site = 0; site < size(); ++site) {
        const SiteStatus& status = statuses[site];
        const bool off = status.seen == Status::down;
        const bool on = status.seen == Status::up;
        set_where(stands, site, !off && status.structure != Status::down && status.power != Status::down,
                  !off && status.structure == Status::up && status.power == Status::up);
        set_where(seen, site, on, on);
    }
    for (std::size_t link = 0; link < links.size(); ++link) {
        set_where(cut, link, links[link] == Status::down, links[link] != Status::up);
    }
    const BitRows living = alive({&stands, &seen, &cut});

    // Whether traffic can be carried if the unknown is up; when not, transport is to blame.
    const auto connected_at_best = [&](std::size_t site) {
        bool connected = first_link_[site] == first_link_[site + 1];
        for (std::size_t link = first_link_[site]; link < first_link_[site + 1]; ++link) {
            connected |= living.test(static_cast<std::size_t>(links_[link].parent), at_best) &&
                         !cut.test(link, at_best);
        }
        return connected;
    };
    std::vector<SiteOutcome> outcomes(size());
    for (std::size_t site = 0; site < size(); ++site) {
        if (living.test(site, at_worst)) continue;
        if (living.test(site, at_best)) {
            outcomes[site].alive = Status::unknown;
            continue;
        }
        const SiteStatus& status = statuses[site];
        const OutageCause cause = status.structure == Status::down ? OutageCause::structure
                                  : status.power == Status::down   ? OutageCause::power
                                  : !connected_at_best(site)       ? OutageCause::transport
                                                                   : OutageCause::unattributed;
        outcomes[site] = {Status::down, cause};
    }
    return outcomes;
}

BitRows SiteNetwork::failed(const NetworkFailures& failures) const {
    assert(failures.structure.rows() == size() && failures.power.rows() == size());
    assert(failures.links.rows() == links_.size());
    const std::size_t bits = failures.structure.bits();
    assert(failures.power.bits() == bits && failures.links.bits() == bits);

    BitRows stands{size(), bits};
    for (std::size_t site = 0; site < size(); ++site) {
        for (std::size_t word = 0; word < stands.words(); ++word) {
            stands.row(site)[word] =
                stands.used(word) &
                ~(failures.structure.row(site)[word] | failures.power.row(site)[word] |
                  word_of(failures.seen_cut, site, word) | word_of(failures.seen_silent, site, word));
        }
    }
    BitRows failed =
        alive({&stands, failures.seen_on.rows() == 0 ? nullptr : &failures.seen_on, &failures.links});
    for (std::size_t site = 0; site < size(); ++site) {
        for (std::size_t word = 0; word < failed.words(); ++word) {
            failed.row(site)[word] = ~failed.row(site)[word] & failed.used(word);
        }
    }
    return failed;
}

OutageRows SiteNetwork::causes(const NetworkFailures& failures, const BitRows& failed) const {
    const BitRows none{size(), failed.bits()};
    OutageRows causes{none, none, none, none};
    BitRows alive = failed;
    for (std::size_t site = 0; site < size(); ++site) {
        for (std::uint64_t& word : alive.row(site)) word = ~word;
    }
    for (std::size_t site = 0; site < size(); ++site) {
        for (std::size_t word = 0; word < failed.words(); ++word) {
            std::uint64_t rest = failed.row(site)[word];
            if (rest == 0) continue;
            const auto take = [&rest](BitRows& rows, std::size_t row, std::size_t at, std::uint64_t where) {
                rows.row(row)[at] = rest & where;
                rest &= ~where;
            };
            take(causes.structure, site, word, failures.structure.row(site)[word]);
            take(causes.power, site, word, failures.power.row(site)[word]);
            take(causes.transport, site, word,
                 word_of(failures.seen_cut, site, word) | ~connected(site, word, alive, failures.links));
            causes.unattributed.row(site)[word] = rest;
        }
    }
    return causes;
}

std::vector<OutageCounts> count_causes(const OutageRows& causes) {
    const auto count = [](std::span<const std::uint64_t> row) {
        std::int64_t bits = 0;
        for (const std::uint64_t word : row) bits += std::popcount(word);
        return bits;
    };
    std::vector<OutageCounts> counts(causes.structure.rows());
    for (std::size_t site = 0; site < counts.size(); ++site) {
        counts[site] = {count(causes.structure.row(site)), count(causes.power.row(site)),
                        count(causes.transport.row(site)), count(causes.unattributed.row(site))};
    }
    return counts;
}

}  // namespace phusong
