#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/damage/site_network.hpp"
#include "algorithms/planning/restoration_lists.hpp"
#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// A job's place in the list of jobs.
using JobNumber = std::int32_t;
inline constexpr JobNumber no_job = -1;

/// One repair after a storm: of a site (mast, equipment, its own supply), or of a feeder, which gives power
/// back to all sites of its power zone.
struct RepairJob {
    enum class Target : std::uint8_t { site, feeder };

    Target target = Target::site;
    std::int32_t number = 0;          ///< of the site, or of the power zone
    std::chrono::minutes duration{};  ///< work of one crew, travel apart

    friend bool operator==(const RepairJob&, const RepairJob&) = default;
};

/// Longer than any repair: sums of durations stay far from the end of their integers.
inline constexpr std::chrono::minutes longest_repair = std::chrono::hours{24 * 366 * 10};

/// Jobs that cannot be planned.
class RepairJobError : public std::invalid_argument {
public:
    enum class Fault : std::uint8_t { no_duration, too_long, unknown_target, repeated_target };
    RepairJobError(Fault fault, JobNumber job, const std::string& message)
        : std::invalid_argument{message}, fault_{fault}, job_{job} {}

    [[nodiscard]] Fault fault() const { return fault_; }
    [[nodiscard]] JobNumber job() const { return job_; }

private:
    Fault fault_;
    JobNumber job_;
};

/// What is broken after a storm and whom it leaves in the dark. A site is on the air when its own job, if it
/// has one, is done, the job of its feeder, if there is one, is done, and it is a root of the network or some
/// parent is on the air; in a ring no site keeps itself on the air without a root. People are served when any
/// of their sites is on the air. Memory is linear in sites, links, jobs, and pairs of people and sites.
class RestorationProblem {
public:
    /// @param power_zones of each site, or `no_power_zone`; empty: no site has one
    /// @param rows people by commune and set; people of communes that overlap count once
    /// @pre the sets name sites of the network; a zone for every site, or none
    /// @throws RepairJobError naming the job @throws QuantityOverflow
    RestorationProblem(const SiteNetwork& network, std::span<const std::int32_t> power_zones,
                       std::vector<RepairJob> jobs, const ServingSets& sets,
                       std::span<const ServingGroups::Row> rows);

    [[nodiscard]] std::size_t site_count() const { return own_job_.size(); }
    [[nodiscard]] std::size_t job_count() const { return jobs_.size(); }
    [[nodiscard]] std::size_t group_count() const { return people_.size(); }

    [[nodiscard]] const std::vector<RepairJob>& jobs() const { return jobs_; }
    [[nodiscard]] std::chrono::minutes duration(JobNumber job) const { return jobs_[place(job)].duration; }
    /// The sites that wait for a job, ascending.
    [[nodiscard]] std::span<const SiteNumber> sites_of(JobNumber job) const { return sites_of_job_[job]; }

    /// The site's own job, or `no_job`.
    [[nodiscard]] JobNumber own_job(SiteNumber site) const { return own_job_[place(site)]; }
    /// The job of the site's feeder, or `no_job`.
    [[nodiscard]] JobNumber feeder_job(SiteNumber site) const { return feeder_job_[place(site)]; }
    [[nodiscard]] std::span<const SiteNumber> parents(SiteNumber site) const { return parents_[site]; }
    [[nodiscard]] std::span<const SiteNumber> children(SiteNumber site) const { return children_[site]; }
    [[nodiscard]] bool root(SiteNumber site) const { return parents_[site].empty(); }

    /// People with the same sites, all communes together.
    [[nodiscard]] Persons people(std::int32_t group) const { return people_[place(group)]; }
    [[nodiscard]] std::span<const SiteNumber> sites_of_group(std::int32_t group) const {
        return sites_of_group_[group];
    }
    [[nodiscard]] std::span<const std::int32_t> groups_of(SiteNumber site) const {
        return groups_of_site_[site];
    }

private:
    void assign_jobs(std::span<const std::int32_t> power_zones);
    void gather_people(const ServingSets& sets, std::span<const ServingGroups::Row> rows);

    std::vector<RepairJob> jobs_;
    std::vector<JobNumber> own_job_;
    std::vector<JobNumber> feeder_job_;
    NumberLists sites_of_job_;
    NumberLists parents_;
    NumberLists children_;
    std::vector<Persons> people_;
    NumberLists sites_of_group_;
    NumberLists groups_of_site_;
};

}  // namespace phusong
