#include "algorithms/damage/site_network.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <unordered_map>
#include <utility>

namespace phusong {
namespace {

using Fault = SiteNetworkError::Fault;

std::unordered_map<std::string, SiteNumber> numbers_of(std::span<const Site> sites) {
    std::unordered_map<std::string, SiteNumber> numbers;
    for (const Site& site : sites) {
        const auto number = static_cast<SiteNumber>(numbers.size());
        if (site.id.empty()) {
            throw SiteNetworkError{Fault::no_id, "",
                                   "site number " + std::to_string(number + 1) + " of the list has no id"};
        }
        if (!numbers.emplace(site.id, number).second) {
            throw SiteNetworkError{Fault::duplicate_id, site.id,
                                   "site '" + site.id + "' is listed twice: ids must differ"};
        }
    }
    return numbers;
}

void check_parents(const Site& site) {
    const std::string name = "site '" + site.id + "'";
    if (site.parents.size() > Site::most_parents) {
        throw SiteNetworkError{
            Fault::too_many_parents, site.id,
            name + " has " + std::to_string(site.parents.size()) + " parents; at most 2 are possible"};
    }
    for (std::size_t i = 0; i < site.parents.size(); ++i) {
        if (site.parents[i] == site.id) {
            throw SiteNetworkError{Fault::own_parent, site.id, name + " is its own parent"};
        }
        if (i > 0 && site.parents[i] == site.parents[0]) {
            throw SiteNetworkError{Fault::repeated_parent, site.id,
                                   name + " names its parent '" + site.parents[i] + "' twice"};
        }
    }
}

/// Strongly connected components, each after those it depends on (Tarjan 1972, with a stack of its own: a
/// chain of ten thousand sites must not exhaust the thread's).
class Components {
public:
    Components(std::span<const SiteNetwork::Link> links, std::span<const std::size_t> first_link)
        : links_{links}, first_link_{first_link}, sites_{first_link.size() - 1} {
        for (std::size_t site = 0; site < sites_.size(); ++site) {
            if (sites_[site].seen == 0) visit(site);
        }
        begin.push_back(order.size());
    }

    std::vector<std::size_t> order;
    std::vector<std::size_t> begin;

private:
    struct Visit {
        std::size_t seen = 0;      ///< 1, 2 ... in the order of discovery
        std::size_t earliest = 0;  ///< seen of the earliest open site within reach
        std::size_t next_link = 0;
        bool open = false;
    };

    void discover(std::size_t site) {
        sites_[site] = {++discovered_, discovered_, first_link_[site], true};
        open_.push_back(site);
        path_.push_back(site);
    }
    void visit(std::size_t start) {
        discover(start);
        while (!path_.empty()) {
            const std::size_t site = path_.back();
            Visit& here = sites_[site];
            if (here.next_link < first_link_[site + 1]) {
                const auto parent = static_cast<std::size_t>(links_[here.next_link++].parent);
                if (sites_[parent].seen == 0) {
                    discover(parent);
                } else if (sites_[parent].open) {
                    here.earliest = std::min(here.earliest, sites_[parent].seen);
                }
                continue;
            }
            path_.pop_back();
            if (!path_.empty()) {
                Visit& child = sites_[path_.back()];
                child.earliest = std::min(child.earliest, here.earliest);
            }
            if (here.earliest == here.seen) close(site);
        }
    }
    void close(std::size_t site) {
        begin.push_back(order.size());
        for (std::size_t member = sites_.size(); member != site;) {
            member = open_.back();
            open_.pop_back();
            sites_[member].open = false;
            order.push_back(member);
        }
        std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin.back()), order.end());
    }

    std::span<const SiteNetwork::Link> links_;
    std::span<const std::size_t> first_link_;
    std::vector<Visit> sites_;
    std::vector<std::size_t> open_;
    std::vector<std::size_t> path_;
    std::size_t discovered_ = 0;
};

/// Two scenarios for three values: whether something fails if the unknown is up, and if it is down.
constexpr std::size_t at_best = 0;
constexpr std::size_t at_worst = 1;
constexpr std::size_t both = 2;

void set_where(BitRows& bits, std::size_t row, bool best, bool worst) {
    if (best) bits.set(row, at_best);
    if (worst) bits.set(row, at_worst);
}

}  // namespace

SiteNetwork::SiteNetwork(std::span<const Site> sites) {
    const std::unordered_map<std::string, SiteNumber> numbers = numbers_of(sites);
    for (const Site& site : sites) {
        check_parents(site);
        first_link_.push_back(links_.size());
        for (const std::string& parent : site.parents) {
            const auto found = numbers.find(parent);
            if (found == numbers.end()) {
                throw SiteNetworkError{
                    Fault::unknown_parent, site.id,
                    "site '" + site.id + "': its parent '" + parent + "' is not in the list of sites"};
            }
            links_.push_back({static_cast<SiteNumber>(ids_.size()), found->second});
        }
        ids_.push_back(site.id);
    }
    first_link_.push_back(links_.size());
    find_components();
}

void SiteNetwork::find_components() {
    Components components{links_, first_link_};
    order_ = std::move(components.order);
    component_begin_ = std::move(components.begin);

    BitRows stands{size(), 1};
    for (std::size_t site = 0; site < size(); ++site) stands.set(site, 0);
    const BitRows cut{links_.size(), 1};
    const BitRows with_all_up = alive({&stands, nullptr, &cut});
    for (std::size_t i = 0; i + 1 < component_begin_.size(); ++i) {
        if (component_begin_[i + 1] - component_begin_[i] < 2) continue;
        BackhaulRing ring;
        for (std::size_t k = component_begin_[i]; k < component_begin_[i + 1]; ++k) {
            ring.sites.push_back(static_cast<SiteNumber>(order_[k]));
        }
        ring.reaches_root = with_all_up.test(order_[component_begin_[i]], 0);
        rings_.push_back(std::move(ring));
    }
    std::sort(rings_.begin(), rings_.end(),
              [](const BackhaulRing& a, const BackhaulRing& b) { return a.sites.front() < b.sites.front(); });
}

bool SiteNetwork::settle(std::size_t site, const Inputs& inputs, BitRows& alive) const {
    const bool root = first_link_[site] == first_link_[site + 1];
    const std::span<std::uint64_t> here = alive.row(site);
    const std::span<const std::uint64_t> stands = inputs.stands->row(site);
    bool changed = false;
    for (std::size_t word = 0; word < here.size(); ++word) {
        std::uint64_t connected = root ? ~std::uint64_t{0} : 0;
        for (std::size_t link = first_link_[site]; link < first_link_[site + 1]; ++link) {
            const auto parent = static_cast<std::size_t>(links_[link].parent);
            connected |= alive.row(parent)[word] & ~inputs.cut->row(link)[word];
        }
        std::uint64_t now = stands[word] & connected;
        if (inputs.seen != nullptr) now |= inputs.seen->row(site)[word];
        changed |= now != here[word];
        here[word] = now;
    }
    return changed;
}

BitRows SiteNetwork::alive(const Inputs& inputs) const {
    BitRows alive{size(), inputs.stands->bits()};
    for (std::size_t i = 0; i + 1 < component_begin_.size(); ++i) {
        const std::size_t begin = component_begin_[i];
        const std::size_t end = component_begin_[i + 1];
        // From nobody alive upwards: every sweep but the last lets at least one more site of a ring live.
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t k = begin; k < end; ++k) changed |= settle(order_[k], inputs, alive);
            if (end - begin == 1) break;
        }
    }
    return alive;
}

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
                ~(failures.structure.row(site)[word] | failures.power.row(site)[word]) & stands.used(word);
        }
    }
    BitRows failed = alive({&stands, nullptr, &failures.links});
    for (std::size_t site = 0; site < size(); ++site) {
        for (std::size_t word = 0; word < failed.words(); ++word) {
            failed.row(site)[word] = ~failed.row(site)[word] & failed.used(word);
        }
    }
    return failed;
}

std::vector<OutageCounts> count_causes(const NetworkFailures& failures, const BitRows& failed) {
    std::vector<OutageCounts> counts(failed.rows());
    for (std::size_t site = 0; site < failed.rows(); ++site) {
        for (std::size_t word = 0; word < failed.words(); ++word) {
            const std::uint64_t structure = failures.structure.row(site)[word];
            const std::uint64_t power = failures.power.row(site)[word] & ~structure;
            const std::uint64_t transport = failed.row(site)[word] & ~structure & ~power;
            counts[site].structure += std::popcount(structure);
            counts[site].power += std::popcount(power);
            counts[site].transport += std::popcount(transport);
        }
    }
    return counts;
}

}  // namespace phusong
