#include "io/targets_table.hpp"

#include "io/result_tables.hpp"
#include "io/row_builder.hpp"
#include "io/text/target_section.hpp"

namespace phusong::io {

namespace {

/// Writes the rows of one target.
class TargetRows {
public:
    TargetRows(const Target& target, bool synthetic, RowBuilder& row)
        : target_{target}, synthetic_{synthetic}, row_{row} {}

    void put(const PlaceResult& place, const std::string& code, TargetInput::Scope of) {
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
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

private:
    const Target& target_;
    bool synthetic_;
    RowBuilder& row_;
};

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
    for (const Target& target : targets_of(plan.study.targets, plan.technologies)) {
        TargetRows rows{target, synthetic, row};
        for (const PlaceResult& commune : result.communes) {
            rows.put(commune, commune.code, TargetInput::Scope::commune);
        }
        for (const PlaceResult& province : result.provinces) {
            rows.put(province, "", TargetInput::Scope::province);
        }
        rows.put(result.total, "total", TargetInput::Scope::everything);
    }
    return table;
}

}  // namespace phusong::io
