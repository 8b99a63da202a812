#include "algorithms/planning/restoration_greedy.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "algorithms/planning/restoration_bundles.hpp"
#include "algorithms/planning/restoration_neighbourhood.hpp"
#include "algorithms/planning/restoration_offers.hpp"
#include "algorithms/planning/restoration_progress.hpp"

namespace phusong {
namespace {

class Greedy {
public:
    explicit Greedy(const RestorationProblem& problem)
        : problem_{problem},
          progress_{problem},
          served_{problem, progress_},
          search_{problem},
          neighbourhood_{problem},
          dark_people_(problem.site_count()),
          offers_{2 * problem.site_count() + problem.job_count() + 1},
          exact_since_(2 * problem.site_count() + problem.job_count() + 1),
          listed_(problem.job_count()) {
        std::vector<JobNumber> all;
        for (std::size_t i = 0; i < problem.job_count(); ++i) all.push_back(static_cast<JobNumber>(i));
        for (std::size_t i = 0; i < problem.group_count(); ++i) {
            const auto group = static_cast<std::int32_t>(i);
            if (!served_.served(group)) add_dark(group, problem.people(group).units());
        }
        gather_offers(neighbourhood_.of(progress_, all));
        bound_gathered();
    }

    std::vector<JobNumber> order() && {
        for (std::size_t best = offers_.best(); offers_[best].people > Persons{}; best = offers_.best()) {
            if (exact_since_[best] == rounds_) {
                take(best);
            } else {
                offers_.change(best, offer_of(jobs_of(best)));
                exact_since_[best] = rounds_;
            }
        }
        append_the_rest();
        return std::move(order_);
    }

private:
    // Offers are numbered: what each site needs, then each site and those it carries, then each feeder.
    [[nodiscard]] std::size_t with_children(SiteNumber site) const {
        return problem_.site_count() + place(site);
    }
    [[nodiscard]] std::size_t with_feeder(JobNumber feeder) const {
        return 2 * problem_.site_count() + place(feeder);
    }

    /// The sites that an offer is about.
    [[nodiscard]] std::vector<SiteNumber> members_of(std::size_t offer) const {
        const std::size_t sites = problem_.site_count();
        if (offer < sites) return {static_cast<SiteNumber>(offer)};
        std::vector<SiteNumber> members;
        if (offer < 2 * sites) {
            members.push_back(static_cast<SiteNumber>(offer - sites));
            for (const SiteNumber child : problem_.children(members.front())) members.push_back(child);
        } else {
            const auto waiting = problem_.sites_of(static_cast<JobNumber>(offer - 2 * sites));
            members.assign(waiting.begin(), waiting.end());
        }
        std::erase_if(members, [&](SiteNumber site) { return progress_.on(site); });
        return members;
    }

    std::vector<JobNumber> jobs_of_sites(std::span<const SiteNumber> sites) {
        std::vector<JobNumber> jobs;
        std::vector<JobNumber> bundle;
        ++listing_;
        for (const SiteNumber site : sites) {
            bundle.clear();
            search_.find(progress_, site, bundle);
            for (const JobNumber job : bundle) {
                if (listed_[place(job)] == listing_) continue;
                listed_[place(job)] = listing_;
                jobs.push_back(job);
            }
        }
        return jobs;
    }
    std::vector<JobNumber> jobs_of(std::size_t offer) { return jobs_of_sites(members_of(offer)); }

    [[nodiscard]] std::chrono::minutes work_of(std::span<const JobNumber> jobs) const {
        std::chrono::minutes work{0};
        for (const JobNumber job : jobs) work += problem_.duration(job);
        return work;
    }

    RestorationOffer offer_of(std::span<const JobNumber> jobs) {
        const SiteProgress::Moment before = progress_.now();
        for (const JobNumber job : jobs) progress_.finish(job);
        const Persons people = served_.would_bring(progress_.came_on_since(before));
        progress_.go_back(before);
        return {people, work_of(jobs)};
    }
    /// At least what it offers: people in the dark at each site count there.
    RestorationOffer bound_of(std::span<const JobNumber> jobs) {
        const SiteProgress::Moment before = progress_.now();
        for (const JobNumber job : jobs) progress_.finish(job);
        WideInteger people = 0;
        for (const SiteNumber site : progress_.came_on_since(before)) people += dark_people_[place(site)];
        progress_.go_back(before);
        const auto most = static_cast<WideInteger>(in_the_dark_.units());
        return {Persons::of_units(static_cast<std::int64_t>(std::min(people, most))), work_of(jobs)};
    }

    /// Those in which one of the sites has a part.
    void gather_offers(std::span<const SiteNumber> sites) {
        to_bound_.clear();
        for (const SiteNumber site : sites) {
            to_bound_.push_back(place(site));
            if (!problem_.children(site).empty()) to_bound_.push_back(with_children(site));
            for (const SiteNumber parent : problem_.parents(site)) {
                to_bound_.push_back(with_children(parent));
            }
            const JobNumber feeder = problem_.feeder_job(site);
            if (feeder != no_job) to_bound_.push_back(with_feeder(feeder));
        }
        std::ranges::sort(to_bound_);
        to_bound_.erase(std::unique(to_bound_.begin(), to_bound_.end()), to_bound_.end());
    }
    void bound_gathered() {
        for (const std::size_t offer : to_bound_) {
            offers_.change(offer, bound_of(jobs_of(offer)));
            exact_since_[offer] = never;
        }
    }

    void take(std::size_t offer) {
        const std::vector<SiteNumber> members = members_of(offer);
        std::vector<JobNumber> chosen = jobs_of_sites(members);
        // Once the first of them is on the air, the rest is worth at least as much per hour as the whole was.
        RestorationOffer best;
        for (const SiteNumber site : members) {
            if (members.size() == 1) break;
            std::vector<JobNumber> jobs = jobs_of_sites(std::span{&site, 1});
            const RestorationOffer part = offer_of(jobs);
            if (!part.beats(best)) continue;
            best = part;
            chosen = std::move(jobs);
        }
        finish(chosen);
    }

    void finish(std::span<const JobNumber> jobs) {
        gather_offers(neighbourhood_.of(progress_, jobs));
        const SiteProgress::Moment sites_before = progress_.now();
        const ServedPeople::Moment people_before = served_.now();
        for (const JobNumber job : jobs) progress_.finish(job);
        order_.insert(order_.end(), jobs.begin(), jobs.end());
        served_.bring_on(progress_.came_on_since(sites_before));
        for (const std::int32_t group : served_.came_on_since(people_before)) {
            add_dark(group, -problem_.people(group).units());
        }
        ++rounds_;
        bound_gathered();
    }
    void add_dark(std::int32_t group, std::int64_t units) {
        in_the_dark_ += Persons::of_units(units);
        for (const SiteNumber site : problem_.sites_of_group(group)) dark_people_[place(site)] += units;
    }

    void append_the_rest() {
        const auto first = static_cast<std::ptrdiff_t>(order_.size());
        for (std::size_t i = 0; i < problem_.job_count(); ++i) {
            const auto job = static_cast<JobNumber>(i);
            if (!progress_.done(job)) order_.push_back(job);
        }
        std::stable_sort(order_.begin() + first, order_.end(), [&](JobNumber a, JobNumber b) {
            return problem_.duration(a) < problem_.duration(b);
        });
    }

    static constexpr std::size_t never = ~std::size_t{0};

    const RestorationProblem& problem_;
    SiteProgress progress_;
    ServedPeople served_;
    BundleSearch search_;
    RestorationNeighbourhood neighbourhood_;
    std::vector<std::size_t> to_bound_;
    std::vector<std::int64_t> dark_people_;  ///< units of people in the dark, of each site
    Persons in_the_dark_;
    OfferTournament offers_;
    std::vector<std::size_t> exact_since_;  ///< the round in which an offer was no bound
    std::vector<std::uint32_t> listed_;
    std::uint32_t listing_ = 0;
    std::size_t rounds_ = 0;
    std::vector<JobNumber> order_;
};

}  // namespace

std::vector<JobNumber> greedy_order(const RestorationProblem& problem) {
    return Greedy{problem}.order();
}

}  // namespace phusong
