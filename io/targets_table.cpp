#include "io/targets_table.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/result_tables.hpp"
#include "io/row_builder.hpp"
#include "io/text/target_section.hpp"

namespace phusong::io {

namespace {

/// Writes the rows of one target.
class TargetRows {
public:
    TargetRows(const Target& target, const RolloutGrounds* grounds, bool synthetic, RowBuilder& row)
        : target_{target}, grounds_{grounds}, synthetic_{synthetic}, row_{row} {}

    /// @param in_dead_zones people of the place in each dead zone of the technology; null: none were looked
    /// for
    /// @param closing null: no sites were looked for
    void put(const PlaceResult& place, const std::string& code, TargetInput::Scope of,
             const std::vector<Persons>* in_dead_zones, const TargetClosing* closing) {
        TargetResult held;
        const bool known = place.has_people();
        if (known) held = held_against(target_, place);
        row_.next_row();
        row_.text("target", title_of(target_.input));
        row_.text("technology", target_.input.technology);
        row_.text("rule", rule_word(target_.input.rule));
        row_.real("target_pct", static_cast<double>(target_.input.millionths) / 1e6);
        row_.text("deadline", target_.input.deadline);
        row_.text("applies", yes_or_nothing(of == target_.input.scope));
        row_.text("code", code);
        row_.text("name", place.name);
        row_.text("province", place.province);
        row_.real("people", people_if(known, place.people.value_or(Persons{})));
        row_.real("served", people_if(known, held.answer.served.people));
        row_.real("unknown", people_if(known, held.answer.unknown.people));
        const Interval share = known ? share_of_people(held.answer) : Interval{};
        row_.real("low_pct", value_if(known, 100 * share.low));
        row_.real("high_pct", value_if(known, 100 * share.high));
        row_.integer("short_of_target", value_if(known, held.short_people));
        row_.text("status", known ? status_word(held.status) : "");
        TableValue dead_zones;
        if (known && in_dead_zones != nullptr) {
            const Persons missing = Persons::round(static_cast<double>(held.short_people));
            if (const auto count = dead_zones_to_close(*in_dead_zones, missing)) {
                dead_zones = static_cast<std::int64_t>(*count);
            }
        }
        row_.integer("dead_zones_to_close", dead_zones);
        put_closing(known ? closing : nullptr);
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

private:
    void put_closing(const TargetClosing* closing) {
        const bool looked = closing != nullptr;
        const TargetClosing found = looked ? *closing : TargetClosing{};
        std::string sites;
        for (const CoverageStep& step : found.sites) {
            if (sites.size() > most_characters) {
                sites += " ...";
                break;
            }
            const auto number = static_cast<std::size_t>(step.candidate);
            sites += (sites.empty() ? "" : " ") + grounds_->candidates[number].id;
        }
        row_.integer("sites_to_close", value_if(looked, static_cast<std::int64_t>(found.sites.size())));
        row_.real("cost_to_close", value_if(looked, found.cost.value()));
        row_.real("cost_at_least", value_if(looked, found.bound.value()));
        row_.real("people_beyond_reach", people_if(looked, found.beyond_reach));
        row_.text("closing_sites", sites);
    }

    static constexpr std::size_t most_characters = 1000;  // of a cell that people may read

    const Target& target_;
    const RolloutGrounds* grounds_;
    bool synthetic_;
    RowBuilder& row_;
};

/// People of places in each dead zone of one technology.
struct PeopleInDeadZones {
    std::vector<std::vector<Persons>> by_commune;  ///< by zone number
    std::vector<Persons> everywhere;
};

/// Of the definition that asks for the target's technology and no other; nothing when the study has none.
std::optional<PeopleInDeadZones> people_in_dead_zones(const Target& target, const Plan& plan,
                                                      const StudyResult& result) {
    const std::vector<std::size_t> wanted{target.technology};
    const auto found =
        std::find_if(plan.dead_zones.begin(), plan.dead_zones.end(),
                     [&](const DeadZoneDefinition& definition) { return definition.technologies == wanted; });
    if (found == plan.dead_zones.end() || target.input.rule != TargetInput::Rule::any_operator) {
        return std::nullopt;
    }
    PeopleInDeadZones people;
    people.by_commune.resize(plan.zones.size());
    const auto number = static_cast<std::size_t>(found - plan.dead_zones.begin());
    for (const DeadZone& zone : result.dead_zones[number].zones) {
        people.everywhere.push_back(zone.people);
        for (const DeadZonePart& part : zone.communes) people.by_commune[part.zone].push_back(part.people);
    }
    return people;
}

}  // namespace

const char* status_word(TargetStatus status) {
    switch (status) {
        case TargetStatus::green:
            return "XANH";
        case TargetStatus::yellow:
            return "VÀNG";
        case TargetStatus::red:
            return "ĐỎ";
        case TargetStatus::measure:
            return "CẦN ĐO";
    }
    return "";
}

Table targets_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const bool synthetic = is_synthetic(sources);
    Table table = table_of(plan, "targets", "Places against the targets of the study", synthetic);
    RowBuilder row{table};
    const std::vector<Target> targets = targets_of(plan.study.targets, plan.technologies);
    for (std::size_t number = 0; number < targets.size(); ++number) {
        const Target& target = targets[number];
        const std::optional<PeopleInDeadZones> dead_zones = people_in_dead_zones(target, plan, result);
        const bool planned = number < result.closings.size();
        const TargetClosings closings = planned ? result.closings[number] : TargetClosings{};
        const auto closing_of = [&](const std::vector<std::optional<TargetClosing>>& all, std::size_t i) {
            return i < all.size() && all[i] ? &*all[i] : nullptr;
        };
        TargetRows rows{target, result.rollout ? &result.rollout->grounds : nullptr, synthetic, row};
        for (const PlaceResult& commune : result.communes) {
            rows.put(commune, commune.code, TargetInput::Scope::commune,
                     dead_zones ? &dead_zones->by_commune[commune.zone] : nullptr,
                     closing_of(closings.communes, commune.zone));
        }
        for (std::size_t i = 0; i < result.provinces.size(); ++i) {
            rows.put(result.provinces[i], "", TargetInput::Scope::province, nullptr,
                     closing_of(closings.provinces, i));
        }
        rows.put(result.total, "total", TargetInput::Scope::everything,
                 dead_zones ? &dead_zones->everywhere : nullptr,
                 closings.everything ? &*closings.everything : nullptr);
    }
    return table;
}

}  // namespace phusong::io
