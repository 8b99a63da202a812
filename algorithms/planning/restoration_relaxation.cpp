#include "algorithms/planning/restoration_relaxation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "algorithms/planning/restoration_progress.hpp"

namespace phusong {
namespace {

using std::chrono::minutes;

constexpr std::int32_t nothing = -1;

/// How many links below a site that could come on at once; or -1 for sites that are on or never will be.
std::vector<std::int32_t> depths(const RestorationProblem& problem, const SiteProgress& progress) {
    std::vector<std::int32_t> depth(problem.site_count(), nothing);
    std::vector<SiteNumber> found;
    for (std::size_t i = 0; i < depth.size(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        if (progress.on(site) || !progress.connected(site)) continue;
        depth[i] = 0;
        found.push_back(site);
    }
    for (std::size_t next = 0; next < found.size(); ++next) {
        for (const SiteNumber child : problem.children(found[next])) {
            if (progress.on(child) || depth[place(child)] != nothing) continue;
            depth[place(child)] = depth[place(found[next])] + 1;
            found.push_back(child);
        }
    }
    return depth;
}

/// For every site with a depth the gates that have to come on before it, or itself where it has a job.
class GateSearch {
public:
    GateSearch(const RestorationProblem& problem, std::span<const std::int32_t> depth)
        : problem_{problem}, depth_{depth}, visit_of_(problem.site_count()) {}

    [[nodiscard]] bool gate(SiteNumber site) const {
        return depth_[place(site)] != nothing &&
               (problem_.own_job(site) != no_job || problem_.feeder_job(site) != no_job);
    }
    /// Sites that are gates, ascending.
    std::vector<SiteNumber> of(std::span<const SiteNumber> sites) {
        ++visit_;
        found_.clear();
        for (const SiteNumber site : sites) add(site);
        std::vector<SiteNumber> gates;
        while (!found_.empty()) {
            const SiteNumber site = found_.back();
            found_.pop_back();
            if (gate(site)) {
                gates.push_back(site);
            } else {
                for (const SiteNumber parent : problem_.parents(site)) add(parent);
            }
        }
        std::ranges::sort(gates);
        return gates;
    }

private:
    void add(SiteNumber site) {
        if (depth_[place(site)] == nothing || visit_of_[place(site)] == visit_) return;
        visit_of_[place(site)] = visit_;
        found_.push_back(site);
    }

    const RestorationProblem& problem_;
    std::span<const std::int32_t> depth_;
    std::vector<std::uint32_t> visit_of_;
    std::uint32_t visit_ = 0;
    std::vector<SiteNumber> found_;
};

}  // namespace

RestorationRelaxation::RestorationRelaxation(const RestorationProblem& problem, std::int32_t crews)
    : problem_{&problem}, crews_{crews} {
    const SiteProgress progress{problem};
    const std::vector<std::int32_t> depth = depths(problem, progress);
    GateSearch search{problem, depth};

    std::vector<std::int32_t> gate_of(problem.site_count(), nothing);
    for (std::size_t i = 0; i < depth.size(); ++i) {
        const auto site = static_cast<SiteNumber>(i);
        if (!search.gate(site)) continue;
        gates_.push_back({site, problem.own_job(site), problem.feeder_job(site)});
    }
    std::ranges::stable_sort(gates_, {}, [&](const Gate& gate) { return depth[place(gate.site)]; });
    for (std::size_t i = 0; i < gates_.size(); ++i) {
        gate_of[place(gates_[i].site)] = static_cast<std::int32_t>(i);
    }
    const auto numbers = [&](std::vector<SiteNumber> sites) {
        for (SiteNumber& site : sites) site = gate_of[place(site)];
        return sites;
    };
    for (Gate& gate : gates_) {
        std::vector<std::int32_t> carriers;
        if (!progress.connected(gate.site)) carriers = numbers(search.of(problem.parents(gate.site)));
        // In a ring, value must not be handed round for ever.
        const std::int32_t own_depth = depth[place(gate.site)];
        if (std::ranges::any_of(carriers, [&](std::int32_t carrier) {
                return depth[place(gates_[place(carrier)].site)] >= own_depth;
            })) {
            carriers.clear();
        }
        gate.to_own = gate.own != no_job ? 1 : 0;
        gate.to_feeder = gate.feeder != no_job ? 1 : 0;
        gate.to_carriers = carriers.empty() ? 0 : 1;
        const double parts = gate.to_own + gate.to_feeder + gate.to_carriers;
        gate.to_own /= parts;
        gate.to_feeder /= parts;
        gate.to_carriers /= parts;
        carriers_.append(carriers);
    }
    find_earliest();

    const ServedPeople served{problem, progress};
    ServingSets sets;
    for (std::size_t i = 0; i < problem.group_count(); ++i) {
        const auto group = static_cast<std::int32_t>(i);
        if (served.served(group)) continue;
        std::vector<std::int32_t> gates = numbers(search.of(problem.sites_of_group(group)));
        if (gates.empty()) continue;  // no job brings them back
        std::ranges::sort(gates);
        const auto set = sets.intern(gates);
        if (set == people_.size()) {
            people_.push_back(0);
            gates_of_group_.append(gates);
        }
        people_[set] += problem.people(group).units();
        in_the_dark_ += problem.people(group).units();
    }
    for (const std::int64_t people : people_) price_.push_back(static_cast<double>(people));
    gate_value_.resize(gates_.size());
    gate_price_.resize(gates_.size());
    job_value_.resize(problem.job_count());
    job_done_.resize(problem.job_count());
}

void RestorationRelaxation::find_earliest() {
    std::vector<minutes> way_work(gates_.size());  ///< own jobs of the gates on a way up, at least
    for (std::size_t i = 0; i < gates_.size(); ++i) {
        Gate& gate = gates_[i];
        const minutes own = gate.own != no_job ? problem_->duration(gate.own) : minutes{0};
        const minutes feeder = gate.feeder != no_job ? problem_->duration(gate.feeder) : minutes{0};
        minutes carried = minutes::max();
        minutes carrier_work = minutes::max();
        for (const std::int32_t carrier : carriers_[static_cast<std::int32_t>(i)]) {
            carried = std::min(carried, gates_[place(carrier)].earliest);
            carrier_work = std::min(carrier_work, way_work[place(carrier)]);
        }
        if (carried == minutes::max()) carried = carrier_work = minutes{0};
        way_work[i] = own + carrier_work;
        const minutes shared = (way_work[i] + feeder + minutes{crews_ - 1}) / crews_;
        gate.earliest = std::max({own, feeder, carried, shared});
    }
}

minutes RestorationRelaxation::first_after(minutes time) const {
    minutes first = minutes::max();
    for (const Gate& gate : gates_) {
        if (gate.earliest > time) first = std::min(first, gate.earliest);
    }
    return first;
}

void RestorationRelaxation::fill_crews(minutes time, double& people) {
    job_order_.clear();
    for (std::size_t i = 0; i < job_value_.size(); ++i) {
        const auto job = static_cast<JobNumber>(i);
        job_done_[i] = 0;
        if (job_value_[i] > 0 && problem_->duration(job) <= time) job_order_.push_back(job);
    }
    const auto rate = [&](JobNumber job) {
        return job_value_[place(job)] / static_cast<double>(problem_->duration(job).count());
    };
    std::ranges::stable_sort(job_order_, [&](JobNumber a, JobNumber b) { return rate(a) > rate(b); });
    auto left = static_cast<double>(time.count()) * crews_;
    for (const JobNumber job : job_order_) {
        const auto work = static_cast<double>(problem_->duration(job).count());
        job_done_[place(job)] = std::min(1.0, left / work);
        people += job_value_[place(job)] * job_done_[place(job)];
        left -= work;
        if (left <= 0) break;
    }
}

double RestorationRelaxation::bound(minutes time) {
    double people = 0;
    std::ranges::fill(gate_value_, 0.0);
    std::ranges::fill(job_value_, 0.0);
    for (std::size_t group = 0; group < people_.size(); ++group) {
        people += static_cast<double>(people_[group]) - price_[group];
        for (const std::int32_t gate : gates_of_group_[static_cast<std::int32_t>(group)]) {
            gate_value_[place(gate)] += price_[group];
        }
    }
    for (std::size_t i = gates_.size(); i-- > 0;) {
        const Gate& gate = gates_[i];
        if (gate.earliest > time) continue;
        if (gate.own != no_job) job_value_[place(gate.own)] += gate_value_[i] * gate.to_own;
        if (gate.feeder != no_job) job_value_[place(gate.feeder)] += gate_value_[i] * gate.to_feeder;
        for (const std::int32_t carrier : carriers_[static_cast<std::int32_t>(i)]) {
            gate_value_[place(carrier)] += gate_value_[i] * gate.to_carriers;
        }
    }
    fill_crews(time, people);
    return people;
}

void RestorationRelaxation::step(minutes time, double excess, double rate) {
    for (std::size_t i = 0; i < gates_.size(); ++i) {
        Gate& gate = gates_[i];
        gate_price_[i] = 0;
        if (gate.earliest > time) continue;
        const double own = gate.own != no_job ? job_done_[place(gate.own)] : 0;
        const double feeder = gate.feeder != no_job ? job_done_[place(gate.feeder)] : 0;
        double carriers = 0;
        for (const std::int32_t carrier : carriers_[static_cast<std::int32_t>(i)]) {
            carriers += gate_price_[place(carrier)];
        }
        gate_price_[i] = gate.to_own * own + gate.to_feeder * feeder + gate.to_carriers * carriers;
        // Value is of no use to the bound where nothing is paid for it: it goes there.
        gate.to_own *= std::exp(-rate * own);
        gate.to_feeder *= std::exp(-rate * feeder);
        gate.to_carriers *= std::exp(-rate * carriers);
        const double sum = gate.to_own + gate.to_feeder + gate.to_carriers;
        const auto kept = [&](double part) { return part > 0 ? std::max(part / sum, 1e-6) : 0.0; };
        gate.to_own = kept(gate.to_own);
        gate.to_feeder = kept(gate.to_feeder);
        gate.to_carriers = kept(gate.to_carriers);
    }
    double squares = 0;
    const auto slope_of = [&](std::size_t group) {
        double slope = -1;
        for (const std::int32_t gate : gates_of_group_[static_cast<std::int32_t>(group)]) {
            slope += gate_price_[place(gate)];
        }
        // At an end of the range there is no way on.
        const auto most = static_cast<double>(people_[group]);
        if ((slope < 0 && price_[group] >= most) || (slope > 0 && price_[group] <= 0)) slope = 0;
        return slope;
    };
    slopes_.resize(people_.size());
    for (std::size_t group = 0; group < people_.size(); ++group) {
        slopes_[group] = slope_of(group);
        squares += static_cast<double>(people_[group]) * slopes_[group] * slopes_[group];
    }
    if (squares <= 0) return;
    // Steps in parts of each group's people: large groups and small ones move alike.
    const double length = excess / squares;
    for (std::size_t group = 0; group < people_.size(); ++group) {
        const auto most = static_cast<double>(people_[group]);
        price_[group] = std::clamp(price_[group] - length * most * slopes_[group], 0.0, most);
    }
}

JobValues RestorationRelaxation::values_for(minutes time, double target, int steps) {
    double best = std::numeric_limits<double>::infinity();
    double factor = 1;
    int since_best = 0;
    for (int i = 0; i < steps; ++i) {
        const double people = bound(time);
        if (people < best) {
            best = people;
            since_best = 0;
            remember_best();
        } else if (++since_best == 5) {
            since_best = 0;
            factor /= 2;
        }
        step(time, factor * std::max(people - target, 0.0), 0.5 * factor);
    }
    return best_values(time);
}

void RestorationRelaxation::remember_best() {
    best_price_ = price_;
    for (Gate& gate : gates_) {
        gate.best_to_own = gate.to_own;
        gate.best_to_feeder = gate.to_feeder;
    }
}

JobValues RestorationRelaxation::best_values(minutes time) const {
    // Once more in integers: whatever is rounded away from one condition falls to another.
    JobValues values;
    values.of_job.resize(job_value_.size());
    values.until = first_after(time);
    std::vector<WideInteger> gate_value(gates_.size());
    for (std::size_t group = 0; group < people_.size(); ++group) {
        const auto price =
            std::clamp(static_cast<std::int64_t>(best_price_[group]), std::int64_t{0}, people_[group]);
        values.constant += people_[group] - price;
        for (const std::int32_t gate : gates_of_group_[static_cast<std::int32_t>(group)]) {
            gate_value[place(gate)] += price;
        }
    }
    constexpr WideInteger whole = WideInteger{1} << 20;
    for (std::size_t i = gates_.size(); i-- > 0;) {
        const Gate& gate = gates_[i];
        if (gate.earliest > time) continue;
        const auto part = [&](double share) {
            return gate_value[i] * static_cast<std::int64_t>(share * static_cast<double>(whole)) / whole;
        };
        const auto carriers = carriers_[static_cast<std::int32_t>(i)];
        WideInteger own = gate.own != no_job ? part(gate.best_to_own) : 0;
        WideInteger feeder = gate.feeder != no_job ? part(gate.best_to_feeder) : 0;
        WideInteger rest = gate_value[i] - own - feeder;
        if (carriers.empty()) {
            (gate.own != no_job ? own : feeder) += rest;
            rest = 0;
        }
        if (gate.own != no_job) values.of_job[place(gate.own)] += own;
        if (gate.feeder != no_job) values.of_job[place(gate.feeder)] += feeder;
        for (const std::int32_t carrier : carriers) gate_value[place(carrier)] += rest;
    }
    for (std::size_t i = 0; i < values.of_job.size(); ++i) {
        if (values.of_job[i] > 0) values.best_first.push_back(static_cast<JobNumber>(i));
    }
    std::ranges::stable_sort(values.best_first, [&](JobNumber a, JobNumber b) {
        return values.of_job[place(a)] * problem_->duration(b).count() >
               values.of_job[place(b)] * problem_->duration(a).count();
    });
    return values;
}

JobValues RestorationRelaxation::values_at_first() const {
    JobValues values;
    values.of_job.resize(job_value_.size());
    values.until = first_after(minutes{0});
    return values;
}

}  // namespace phusong
