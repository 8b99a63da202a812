#include "io/rollout_tables.hpp"

#include <utility>

#include "io/row_builder.hpp"

namespace phusong::io {

namespace {

/// Writes the sites of one plan or curve, one behind the other.
class SiteRows {
public:
    SiteRows(const RolloutArchive& archive, Persons covered_already, RowBuilder& row)
        : archive_{archive}, served_{archive.grounds.served + covered_already}, row_{row} {}

    void put(const CoverageStep& step) {
        const RolloutGrounds& grounds = archive_.grounds;
        const RolloutCandidate& site = grounds.candidates[static_cast<std::size_t>(step.candidate)];
        const bool at_home = site.home >= 0;
        const RolloutCommune home =
            at_home ? grounds.communes[static_cast<std::size_t>(site.home)] : RolloutCommune{};
        cost_ += step.cost;
        served_ += step.people;
        row_.count("order", ++order_);
        row_.text("site", site.id);
        row_.text("origin", origin_word(site.origin));
        row_.text("code", home.code);
        row_.text("commune", home.name);
        row_.text("province", home.province);
        row_.real("longitude", centimetre(site.place.x));
        row_.real("latitude", centimetre(site.place.y));
        row_.real("radius_m", site.radius_m);
        row_.real("cost", step.cost.value());
        row_.real("people_added", step.people.value());
        const bool somebody = step.people > Persons{};
        row_.real("cost_per_person", value_if(somebody, step.cost.value() / step.people.value()));
        row_.real("cost_so_far", cost_.value());
        row_.real("people_served", served_.value());
        const bool inhabited = grounds.people > Persons{};
        row_.real("low_pct", value_if(inhabited, 100 * (served_ / grounds.people)));
        row_.real("high_pct", value_if(inhabited, 100 * ((served_ + grounds.unknown) / grounds.people)));
    }

private:
    const RolloutArchive& archive_;
    Persons served_;
    Cost cost_;
    std::size_t order_ = 0;
    RowBuilder& row_;
};

std::string of_technology(const RolloutArchive& archive) {
    return " of " + archive.grounds.technology +
           (archive.currency.empty() ? "" : ", costs in " + archive.currency);
}

}  // namespace

std::vector<NamedPlan> named_plans(const RolloutPlans& plans) {
    std::vector<NamedPlan> named;
    if (plans.to_target)
        named.push_back({"target", plans.to_target->steps, plans.to_target->covered_already});
    if (plans.by_budget)
        named.push_back({"budget", plans.by_budget->steps, plans.by_budget->covered_already});
    if (plans.by_sites) named.push_back({"sites", plans.by_sites->steps, plans.by_sites->covered_already});
    return named;
}

std::string origin_word(RolloutCandidate::Origin origin) {
    switch (origin) {
        case RolloutCandidate::Origin::given:
            return "given";
        case RolloutCandidate::Origin::mast:
            return "mast";
        case RolloutCandidate::Origin::found:
            return "found";
    }
    return "";
}

Table rollout_table(const RolloutArchive& archive, const RolloutPlans& plans) {
    Table table = table_of(archive.study_name, "rollout",
                           "Sites to build in the order of their worth, by plan" + of_technology(archive),
                           archive.synthetic);
    table.crs = "EPSG:4326";
    RowBuilder row{table};
    std::vector<Point> places;
    const auto put = [&](const std::string& plan, SiteRows& rows, const CoverageStep& step) {
        row.next_row();
        row.text("plan", plan);
        rows.put(step);
        row.text("synthetic", yes_or_nothing(archive.synthetic));
    };
    for (const NamedPlan& plan : named_plans(plans)) {
        SiteRows rows{archive, plan.covered_already, row};
        for (const CoverageStep& step : plan.steps) {
            put(plan.name, rows, step);
            const Point place = archive.grounds.candidates[static_cast<std::size_t>(step.candidate)].place;
            places.push_back({centimetre(place.x), centimetre(place.y)});
        }
    }
    if (table.rows.empty() && !archive.grounds.candidates.empty()) {
        SiteRows rows{archive, {}, row};
        row.headings_only([&] { put("", rows, {}); });
    }
    table.point_of = [places = std::move(places)](std::size_t number) { return places[number]; };
    return table;
}

Table cost_curve_table(const RolloutArchive& archive, const RolloutPlans& plans) {
    Table table =
        table_of(archive.study_name, "cost_curve",
                 "What each further site costs and brings" + of_technology(archive), archive.synthetic);
    RowBuilder row{table};
    const Persons already =
        plans.curve.empty() ? Persons{} : plans.curve.front().covered - plans.curve.front().step.people;
    SiteRows rows{archive, already, row};
    for (std::size_t step = 0; step < plans.curve.size(); ++step) {
        row.next_row();
        rows.put(plans.curve[step].step);
        row.text("alternative_is_cheaper",
                 yes_or_nothing(plans.alternative_from && step >= *plans.alternative_from));
        row.text("synthetic", yes_or_nothing(archive.synthetic));
    }
    return table;
}

}  // namespace phusong::io
