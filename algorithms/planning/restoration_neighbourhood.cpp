#include "algorithms/planning/restoration_neighbourhood.hpp"

namespace phusong {

RestorationNeighbourhood::RestorationNeighbourhood(const RestorationProblem& problem)
    : problem_{&problem}, job_visit_(problem.job_count()) {
    for (Found* found : {&waiting_, &carriers_, &touched_}) found->visit.resize(problem.site_count());
}

std::span<const SiteNumber> RestorationNeighbourhood::of(const SiteProgress& progress,
                                                         std::span<const JobNumber> jobs) {
    ++visit_;
    for (Found* found : {&waiting_, &carriers_, &touched_}) found->sites.clear();
    for (const JobNumber job : jobs) {
        for (const SiteNumber site : problem_->sites_of(job)) add(progress, site, waiting_);
    }
    add_carried(progress, waiting_);
    for (const SiteNumber site : waiting_.sites) {
        add(progress, site, carriers_);
        add(progress, site, touched_);
    }
    add_carriers(progress, carriers_);
    for (const SiteNumber site : carriers_.sites) {
        for (const JobNumber job : {problem_->own_job(site), problem_->feeder_job(site)}) {
            if (job == no_job || progress.done(job) || job_visit_[place(job)] == visit_) continue;
            job_visit_[place(job)] = visit_;
            for (const SiteNumber other : problem_->sites_of(job)) add(progress, other, touched_);
        }
    }
    add_carried(progress, touched_);
    return touched_.sites;
}

void RestorationNeighbourhood::add(const SiteProgress& progress, SiteNumber site, Found& found) const {
    if (progress.on(site) || found.visit[place(site)] == visit_) return;
    found.visit[place(site)] = visit_;
    found.sites.push_back(site);
}

void RestorationNeighbourhood::add_carried(const SiteProgress& progress, Found& found) const {
    for (std::size_t next = 0; next < found.sites.size(); ++next) {
        for (const SiteNumber child : problem_->children(found.sites[next])) add(progress, child, found);
    }
}

void RestorationNeighbourhood::add_carriers(const SiteProgress& progress, Found& found) const {
    for (std::size_t next = 0; next < found.sites.size(); ++next) {
        for (const SiteNumber parent : problem_->parents(found.sites[next])) add(progress, parent, found);
    }
}

}  // namespace phusong
