#include "tools/phusong/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "io/result_tables.hpp"
#include "tools/phusong/dead_zone_summary.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/event_summary.hpp"
#include "tools/phusong/restoration_summary.hpp"
#include "tools/phusong/rollout_summary.hpp"
#include "tools/phusong/target_summary.hpp"

namespace phusong::cli {

namespace {

constexpr std::size_t worst_communes = 5;
constexpr std::size_t most_problems = 12;
constexpr std::size_t most_repairs = 10;
constexpr std::size_t most_sites = 5;

void append_technologies(std::string& out, const Plan& plan, const PlaceResult& place) {
    out += fmt::format("  {} {} {} {} {}\n", padded("", 14), padded_left("people served", 26),
                       padded_left("unserved", 12), padded_left("unknown", 12), padded_left("error", 9));
    for (std::size_t t = 0; t < plan.technologies.size(); ++t) {
        const TechnologyResult& result = place.technologies[t];
        const Answer& any = result.any_operator;
        const double all = place.people ? place.people->value() : 0;
        std::string error = "exact";
        if (all > 0 && result.sampling_error > 0) {
            const double points = 100 * result.sampling_error / all;
            error = points < 0.005 ? "±<0.01 %" : fmt::format("±{:.2f} %", points);
        }
        std::string name = io::technology_word(plan.technologies[t]);
        out += fmt::format("  {} {} {} {} {}\n", padded(name, 14), padded_left(percent_text(any), 26),
                           padded_left(people_text(any.unserved.people), 12),
                           padded_left(people_text(any.unknown.people), 12), padded_left(error, 9));
        if (plan.technologies[t].layers.size() < 2) continue;
        for (std::size_t i = 0; i < result.of_operator.size(); ++i) {
            const CoverageInput& input = plan.study.coverage[plan.technologies[t].layers[i]];
            out += fmt::format("    {} {}\n", padded(printable(input.operator_name), 12),
                               padded_left(percent_text(result.of_operator[i]), 26));
        }
    }
    for (std::size_t c = 0; c < plan.combinations.size(); ++c) {
        const Answer& answer = place.combinations[c];
        std::string unknown;
        if (answer.unknown.people > Persons{})
            unknown = " (unknown " + people_text(answer.unknown.people) + ")";
        out += fmt::format("  {}: {} people{}\n", plan.combinations[c].title,
                           people_text(answer.served.people), unknown);
    }
}

void append_worst(std::string& out, const Plan& plan, const StudyResult& result) {
    if (plan.technologies.empty()) return;
    std::vector<const PlaceResult*> places;
    for (const PlaceResult& place : result.communes) {
        if (place.has_people()) places.push_back(&place);
    }
    // Most people unserved by the first technology of the study; ties by code, which is the order they come
    // in.
    std::stable_sort(places.begin(), places.end(), [](const PlaceResult* a, const PlaceResult* b) {
        return a->technologies[0].any_operator.unserved.people >
               b->technologies[0].any_operator.unserved.people;
    });
    const std::size_t shown = std::min(worst_communes, places.size());
    out +=
        fmt::format("\nCommunes with most people without {}:\n", io::technology_word(plan.technologies[0]));
    std::size_t code_width = 0;
    for (std::size_t i = 0; i < shown; ++i) {
        code_width = std::max(code_width, display_width(printable(places[i]->code)));
    }
    for (std::size_t i = 0; i < shown; ++i) {
        const PlaceResult& place = *places[i];
        const Answer& answer = place.technologies[0].any_operator;
        out += fmt::format("  {} {} {} of {} people without, {} served\n",
                           padded(printable(place.code), code_width + 1), padded(printable(place.name), 22),
                           padded_left(people_text(answer.unserved.people), 8),
                           padded_left(people_text(*place.people), 9), percent_text(answer));
    }
}

/// The commune whose percentage the sampling can have moved most.
void append_worst_error(std::string& out, const Plan& plan, const StudyResult& result) {
    const PlaceResult* worst = nullptr;
    std::size_t technology = 0;
    double largest = 0;
    for (const PlaceResult& place : result.communes) {
        if (!place.has_people()) continue;
        for (std::size_t t = 0; t < place.technologies.size(); ++t) {
            const double error = place.technologies[t].sampling_error / place.people->value();
            if (error <= largest) continue;
            largest = error;
            worst = &place;
            technology = t;
        }
    }
    if (worst == nullptr) return;
    out += fmt::format(
        "\nLargest sampling error of a commune: ±{:.2f} points ({} of {} {}, one standard error)\n",
        100 * largest, io::technology_word(plan.technologies[technology]), printable(worst->code),
        printable(worst->name));
}

std::string hardening_text(const Hardening& hardening) {
    std::string out = fmt::format(
        "One hardened site per commune: {} sites keep {} of {} people who live by sites; no such choice "
        "keeps "
        "more than {}: gap {:.1f} %",
        hardening.sites.size(), people_text(hardening.kept), people_text(hardening.served),
        people_text(hardening.bound), 100 * hardening.gap());
    if (!hardening.homeless.empty()) {
        out += fmt::format("; in {} communes no site is at home", hardening.homeless.size());
    }
    return out + '\n';
}

}  // namespace

std::string problems_text(const Problems& problems, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(most, problems.size()); ++i) {
        const Problem& problem = problems[i];
        std::string people;
        if (problem.affected) people = " (" + people_text(*problem.affected) + " people)";
        out += fmt::format("note: {}: {}{}\n", printable(problem.subject), printable(problem.what), people);
    }
    if (problems.size() > most) {
        out += fmt::format("note: {} more of this kind are in manifest.json\n", problems.size() - most);
    }
    return out;
}

std::string summary_text(const Plan& plan, const Sources& sources, const StudyResult& result,
                         const std::string& output_folder) {
    std::string out;
    const PlaceResult& total = result.total;
    out += fmt::format("{}: {} communes, {} people\n", printable(plan.study.name), result.communes.size(),
                       total.people ? people_text(*total.people) : "unknown");
    if (io::is_synthetic(sources)) {
        out += "SYNTHETIC: some inputs are made by a generator; the numbers describe no real network.\n";
    }
    out += '\n';
    append_technologies(out, plan, total);
    out += targets_text(plan, result);
    if (!plan.dead_zones.empty()) out += '\n' + dead_zones_text(plan, sources, result);
    if (result.event) out += '\n' + event_text(plan, result);
    if (result.event && result.event->hardening) out += hardening_text(*result.event->hardening);
    if (result.event && result.event->restoration) {
        out += restoration_text(*result.event->restoration, most_repairs);
    }
    if (result.rollout) {
        const RolloutArchive archive =
            rollout_archive_of(plan, result, io::is_synthetic(sources), [](Point place) { return place; });
        out += '\n' + rollout_text(archive, result.rollout->plans, most_sites);
    }
    append_worst(out, plan, result);
    append_worst_error(out, plan, result);
    if (!result.problems.empty()) out += '\n' + problems_text(result.problems, most_problems);
    const Balance& balance = result.balance;
    out += fmt::format("\nLedger: communes {} + outside {} - counted twice {} = raster {}: {}\n",
                       people_text(balance.communes), people_text(balance.outside),
                       people_text(balance.twice), people_text(balance.raster),
                       balance.holds() ? "balances exactly" : "DOES NOT BALANCE, do not use these numbers");
    if (result.raked) {
        out += fmt::format("Raked to official numbers: {} people\n", people_text(result.rake_target));
    }
    if (!output_folder.empty()) out += fmt::format("Results: {}\n", printable(output_folder));
    return out;
}

}  // namespace phusong::cli
