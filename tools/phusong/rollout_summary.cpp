#include "tools/phusong/rollout_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "io/rollout_tables.hpp"
#include "io/text/target_section.hpp"
#include "tools/phusong/display.hpp"

namespace phusong::cli {

namespace {

std::string percent(Persons part, Persons all) {
    return fmt::format("{:.2f} %", all > Persons{} ? 100 * (part / all) : 0.0);
}

/// Writes the plans of one archive.
class RolloutText {
public:
    RolloutText(const RolloutArchive& archive, const RolloutPlans& plans, std::size_t most_sites)
        : archive_{archive}, grounds_{archive.grounds}, plans_{plans}, most_sites_{most_sites} {}

    [[nodiscard]] std::string text() const {
        std::string out = fmt::format(
            "Rollout of {}: {} of {} people served for certain ({}); {} candidates reach {} of those "
            "without\n",
            printable(grounds_.technology), people_text(grounds_.served), people_text(grounds_.people),
            percent(grounds_.served, grounds_.people), grounds_.candidates.size(),
            people_text(plans_.reachable));
        if (plans_.to_target) out += target_text(*plans_.to_target);
        if (plans_.by_budget) {
            out += plan_text("  Budget of " + money(*archive_.ask.budget), *plans_.by_budget);
        }
        if (plans_.by_sites) {
            out += plan_text(fmt::format("  At most {} sites", *archive_.ask.sites), *plans_.by_sites);
        }
        return out + curve_text() + alternative_text();
    }

private:
    [[nodiscard]] std::string amount(Cost cost) const {
        const double value = cost.value();
        return value < 100 ? fmt::format("{:.4g}", value)
                           : people_text(Persons::round(std::min(value, 1e12)));
    }
    [[nodiscard]] std::string money(Cost cost) const { return amount(cost) + currency(); }
    /// Three digits: of a price that was divided, more would say nothing.
    [[nodiscard]] std::string price(Cost cost) const {
        const double value = cost.value();
        return value < 1000 ? fmt::format("{:.3g}", value) : amount(cost);
    }
    [[nodiscard]] std::string currency() const {
        return archive_.currency.empty() ? "" : ' ' + printable(archive_.currency);
    }
    [[nodiscard]] std::string after(Persons covered) const {
        return percent(grounds_.served + covered, grounds_.people);
    }
    [[nodiscard]] std::string target_text(const LeastCostPlan& plan) const {
        const std::string title =
            fmt::format("  Target of {} %", io::percent_of(archive_.ask.target_millionths.value()));
        std::string out;
        if (!plan.met()) {
            out += fmt::format(
                "{} cannot be reached: {} of the {} people still needed can be, {} then{}\n", title,
                people_text(std::min(plan.reachable, plan.asked)), people_text(plan.asked),
                after(plan.reachable),
                plan.unreachable_floors.empty()
                    ? ""
                    : fmt::format("; {} communes stay below their floor", plan.unreachable_floors.size()));
        }
        if (plan.met() && plan.steps.empty()) return out + title + ": reached already, nothing to build\n";
        out += fmt::format(
            "{}: {} sites for {}, {} people added, {} then; no plan costs less than {}: gap {:.1f} %\n",
            title, plan.steps.size(), money(plan.cost), people_text(plan.covered), after(plan.covered),
            amount(plan.bound), 100 * plan.gap());
        return out + site_lines(plan.steps);
    }
    [[nodiscard]] std::string plan_text(const std::string& title, const CoveragePlan& plan) const {
        return fmt::format(
                   "{}: {} sites for {}, {} people added, {} then; no plan adds more than {}: gap {:.1f} %\n",
                   title, plan.steps.size(), money(plan.cost), people_text(plan.covered), after(plan.covered),
                   people_text(plan.bound), 100 * plan.gap()) +
               site_lines(plan.steps);
    }
    [[nodiscard]] std::string site_lines(const std::vector<CoverageStep>& steps) const {
        std::vector<std::array<std::string, 4>> rows;
        std::array<std::size_t, 4> widths{};
        for (const CoverageStep& step : steps) {
            if (rows.size() == most_sites_) break;
            const RolloutCandidate& site = grounds_.candidates[static_cast<std::size_t>(step.candidate)];
            std::string commune;
            if (site.home >= 0) {
                const RolloutCommune& home = grounds_.communes[static_cast<std::size_t>(site.home)];
                commune = printable(home.code) + ' ' + printable(home.name);
            }
            rows.push_back({io::origin_word(site.origin) + ' ' + printable(site.id), commune,
                            amount(step.cost), people_text(step.people)});
            for (std::size_t i = 0; i < widths.size(); ++i) {
                widths[i] = std::max(widths[i], display_width(rows.back()[i]));
            }
        }
        std::string out;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            out += fmt::format("    {:>3} {} {} costs {} adds {} people\n", i + 1,
                               padded(rows[i][0], widths[0]), padded(rows[i][1], widths[1]),
                               padded_left(rows[i][2], widths[2]), padded_left(rows[i][3], widths[3]));
        }
        return out;
    }
    /// What people cost at the beginning, and how dear the last ones are.
    [[nodiscard]] std::string curve_text() const {
        const PercentPrices prices = percent_prices(archive_.ask, grounds_, plans_.curve);
        if (!prices.first) return "";
        const auto times = [&](Cost cost) {
            return *prices.first > Cost{} ? fmt::format(", {:.1f} times as much", cost / *prices.first) : "";
        };
        std::string out = fmt::format("  Cost curve: the first per cent of the people costs {}{}",
                                      price(*prices.first), currency());
        if (prices.last_to_target) {
            out += fmt::format("; the last one on the way to {} % {}{}",
                               io::percent_of(archive_.ask.target_millionths.value()),
                               price(*prices.last_to_target), times(*prices.last_to_target));
        }
        if (prices.last_of_all) {
            out += fmt::format("; the last one of all within reach ({}) {}{}", after(plans_.reachable),
                               price(*prices.last_of_all), times(*prices.last_of_all));
        }
        return out + '\n';
    }
    [[nodiscard]] std::string alternative_text() const {
        if (!archive_.ask.alternative_cost_per_person || plans_.curve.empty()) return "";
        const std::string price = money(*archive_.ask.alternative_cost_per_person);
        if (!plans_.alternative_from) {
            return fmt::format("  Satellite at {} a person: every site of the curve costs less a person\n",
                               price);
        }
        const std::size_t sites = *plans_.alternative_from;
        const CostCurvePoint& first = plans_.curve[sites];
        return fmt::format(
            "  Satellite at {} a person: after {} sites of the curve ({}) the next one costs more a person\n",
            price, sites, after(first.covered - first.step.people));
    }

    const RolloutArchive& archive_;
    const RolloutGrounds& grounds_;
    const RolloutPlans& plans_;
    std::size_t most_sites_;
};

}  // namespace

std::string rollout_text(const RolloutArchive& archive, const RolloutPlans& plans, std::size_t most_sites) {
    return RolloutText{archive, plans, most_sites}.text();
}

}  // namespace phusong::cli
