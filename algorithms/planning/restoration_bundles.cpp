#include "algorithms/planning/restoration_bundles.hpp"

#include <algorithm>
#include <functional>

namespace phusong {
namespace {

using std::chrono::minutes;

constexpr SiteNumber nowhere = -1;

}  // namespace

BundleSearch::BundleSearch(const RestorationProblem& problem)
    : problem_{&problem}, labels_(problem.site_count()) {}

bool BundleSearch::find(const SiteProgress& progress, SiteNumber site, std::vector<JobNumber>& jobs) {
    if (progress.on(site)) return true;
    ++search_;
    open_.clear();
    reach(site, nowhere, work_at(progress, site, nowhere));
    while (!open_.empty()) {
        std::ranges::pop_heap(open_, std::greater<>{});
        const SiteNumber here = open_.back().second;
        open_.pop_back();
        Label& label = labels_[place(here)];
        if (label.settled) continue;
        label.settled = true;
        if (progress.connected(here)) {
            list_jobs(progress, here, jobs);
            return true;
        }
        for (const SiteNumber parent : problem_->parents(here)) {
            reach(parent, here, label.work + work_at(progress, parent, here));
        }
    }
    return false;
}

void BundleSearch::reach(SiteNumber site, SiteNumber below, minutes work) {
    Label& label = labels_[place(site)];
    if (label.search == search_ && (label.settled || label.work <= work)) return;
    label = {work, below, search_, false};
    open_.emplace_back(work, site);
    std::ranges::push_heap(open_, std::greater<>{});
}

minutes BundleSearch::work_at(const SiteProgress& progress, SiteNumber site, SiteNumber below) const {
    minutes work{0};
    const JobNumber own = problem_->own_job(site);
    if (own != no_job && !progress.done(own)) work += problem_->duration(own);
    const JobNumber feeder = problem_->feeder_job(site);
    if (feeder == no_job || progress.done(feeder)) return work;
    for (SiteNumber other = below; other != nowhere; other = labels_[place(other)].below) {
        if (problem_->feeder_job(other) == feeder) return work;
    }
    return work + problem_->duration(feeder);
}

void BundleSearch::list_jobs(const SiteProgress& progress, SiteNumber top,
                             std::vector<JobNumber>& jobs) const {
    const auto first = static_cast<std::ptrdiff_t>(jobs.size());
    for (SiteNumber site = top; site != nowhere; site = labels_[place(site)].below) {
        for (const JobNumber job : {problem_->feeder_job(site), problem_->own_job(site)}) {
            if (job == no_job || progress.done(job)) continue;
            if (std::find(jobs.begin() + first, jobs.end(), job) == jobs.end()) jobs.push_back(job);
        }
    }
}

}  // namespace phusong
