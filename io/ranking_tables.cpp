#include "io/ranking_tables.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/ranking/acceptability.hpp"
#include "engine/lost_people.hpp"
#include "io/event_basis.hpp"
#include "io/result_tables.hpp"
#include "io/row_builder.hpp"
#include "io/text/event_words.hpp"

namespace phusong::io {

namespace {

/// Exact acceptability takes time with the cube of the communes: 200 of them some 10 s.
constexpr std::size_t most_exact_communes = 200;
/// Standard error at most 0.005.
constexpr std::uint32_t weight_draws = 10000;

/// What the criteria of a study say of the communes in the order of their rows.
struct Index {
    std::vector<double> values;  ///< communes x criteria, 0 to 1
    std::optional<Acceptability> acceptability;
};

double criterion_value(IndexCriterion::Kind kind, const StudyResult& result, const PlaceResult& commune) {
    const PlaceImpact& impact = result.event->zones[commune.zone];
    const PlaceOutlook& outlook = result.event->outlook.zones[commune.zone];
    switch (kind) {
        case IndexCriterion::Kind::people_dark:
            return dark_people(impact, outlook).headline;
        case IndexCriterion::Kind::share_dark:
            return commune.has_people() ? dark_people(impact, outlook).headline / commune.people->value() : 0;
        case IndexCriterion::Kind::people_hours:
            return dark_people_hours(impact, outlook, result.event->outlook.hours).headline;
        case IndexCriterion::Kind::roaming_dividend:
            return outlook.roaming_dividend.mean;
    }
    return 0;
}

Index index_of(const EventInput& event, const StudyResult& result, const std::vector<GapRow>& rows) {
    Index index;
    if (event.index.empty() || rows.empty()) return index;
    for (const GapRow& row : rows) {
        for (const IndexCriterion& criterion : event.index) {
            index.values.push_back(goalpost_index(criterion_value(criterion.kind, result, *row.commune),
                                                  criterion.none, criterion.full));
        }
    }
    const CriteriaTable table{event.index.size(), index.values};
    const bool exact = event.index.size() <= most_exact_criteria && rows.size() <= most_exact_communes;
    index.acceptability =
        exact ? exact_acceptability(table) : drawn_acceptability(table, event.seed, weight_draws);
    return index;
}

/// Writes the rows of communes.
class RankingRows {
public:
    RankingRows(const Plan& plan, const Sources& sources, const StudyResult& result, const SiteHomes& homes,
                Table& table)
        : plan_{plan},
          event_{*result.event},
          homes_{homes},
          rows_{gap_rows(result)},
          index_{index_of(*plan.study.event, result, rows_)},
          synthetic_{is_synthetic(sources)},
          row_{table} {}

    [[nodiscard]] std::vector<std::size_t> put_all() {
        std::vector<std::size_t> zones;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            put(i);
            zones.push_back(rows_[i].gap->zone);
        }
        return zones;
    }

private:
    void put(std::size_t number) {
        const GapRow& here = rows_[number];
        const RankedGap& gap = *here.gap;
        const PlaceImpact& impact = event_.zones[gap.zone];
        const PlaceOutlook& outlook = event_.outlook.zones[gap.zone];
        const bool ranked = here.in_need;
        const auto rank = [](std::size_t place) { return static_cast<std::int64_t>(place); };
        row_.next_row();
        row_.integer("rank", value_if(ranked, rank(gap.rank)));
        row_.text("code", here.commune->code);
        row_.text("name", here.commune->name);
        row_.text("province", here.commune->province);
        row_.text("under_floor", yes_or_nothing(gap.need.floor == Floor::missed));
        row_.real("people",
                  people_if(here.commune->people.has_value(), here.commune->people.value_or(Persons{})));
        const PeopleInterval dark = dark_people(impact, outlook);
        row_.real("people_dark", dark.headline);
        row_.real("people_dark_low", dark.low);
        row_.real("people_dark_high", dark.high);
        row_.real("people_lost", lost_people(impact, outlook, 0).headline);
        const PeopleInterval hours = dark_people_hours(impact, outlook, event_.outlook.hours);
        row_.real("people_hours", hours.headline);
        row_.real("people_hours_low", hours.low);
        row_.real("people_hours_high", hours.high);
        row_.integer("rank_low", value_if(ranked, rank(gap.interval.low)));
        row_.integer("rank_median", value_if(ranked, rank(gap.interval.median)));
        row_.integer("rank_high", value_if(ranked, rank(gap.interval.high)));
        row_.real("in_top_ten", value_if(ranked, gap.in_top_ten));
        row_.text("tied_with", ranked ? codes_of(gap.tied) : "");
        row_.real("roaming_dividend", outlook.roaming_dividend.mean);
        row_.real("lost_by_damage", outlook.causes.structure);
        row_.real("lost_by_power", outlook.causes.power);
        row_.real("lost_by_transport", outlook.causes.transport);
        row_.real("lost_by_unattributed", outlook.causes.unattributed + dark.by_severity);
        row_.real("lost_by_mixed", outlook.causes.mixed);
        put_index(number);
        row_.text("basis", basis_of(plan_, event_.outlook, homes_.serving[gap.zone]).words());
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }

    void put_index(std::size_t number) {
        const std::vector<IndexCriterion>& criteria = plan_.study.event->index;
        for (std::size_t c = 0; c < criteria.size(); ++c) {
            std::string name = "index_" + std::string{word_for(criterion_words, criteria[c].kind)};
            const bool again =
                std::any_of(criteria.begin(), criteria.begin() + static_cast<std::ptrdiff_t>(c),
                            [&](const IndexCriterion& other) { return other.kind == criteria[c].kind; });
            if (again) name += "_" + std::to_string(c + 1);
            row_.real(name, index_.values[number * criteria.size() + c]);
        }
        if (!index_.acceptability) return;
        row_.real("index_first_acceptability", index_.acceptability->rank(number, 1));
        row_.real("index_expected_rank", index_.acceptability->expected_rank(number));
    }

    /// Of zones that have a rank themselves.
    [[nodiscard]] std::string codes_of(const std::vector<std::size_t>& zones) const {
        std::vector<std::string> codes;
        for (const GapRow& row : rows_) {
            if (!row.in_need || std::find(zones.begin(), zones.end(), row.gap->zone) == zones.end()) continue;
            codes.push_back(row.commune->code);
        }
        std::sort(codes.begin(), codes.end());
        std::string text;
        for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
        return text;
    }

    const Plan& plan_;
    const EventResult& event_;
    const SiteHomes& homes_;
    std::vector<GapRow> rows_;
    Index index_;
    bool synthetic_;
    RowBuilder row_;
};

}  // namespace

std::vector<GapRow> gap_rows(const StudyResult& result) {
    const EventResult& event = *result.event;
    std::vector<const PlaceResult*> by_zone(event.zones.size());
    for (const PlaceResult& commune : result.communes) by_zone[commune.zone] = &commune;
    std::vector<GapRow> rows;
    for (const RankedGap& gap : event.outlook.ranking) {
        const bool dark = dark_people(event.zones[gap.zone], event.outlook.zones[gap.zone]).high > 0;
        rows.push_back({&gap, by_zone[gap.zone], dark || gap.need.floor == Floor::missed});
    }
    const auto others =
        std::stable_partition(rows.begin(), rows.end(), [](const GapRow& row) { return row.in_need; });
    std::sort(others, rows.end(),
              [](const GapRow& a, const GapRow& b) { return a.commune->code < b.commune->code; });
    return rows;
}

Table ranking_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                    const SiteHomes& homes) {
    Table table = table_of(
        plan, "ranking", "Communes by need after the event '" + plan.study.event->name + "', the worst first",
        is_synthetic(sources));
    table.crs = sources.population->description().crs;
    const std::vector<std::size_t> zones = RankingRows{plan, sources, result, homes, table}.put_all();
    table.shape_of = [&plan, zones](std::size_t row) { return plan.zones[zones[row]].shape; };
    return table;
}

}  // namespace phusong::io
