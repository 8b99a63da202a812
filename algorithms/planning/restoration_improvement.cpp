#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_order.hpp"
#include "algorithms/planning/restoration_progress.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

/// One walk along a list with one crew, changing it on the way. What comes before and after two bundles does
/// not feel which of them comes first, so what a change saves is known exactly.
class Sweep {
public:
    Sweep(const RestorationProblem& problem, std::vector<JobNumber>& order)
        : problem_{problem}, progress_{problem}, served_{problem, progress_}, order_{order} {}

    /// @return whether anything changed
    bool run() {
        while (here_ < order_.size()) {
            std::size_t end = end_of_bundle(here_);
            if (end == 0) break;  // nobody is left to come back
            end = put_off_needless(end);
            if (const std::size_t next_end = end_of_next(end); next_end != 0) {
                if (earned_turned(end, next_end) > earned(end, next_end)) {
                    turn(end, next_end);
                    end = end_of_bundle(here_);
                }
            }
            for (; here_ < end; ++here_) finish(order_[here_]);
        }
        return changed_;
    }

private:
    struct Moment {
        SiteProgress::Moment sites;
        ServedPeople::Moment people;
    };
    [[nodiscard]] Moment now() const { return {progress_.now(), served_.now()}; }
    void go_back(const Moment& moment) {
        progress_.go_back(moment.sites);
        served_.go_back(moment.people);
    }
    /// @return people who come back
    Persons finish(JobNumber job) {
        const SiteProgress::Moment before = progress_.now();
        progress_.finish(job);
        return served_.bring_on(progress_.came_on_since(before));
    }
    [[nodiscard]] std::span<JobNumber> jobs(std::size_t from, std::size_t to) const {
        return std::span{order_}.subspan(from, to - from);
    }

    /// Beyond the next job that brings people back, or 0. The jobs up to there stay done.
    std::size_t walk_bundle(std::size_t first) {
        for (std::size_t i = first; i < order_.size(); ++i) {
            if (finish(order_[i]) > Persons{}) return i + 1;
        }
        return 0;
    }
    std::size_t end_of_bundle(std::size_t first) {
        const Moment before = now();
        const std::size_t end = walk_bundle(first);
        go_back(before);
        return end;
    }
    std::size_t end_of_next(std::size_t end) {
        const Moment before = now();
        for (const JobNumber job : jobs(here_, end)) finish(job);
        const std::size_t next_end = walk_bundle(end);
        go_back(before);
        return next_end;
    }

    /// Jobs of the bundle without which as many come back wait until after it. @return its new end
    std::size_t put_off_needless(std::size_t end) {
        for (std::size_t i = end - 1; i-- > here_;) {
            if (people_of(here_, end, end) != people_of(here_, end, i)) continue;
            std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(i),
                        order_.begin() + static_cast<std::ptrdiff_t>(i + 1),
                        order_.begin() + static_cast<std::ptrdiff_t>(end));
            --end;
            changed_ = true;
        }
        return end;
    }
    Persons people_of(std::size_t first, std::size_t end, std::size_t without) {
        const Moment before = now();
        Persons people;
        for (std::size_t i = first; i < end; ++i) {
            if (i != without) people += finish(order_[i]);
        }
        go_back(before);
        return people;
    }

    /// People who come back x minutes of work left of these jobs, in the order in which they stand.
    WideInteger earned(std::span<const JobNumber> first, std::span<const JobNumber> second) {
        const Moment before = now();
        std::chrono::minutes left{0};
        for (const auto& part : {first, second}) {
            for (const JobNumber job : part) left += problem_.duration(job);
        }
        WideInteger earned = 0;
        for (const auto& part : {first, second}) {
            for (const JobNumber job : part) {
                left -= problem_.duration(job);
                earned += WideInteger{finish(job).units()} * left.count();
            }
        }
        go_back(before);
        return earned;
    }
    WideInteger earned(std::size_t end, std::size_t next_end) {
        return earned(jobs(here_, end), jobs(end, next_end));
    }
    WideInteger earned_turned(std::size_t end, std::size_t next_end) {
        return earned(jobs(end, next_end), jobs(here_, end));
    }
    void turn(std::size_t end, std::size_t next_end) {
        std::rotate(order_.begin() + static_cast<std::ptrdiff_t>(here_),
                    order_.begin() + static_cast<std::ptrdiff_t>(end),
                    order_.begin() + static_cast<std::ptrdiff_t>(next_end));
        changed_ = true;
    }

    const RestorationProblem& problem_;
    SiteProgress progress_;
    ServedPeople served_;
    std::vector<JobNumber>& order_;
    std::size_t here_ = 0;  ///< jobs before it are done
    bool changed_ = false;
};

}  // namespace

std::vector<JobNumber> improved_order(const RestorationProblem& problem, std::vector<JobNumber> order,
                                      int sweeps) {
    for (int i = 0; i < sweeps; ++i) {
        if (!Sweep{problem, order}.run()) break;
    }
    return order;
}

}  // namespace phusong
