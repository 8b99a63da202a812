#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/support/bit_rows.hpp"

namespace phusong {

/// A site's place in the list of sites.
using SiteNumber = std::int32_t;

/// A base station or a hub, and the sites that carry its traffic. One without parents is a root: it is
/// connected whenever it stands and has power.
struct Site {
    static constexpr std::size_t most_parents = 2;

    std::string id;
    std::vector<std::string> parents;  ///< ids; any one of them that is alive will do
};

/// Sites that cannot be a network.
class SiteNetworkError : public std::invalid_argument {
public:
    enum class Fault : std::uint8_t {
        no_id,
        duplicate_id,
        unknown_parent,
        own_parent,
        repeated_parent,
        too_many_parents
    };
    SiteNetworkError(Fault fault, std::string site, const std::string& message)
        : std::invalid_argument{message}, fault_{fault}, site_{std::move(site)} {}

    [[nodiscard]] Fault fault() const { return fault_; }
    /// Id of the site at fault; empty when it has none.
    [[nodiscard]] const std::string& site() const { return site_; }

private:
    Fault fault_;
    std::string site_;
};

enum class Status : std::uint8_t { up, down, unknown };

/// What is known of one site after the event.
struct SiteStatus {
    Status structure = Status::up;
    Status power = Status::up;
    /// On or off the air, when somebody looked: what was seen beats what follows from the rest.
    Status seen = Status::unknown;

    friend bool operator==(const SiteStatus&, const SiteStatus&) = default;
};

/// Why a site is off the air; where several hold, the first of this order is named.
enum class OutageCause : std::uint8_t {
    none,       ///< it is on the air, or nobody knows
    structure,  ///< mast or equipment
    power,
    transport,    ///< it stands and has power, but no parent can carry its traffic
    unattributed  ///< seen off the air, and nothing known explains it
};

struct SiteOutcome {
    Status alive = Status::up;
    OutageCause cause = OutageCause::none;

    friend bool operator==(const SiteOutcome&, const SiteOutcome&) = default;
};

/// What fails in each scenario: a row a site, or a row a link, and a bit a scenario. What was seen may be
/// left without rows: nothing was.
struct NetworkFailures {
    BitRows structure;
    BitRows power;
    BitRows links;
    BitRows seen_on{};      ///< on the air whatever else fails
    BitRows seen_cut{};     ///< off the air: nothing carries its traffic, whatever becomes of its parents
    BitRows seen_silent{};  ///< off the air, nobody knows why

    friend bool operator==(const NetworkFailures&, const NetworkFailures&) = default;
};

/// Where a site is off the air and why: a row a site, a bit a scenario; no bit is set in two of them.
struct OutageRows {
    BitRows structure;
    BitRows power;
    BitRows transport;
    BitRows unattributed;

    friend bool operator==(const OutageRows&, const OutageRows&) = default;
};

/// In how many scenarios a site is off the air, by cause; they add up to all of them.
struct OutageCounts {
    std::int64_t structure = 0;
    std::int64_t power = 0;
    std::int64_t transport = 0;
    std::int64_t unattributed = 0;

    friend bool operator==(const OutageCounts&, const OutageCounts&) = default;
};

/// Sites that carry each other's traffic in a circle.
struct BackhaulRing {
    std::vector<SiteNumber> sites;  ///< ascending
    bool reaches_root = false;      ///< else its sites are off the air whatever happens

    friend bool operator==(const BackhaulRing&, const BackhaulRing&) = default;
};

/// Which sites live when some fail:
/// alive = structure and power and (root or some parent alive over a link that works).
/// In a ring this has several solutions; the one with the fewest sites alive holds, so that the sites of a
/// ring do not keep each other alive without a root.
class SiteNetwork {
public:
    struct Link {
        SiteNumber child = 0;
        SiteNumber parent = 0;

        friend bool operator==(const Link&, const Link&) = default;
    };

    /// @throws SiteNetworkError naming the site
    explicit SiteNetwork(std::span<const Site> sites);

    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] const std::string& id(SiteNumber site) const {
        return ids_[static_cast<std::size_t>(site)];
    }
    /// Numbers of links: sites in order, for each its parents in order.
    [[nodiscard]] const std::vector<Link>& links() const { return links_; }
    /// By smallest site.
    [[nodiscard]] const std::vector<BackhaulRing>& rings() const { return rings_; }

    /// The three-valued answer for one state of affairs: up or down only when it holds whatever the unknown
    /// turns out to be. @pre a status for every site; for every link, or none: then all links work
    [[nodiscard]] std::vector<SiteOutcome> outcomes(std::span<const SiteStatus> statuses,
                                                    std::span<const Status> links = {}) const;

    /// A bit for every site and scenario: off the air. 64 scenarios at a time; O(sites + links) words, in a
    /// ring at most its length times as many. @pre a row for every site and link, equally many bits
    [[nodiscard]] BitRows failed(const NetworkFailures& failures) const;

    /// Why sites are off the air, the first cause in the order of `OutageCause` where several hold.
    /// @param failed what `failed` made of `failures`
    [[nodiscard]] OutageRows causes(const NetworkFailures& failures, const BitRows& failed) const;

private:
    struct Inputs {
        const BitRows* stands = nullptr;  ///< structure and power
        const BitRows* seen = nullptr;    ///< on the air whatever the rest says; may be missing
        const BitRows* cut = nullptr;     ///< links that do not work
    };
    void find_components();
    /// In which scenarios of a word traffic can be carried.
    [[nodiscard]] std::uint64_t connected(std::size_t site, std::size_t word, const BitRows& alive,
                                          const BitRows& cut) const;
    [[nodiscard]] BitRows alive(const Inputs& inputs) const;
    /// Whether it changed.
    bool settle(std::size_t site, const Inputs& inputs, BitRows& alive) const;

    std::vector<std::string> ids_;
    std::vector<Link> links_;
    std::vector<std::size_t> first_link_;       ///< of each site, and one beyond the last
    std::vector<std::size_t> order_;            ///< sites, those of a component together, parents first
    std::vector<std::size_t> component_begin_;  ///< in order_, and one beyond the last
    std::vector<BackhaulRing> rings_;
};

/// Each site's outages by cause.
[[nodiscard]] std::vector<OutageCounts> count_causes(const OutageRows& causes);

}  // namespace phusong
