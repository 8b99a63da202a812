#include "algorithms/damage/site_network.hpp"

#include <algorithm>
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

std::uint64_t SiteNetwork::connected(std::size_t site, std::size_t word, const BitRows& alive,
                                     const BitRows& cut) const {
    const bool root = first_link_[site] == first_link_[site + 1];
    std::uint64_t connected = root ? ~std::uint64_t{0} : 0;
    for (std::size_t link = first_link_[site]; link < first_link_[site + 1]; ++link) {
        const auto parent = static_cast<std::size_t>(links_[link].parent);
        connected |= alive.row(parent)[word] & ~cut.row(link)[word];
    }
    return connected;
}

bool SiteNetwork::settle(std::size_t site, const Inputs& inputs, BitRows& alive) const {
    const std::span<std::uint64_t> here = alive.row(site);
    const std::span<const std::uint64_t> stands = inputs.stands->row(site);
    bool changed = false;
    for (std::size_t word = 0; word < here.size(); ++word) {
        std::uint64_t now = stands[word] & connected(site, word, alive, *inputs.cut);
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

}  // namespace phusong
