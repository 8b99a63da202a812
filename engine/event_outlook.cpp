#include "engine/event_outlook.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>
#include <utility>

#include "algorithms/quantities/wide_integer.hpp"
#include "algorithms/support/nearest_rank.hpp"
#include "engine/dark_parts.hpp"
#include "engine/gap_outlook.hpp"
#include "engine/loss_estimates.hpp"
#include "engine/loss_groups.hpp"
#include "engine/scenario_table.hpp"
#include "engine/site_model.hpp"

namespace phusong {
namespace {

template <typename Amount>
WideInteger sum_of(std::span<const Amount> amounts) {
    return std::accumulate(amounts.begin(), amounts.end(), WideInteger{0},
                           [](WideInteger sum, Amount amount) { return sum + amount.units(); });
}

std::vector<double> parts_failed(const BitRows& failed) {
    std::vector<double> parts;
    for (std::size_t site = 0; site < failed.rows(); ++site) {
        std::int64_t off = 0;
        for (const std::uint64_t word : failed.row(site)) off += std::popcount(word);
        parts.push_back(static_cast<double>(off) / static_cast<double>(failed.bits()));
    }
    return parts;
}

HoursSpread hours_spread_of(std::span<const PeopleHours> hours) {
    std::vector<PeopleHours> sorted{hours.begin(), hours.end()};
    std::sort(sorted.begin(), sorted.end());
    const double mean = static_cast<double>(sum_of(hours)) / static_cast<double>(hours.size());
    return {mean / PeopleHours::units_per_one, sorted[nearest_rank(5, sorted.size())],
            sorted[nearest_rank(95, sorted.size())]};
}

/// Builds the outlook, hour by hour and then question by question.
class Outlook {
public:
    Outlook(const EventInput& event, const EventPlan& plan, const SiteTable& table,
            std::span<const SharedFates::Row> rows, const ServingSets& sets, std::size_t zones)
        : event_{&event},
          plan_{&plan},
          rows_{rows},
          sets_{&sets},
          zones_{zones},
          model_{table, event.share_with_generators},
          groups_{plan.questions.front(), plan, rows, sets, zones} {
        result_.hours = event.hours;
        result_.scenarios = event.scenarios;
        result_.certain = model_.certain(event.hours);
        result_.zones.resize(zones);
        result_.sites.resize(table.sites.size());
        draws_ = model_.draw(event.seed, {0, result_.certain ? 1 : event.scenarios});
        const std::vector<SiteOutcome> observed = model_.outcomes(0, SiteModel::Outages::whenever_seen);
        for (std::size_t site = 0; site < observed.size(); ++site) {
            result_.sites[site].observed = observed[site].alive;
            result_.sites[site].cause = observed[site].cause;
        }
    }

    /// People in the dark at every hour; keeps those of the headline.
    void look_at_hours() {
        ScenarioTable<double> people_hours{zones_ + 1, scenarios()};
        WideInteger most = 0;
        for (std::size_t hour = 0; hour < event_->hours.size(); ++hour) {
            const BitRows failed = model_.network().failed(model_.failures(draws_, event_->hours[hour]));
            const std::vector<double> parts = parts_failed(failed);
            for (std::size_t site = 0; site < parts.size(); ++site) {
                result_.sites[site].outage.push_back(parts[site]);
            }
            PersonsTable losses = losses_of(groups_, failed);
            const bool last = hour + 1 == event_->hours.size();
            const double lasts = last ? 0 : event_->hours[hour + 1] - event_->hours[hour];
            for (std::size_t at = 0; at <= zones_; ++at) {
                place(at).dark_at.push_back(spread_of(losses.row(at)));
                const std::span<const Persons> dark = std::as_const(losses).row(at);
                const std::span<double> sums = people_hours.row(at);
                for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += dark[i].value() * lasts;
            }
            const WideInteger dark = sum_of(std::as_const(losses).row(zones_));
            if (hour > 0 && dark <= most) continue;
            most = dark;
            result_.headline = hour;
            headline_losses_ = std::move(losses);
        }
        people_hours_ = ScenarioTable<PeopleHours>{zones_ + 1, scenarios()};
        for (std::size_t at = 0; at <= zones_; ++at) {
            std::transform(people_hours.row(at).begin(), people_hours.row(at).end(),
                           people_hours_.row(at).begin(),
                           [](double amount) { return PeopleHours::round(amount); });
            place(at).people_hours = hours_spread_of(std::as_const(people_hours_).row(at));
            place(at).without_site = groups_.tally(at).stays;
        }
    }

    /// Everything else, at the headline hour.
    void look_at_headline() {
        const double hour = event_->hours[result_.headline];
        const NetworkFailures failures = model_.failures(draws_, hour);
        SitesAtHour sites;
        sites.failed = model_.network().failed(failures);
        sites.failure = parts_failed(sites.failed);
        for (const SiteOutcome& outcome : model_.outcomes(hour)) {
            sites.surely_off.push_back(outcome.alive == Status::down ? 1 : 0);
        }
        const OutageRows causes = model_.network().causes(failures, sites.failed);
        count_outages(causes);
        result_.dark_part_of_rows = dark_parts(*plan_, rows_, *sets_, sites.failed);
        const std::vector<CauseSplit> splits = cause_splits_of(groups_, sites.failed, causes);
        for (std::size_t at = 0; at <= zones_; ++at) place(at).causes = splits[at];

        add_estimates(estimates_of(groups_, sites, headline_losses_));
        for (std::size_t question = 1; question < plan_->questions.size(); ++question) {
            const LossGroups groups{plan_->questions[question], *plan_, rows_, *sets_, zones_};
            add_estimates(estimates_of(groups, sites, losses_of(groups, sites.failed)));
        }
        const PersonsTable dividends =
            roaming_dividends(*event_, *plan_, rows_, *sets_, zones_, sites.failed);
        for (std::size_t at = 0; at <= zones_; ++at) {
            place(at).roaming_dividend = spread_of(dividends.row(at));
        }
    }

    void rank(std::span<const std::string> codes, std::span<const Persons> people,
              std::span<const Persons> dark_anyway) {
        const double duration = event_->hours.back() - event_->hours.front();
        result_.ranking = rank_gaps({&groups_, &headline_losses_, &people_hours_, codes, people, dark_anyway,
                                     duration, event_->floor_share});
    }

    [[nodiscard]] EventOutlook take() { return std::move(result_); }

private:
    [[nodiscard]] std::size_t scenarios() const { return draws_.scenarios.count; }
    [[nodiscard]] PlaceOutlook& place(std::size_t at) {
        return at == zones_ ? result_.total : result_.zones[at];
    }
    void add_estimates(const std::vector<LossEstimate>& estimates) {
        for (std::size_t at = 0; at <= zones_; ++at) place(at).of_question.push_back(estimates[at]);
    }
    void count_outages(const OutageRows& causes) {
        const std::vector<OutageCounts> counts = count_causes(causes);
        // One scenario was drawn for all when they are the same.
        const std::int64_t times = result_.certain ? result_.scenarios : 1;
        for (std::size_t site = 0; site < counts.size(); ++site) {
            result_.sites[site].counts = {counts[site].structure * times, counts[site].power * times,
                                          counts[site].transport * times, counts[site].unattributed * times};
        }
    }

    const EventInput* event_;
    const EventPlan* plan_;
    std::span<const SharedFates::Row> rows_;
    const ServingSets* sets_;
    std::size_t zones_;
    SiteModel model_;
    LossGroups groups_;  ///< of the first question
    SiteDraws draws_;
    PersonsTable headline_losses_;
    ScenarioTable<PeopleHours> people_hours_;
    EventOutlook result_;
};

}  // namespace

EventOutlook outlook_of(const EventInput& event, const EventPlan& plan, const SiteTable& table,
                        std::span<const SharedFates::Row> rows, const ServingSets& sets,
                        std::span<const std::string> codes, std::span<const Persons> people,
                        std::span<const Persons> dark_anyway) {
    assert(!plan.questions.empty() && !event.hours.empty() && event.scenarios > 0);
    assert(plan.site_layers.size() == table.sites.size() && codes.size() == people.size());
    Outlook outlook{event, plan, table, rows, sets, codes.size()};
    outlook.look_at_hours();
    outlook.look_at_headline();
    outlook.rank(codes, people, dark_anyway);
    return outlook.take();
}

}  // namespace phusong
