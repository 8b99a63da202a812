#include "algorithms/planning/restoration_bound.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/planning/restoration_relaxation.hpp"
#include "algorithms/quantities/wide_integer.hpp"

namespace phusong {
namespace {

using std::chrono::minutes;

/// More stretches of time than about that bring nothing.
constexpr std::size_t most_stretches = 256;

/// Times from 0 to the end of the schedule, between which prices stay: those of its curve, thinned, further
/// ones where the curve has few, and those at which values end.
std::vector<minutes> stretches_of(const RestorationSchedule& known, std::span<const JobValues> all_values) {
    const std::vector<RecoveryStep>& curve = known.curve;
    const std::size_t thin = curve.size() / most_stretches + 1;
    const std::size_t parts = most_stretches / curve.size() + 1;
    std::vector<minutes> times{minutes{0}};
    for (std::size_t i = thin; times.back() < curve.back().time; i += thin) {
        const minutes begin = times.back();
        const minutes end = curve[std::min(i, curve.size() - 1)].time;
        for (std::size_t k = 1; k <= parts; ++k) {
            const minutes time = begin + (end - begin) * k / parts;
            if (time > times.back()) times.push_back(time);
        }
    }
    for (const JobValues& values : all_values) {
        if (values.until < curve.back().time) times.push_back(values.until);
    }
    std::ranges::sort(times);
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

struct Moment {
    minutes time{};
    Persons back;
};

/// The times at which the schedule's people-hours have come to 1/2n, 3/2n, 5/2n ... of all.
std::vector<Moment> moments_of(const RestorationSchedule& known, int moments) {
    const std::vector<RecoveryStep>& curve = known.curve;
    const auto dark = [&](std::size_t i) {
        return WideInteger{(curve.back().served - curve[i].served).units()};
    };
    WideInteger all = 0;
    for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
        all += dark(i) * (curve[i + 1].time - curve[i].time).count();
    }
    std::vector<Moment> result;
    WideInteger so_far = 0;
    WideInteger k = 0;
    for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
        const WideInteger before = so_far;
        so_far += dark(i) * (curve[i + 1].time - curve[i].time).count();
        for (; k < moments && all * (2 * k + 1) / (2 * WideInteger{moments}) < so_far; ++k) {
            const WideInteger into = (all * (2 * k + 1) / (2 * WideInteger{moments}) - before) / dark(i);
            const minutes time = curve[i].time + minutes{static_cast<std::int64_t>(into)};
            if (!result.empty() && result.back().time == time) continue;
            result.push_back({time, curve[i].served - curve.front().served});
        }
    }
    return result;
}

/// A stretch of time with the same values throughout.
struct Stretch {
    double begin = 0;                   ///< minutes
    double end = 0;                     ///< minutes
    const JobValues* values = nullptr;  ///< nothing: whoever can come back may be back
    double work_price = 0;              ///< of the last job that fits, for a minute of work
    double price_after = 0;             ///< the sum of that over all time from its begin on: pi(begin)
};

/// The values with the lowest bound in the middle of a stretch.
Stretch best_stretch(const RestorationProblem& problem, std::span<const JobValues> all_values,
                     WideInteger in_the_dark, double begin, double end, std::int32_t crews) {
    Stretch stretch{begin, end};
    auto least = static_cast<double>(in_the_dark);
    for (const JobValues& values : all_values) {
        if (static_cast<double>(values.until.count()) < end) continue;
        double left = (begin + end) / 2 * crews;
        auto people = static_cast<double>(values.constant);
        double rate = 0;
        for (const JobNumber job : values.best_first) {
            const auto work = static_cast<double>(problem.duration(job).count());
            if (work > end) continue;
            const auto value = static_cast<double>(values.of_job[place(job)]);
            people += value * std::min(1.0, left / work);
            left -= work;
            if (left > 0) continue;
            rate = value / work;
            break;
        }
        if (people >= least) continue;
        least = people;
        stretch.values = &values;
        stretch.work_price = rate;
    }
    return stretch;
}

/// The best that one job can get for itself: people x minutes, less the price of its work; or nothing.
double best_end(std::span<const Stretch> stretches, JobNumber job, double work) {
    const auto value = [&](const Stretch& at) {
        return at.values == nullptr ? 0 : static_cast<double>(at.values->of_job[place(job)]);
    };
    const auto price = [](const Stretch& at, double time) {
        return at.price_after - at.work_price * (time - at.begin);
    };
    double gain = 0;  // of an end at `work`: then, of an end at `time`
    for (const Stretch& at : stretches) gain += value(at) * (at.end - std::clamp(work, at.begin, at.end));
    for (const Stretch& at : stretches) {
        const double last = std::min(work, at.end);
        if (last > at.begin) gain -= (price(at, at.begin) + price(at, last)) / 2 * (last - at.begin);
    }
    double best = gain;
    double time = work;
    const Stretch* ending = stretches.data();
    const Stretch* starting = stretches.data();
    const Stretch* const beyond = stretches.data() + stretches.size();
    while (ending != beyond) {
        if (ending->end <= time) {
            ++ending;
            continue;
        }
        if (starting->end <= time - work) ++starting;
        // Both stay in their stretches until then: the gain is a parabola.
        const double next = std::min(ending->end, starting->end + work);
        const auto slope = [&](double at) {
            return price(*starting, at - work) - price(*ending, at) - value(*ending);
        };
        const double first = slope(time);
        const double last = slope(next);
        if (first > 0 && last < 0) {
            best = std::max(best, gain + first * first / (first - last) * (next - time) / 2);
        }
        gain += (first + last) / 2 * (next - time);
        best = std::max(best, gain);
        time = next;
    }
    return std::max(best, 0.0);
}

}  // namespace

PeopleHours people_hours_bound(const RestorationProblem& problem, std::int32_t crews,
                               const RestorationSchedule& known, const RestorationBoundEffort& effort) {
    if (known.curve.size() < 2) return {};  // nobody can be brought back
    RestorationRelaxation relaxation{problem, crews};
    std::vector<JobValues> all_values{relaxation.values_at_first()};
    for (const Moment& moment : moments_of(known, effort.moments)) {
        all_values.push_back(
            relaxation.values_for(moment.time, static_cast<double>(moment.back.units()), effort.steps));
    }
    const std::vector<minutes> times = stretches_of(known, all_values);
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        stretches.push_back(best_stretch(problem, all_values, relaxation.in_the_dark(),
                                         static_cast<double>(times[i].count()),
                                         static_cast<double>(times[i + 1].count()), crews));
    }
    const auto in_the_dark = static_cast<double>(relaxation.in_the_dark());
    double bound = 0;
    double price = 0;
    for (std::size_t i = stretches.size(); i-- > 0;) {
        Stretch& at = stretches[i];
        const double length = at.end - at.begin;
        if (at.values != nullptr) bound += (in_the_dark - static_cast<double>(at.values->constant)) * length;
        at.price_after = price + at.work_price * length;
        bound -= (price + at.price_after) / 2 * length * crews;
        price = at.price_after;
    }
    for (std::size_t i = 0; i < problem.job_count(); ++i) {
        const auto job = static_cast<JobNumber>(i);
        const auto work = static_cast<double>(problem.duration(job).count());
        if (work < stretches.back().end) bound -= best_end(stretches, job, work);
    }
    bound -= 1e-9 * in_the_dark * stretches.back().end;
    return bound > 0 ? people_hours_of(static_cast<WideInteger>(bound)) : PeopleHours{};
}

}  // namespace phusong
