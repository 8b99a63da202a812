#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_problem.hpp"
#include "algorithms/quantities/persons.hpp"

namespace phusong {

/// Which sites are on the air when some jobs are done. Jobs can be tried and taken back.
class SiteProgress {
public:
    /// No job is done. @pre the problem outlives this
    explicit SiteProgress(const RestorationProblem& problem);

    [[nodiscard]] bool done(JobNumber job) const { return done_[place(job)] != 0; }
    [[nodiscard]] bool on(SiteNumber site) const { return on_[place(site)] != 0; }
    /// Nothing keeps it off the air but its own repairs.
    [[nodiscard]] bool connected(SiteNumber site) const;
    /// Its own repairs, if it needs any, are done.
    [[nodiscard]] bool repaired(SiteNumber site) const;

    /// One more job is done; all jobs and sites downstream of it follow. @pre the job was not done
    void finish(JobNumber job);

    /// A moment to go back to.
    struct Moment {
        std::size_t jobs = 0;
        std::size_t sites = 0;
    };
    [[nodiscard]] Moment now() const { return {finished_.size(), came_on_.size()}; }
    void go_back(Moment moment);
    /// Sites that came on the air since then, parents before those they carry.
    [[nodiscard]] std::span<const SiteNumber> came_on_since(Moment moment) const {
        return std::span{came_on_}.subspan(moment.sites);
    }

private:
    void bring_on(SiteNumber site);

    const RestorationProblem* problem_;
    std::vector<std::uint8_t> done_;  ///< of each job
    std::vector<std::uint8_t> on_;    ///< of each site
    std::vector<JobNumber> finished_;
    std::vector<SiteNumber> came_on_;
};

/// Who is served by the sites that came on the air. Everybody counts once.
class ServedPeople {
public:
    /// By the sites that are on the air now. @pre the problem outlives this
    ServedPeople(const RestorationProblem& problem, const SiteProgress& progress);

    [[nodiscard]] bool served(std::int32_t group) const { return served_[place(group)] != 0; }
    [[nodiscard]] Persons people() const { return people_; }

    /// @return the people whom these sites serve and nobody served
    Persons bring_on(std::span<const SiteNumber> sites);
    /// The same number, and nothing changes.
    [[nodiscard]] Persons would_bring(std::span<const SiteNumber> sites);

    struct Moment {
        std::size_t groups = 0;
    };
    [[nodiscard]] Moment now() const { return {came_on_.size()}; }
    void go_back(Moment moment);
    [[nodiscard]] std::span<const std::int32_t> came_on_since(Moment moment) const {
        return std::span{came_on_}.subspan(moment.groups);
    }

private:
    const RestorationProblem* problem_;
    std::vector<std::uint8_t> served_;  ///< of each group
    std::vector<std::int32_t> came_on_;
    Persons people_;
};

}  // namespace phusong
