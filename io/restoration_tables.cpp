#include "io/restoration_tables.hpp"

#include <string>
#include <utility>
#include <vector>

#include "io/result_tables.hpp"
#include "io/row_builder.hpp"
#include "io/text/restoration_json.hpp"

namespace phusong::io {

namespace {

/// Amid the sites, in the study's CRS.
Point middle_of(const std::vector<SiteNumber>& numbers, const std::vector<SiteRecord>& sites) {
    Point sum;
    for (const SiteNumber number : numbers) {
        const Point& place = sites[static_cast<std::size_t>(number)].position;
        sum.x += place.x;
        sum.y += place.y;
    }
    const auto count = static_cast<double>(numbers.size());
    return {sum.x / count, sum.y / count};
}

/// Writes the rows of repairs.
class RepairRows {
public:
    RepairRows(const Plan& plan, const SiteHomes& homes, bool synthetic, Table& table)
        : plan_{plan}, homes_{homes}, synthetic_{synthetic}, row_{table} {}

    void put(std::size_t order, const RestorationTask& task, const ScheduledRepair& repair, Point place) {
        std::string operator_name;
        std::string commune;
        if (task.kind != RestorationTask::Kind::feeder && !task.sites.empty()) {
            const auto site = static_cast<std::size_t>(task.sites.front());
            operator_name = plan_.event->sites.sites[site].operator_name;
            if (homes_.of_site[site]) commune = plan_.zones[*homes_.of_site[site]].code;
        }
        row_.next_row();
        row_.integer("order", static_cast<std::int64_t>(order));
        row_.text("kind", task_word(task.kind));
        row_.text("name", task.name);
        row_.text("operator", operator_name);
        row_.text("commune", commune);
        row_.integer("sites", static_cast<std::int64_t>(task.sites.size()));
        row_.integer("crew", std::int64_t{repair.crew} + 1);
        row_.real("start_hours", hours_of(repair.start));
        row_.real("end_hours", hours_of(repair.end));
        row_.real("work_hours", hours_of(task.duration));
        row_.real("people_restored", repair.people.value());
        row_.real("people_per_hour", repair.people_per_hour);
        row_.text("can_wait", yes_or_nothing(repair.brings_nobody()));
        row_.real("longitude", place.x);
        row_.real("latitude", place.y);
        row_.text("synthetic", yes_or_nothing(synthetic_));
    }
    void put_headings() {
        row_.headings_only([&] { put(0, {}, {}, {}); });
    }

private:
    const Plan& plan_;
    const SiteHomes& homes_;
    bool synthetic_;
    RowBuilder row_;
};

}  // namespace

Table restoration_table(const Plan& plan, const Sources& sources, const StudyResult& result,
                        const SiteHomes& homes, const ToLonLat& to_lonlat) {
    const bool synthetic = is_synthetic(sources);
    const Restoration& restoration = *result.event->restoration;
    Table table =
        table_of(plan, "restoration",
                 "Repairs after the event '" + plan.study.event->name + "' in the order of work", synthetic);
    table.crs = "EPSG:4326";
    RepairRows rows{plan, homes, synthetic, table};
    std::vector<Point> places;
    const std::vector<ScheduledRepair>& repairs = restoration.schedule.repairs;
    for (std::size_t i = 0; i < repairs.size(); ++i) {
        const RestorationTask& task = restoration.tasks[static_cast<std::size_t>(repairs[i].job)];
        const Point place = to_lonlat(middle_of(task.sites, plan.event->sites.sites));
        places.push_back({centimetre(place.x), centimetre(place.y)});
        rows.put(i + 1, task, repairs[i], places.back());
    }
    if (repairs.empty()) rows.put_headings();
    table.point_of = [places = std::move(places)](std::size_t row) { return places[row]; };
    return table;
}

Table restoration_curve_table(const Plan& plan, const Sources& sources, const StudyResult& result) {
    const bool synthetic = is_synthetic(sources);
    const Restoration& restoration = *result.event->restoration;
    Table table = table_of(plan, "restoration_curve",
                           "People served who live by sites, from each hour of repair on", synthetic);
    RowBuilder row{table};
    const std::vector<RecoveryStep>& curve = restoration.schedule.curve;
    std::size_t step = 0;
    for (const RecoverySpread& spread : restoration.recovery.curve) {
        while (step + 1 < curve.size() && curve[step + 1].time <= spread.time) ++step;
        row.next_row();
        row.real("hours", hours_of(spread.time));
        row.real("people_served", curve[step].served.value());
        row.real("people_served_low", spread.low.value());
        row.real("people_served_median", spread.median.value());
        row.real("people_served_high", spread.high.value());
        row.text("synthetic", yes_or_nothing(synthetic));
    }
    return table;
}

}  // namespace phusong::io
