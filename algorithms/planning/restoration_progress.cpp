#include "algorithms/planning/restoration_progress.hpp"

#include <algorithm>
#include <cassert>

namespace phusong {

SiteProgress::SiteProgress(const RestorationProblem& problem)
    : problem_{&problem}, done_(problem.job_count()), on_(problem.site_count()) {
    for (std::size_t i = 0; i < problem.site_count(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        if (!on(site) && problem.root(site) && repaired(site)) bring_on(site);
    }
    came_on_.clear();  // that they are on the air is no news
}

bool SiteProgress::connected(SiteNumber site) const {
    return problem_->root(site) ||
           std::ranges::any_of(problem_->parents(site), [&](SiteNumber parent) { return on(parent); });
}

bool SiteProgress::repaired(SiteNumber site) const {
    const JobNumber own = problem_->own_job(site);
    const JobNumber feeder = problem_->feeder_job(site);
    return (own == no_job || done(own)) && (feeder == no_job || done(feeder));
}

void SiteProgress::finish(JobNumber job) {
    assert(!done(job));
    done_[place(job)] = 1;
    finished_.push_back(job);
    for (const SiteNumber site : problem_->sites_of(job)) {
        if (!on(site) && repaired(site) && connected(site)) bring_on(site);
    }
}

void SiteProgress::bring_on(SiteNumber site) {
    std::size_t next = came_on_.size();
    on_[place(site)] = 1;
    came_on_.push_back(site);
    for (; next < came_on_.size(); ++next) {
        for (const SiteNumber child : problem_->children(came_on_[next])) {
            if (on(child) || !repaired(child)) continue;
            on_[place(child)] = 1;
            came_on_.push_back(child);
        }
    }
}

void SiteProgress::go_back(Moment moment) {
    for (; came_on_.size() > moment.sites; came_on_.pop_back()) on_[place(came_on_.back())] = 0;
    for (; finished_.size() > moment.jobs; finished_.pop_back()) done_[place(finished_.back())] = 0;
}

ServedPeople::ServedPeople(const RestorationProblem& problem, const SiteProgress& progress)
    : problem_{&problem}, served_(problem.group_count()) {
    for (std::size_t i = 0; i < problem.site_count(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        if (progress.on(site)) bring_on(std::span{&site, 1});
    }
    came_on_.clear();
}

Persons ServedPeople::bring_on(std::span<const SiteNumber> sites) {
    Persons people;
    for (const SiteNumber site : sites) {
        for (const std::int32_t group : problem_->groups_of(site)) {
            if (served(group)) continue;
            served_[place(group)] = 1;
            came_on_.push_back(group);
            people += problem_->people(group);
        }
    }
    people_ += people;
    return people;
}

Persons ServedPeople::would_bring(std::span<const SiteNumber> sites) {
    const Moment before = now();
    const Persons people = bring_on(sites);
    go_back(before);
    return people;
}

void ServedPeople::go_back(Moment moment) {
    for (; came_on_.size() > moment.groups; came_on_.pop_back()) {
        served_[place(came_on_.back())] = 0;
        people_ -= problem_->people(came_on_.back());
    }
}

}  // namespace phusong
