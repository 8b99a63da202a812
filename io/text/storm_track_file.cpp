#include "io/text/storm_track_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/errors.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/moment.hpp"
#include "io/text/number.hpp"
#include "io/text/text_encoding.hpp"

namespace phusong::io {

namespace {

constexpr double km_in_nautical_mile = 1.852;

struct TrackColumns {
    explicit TrackColumns(const CsvTable& table)
        : sid{table.column("SID")},
          name{table.column("NAME")},
          time{table.column("ISO_TIME")},
          latitude{table.column("LAT")},
          longitude{table.column("LON")},
          wind{table.column("USA_WIND")},
          pressure{table.column("USA_PRES")},
          outer_pressure{table.column("USA_POCI")},
          radius{table.find("USA_RMW")} {}

    std::size_t sid;
    std::size_t name;
    std::size_t time;
    std::size_t latitude;
    std::size_t longitude;
    std::size_t wind;
    std::size_t pressure;
    std::size_t outer_pressure;
    std::optional<std::size_t> radius;
};

/// Rows of the one storm that is called so.
std::vector<const CsvTable::Row*> rows_of_storm(const CsvTable& table, const TrackColumns& columns,
                                                const std::string& storm) {
    const std::string wanted = small_letters(storm);
    std::vector<const CsvTable::Row*> rows;
    std::set<std::string> storms;
    std::set<std::string> names;
    for (const CsvTable::Row& row : table.rows) {
        const std::string& sid = row.cells[columns.sid];
        if (sid.empty()) continue;  // the row of units
        names.insert(row.cells[columns.name]);
        if (small_letters(sid) != wanted && small_letters(row.cells[columns.name]) != wanted) continue;
        rows.push_back(&row);
        storms.insert(sid);
    }
    const auto listed = [](const std::set<std::string>& texts) {
        std::string list;
        std::size_t shown = 0;
        for (const std::string& text : texts) {
            if (++shown > 10) return list + " ...";
            list += (list.empty() ? "" : ", ") + text;
        }
        return list;
    };
    if (rows.empty()) {
        throw InputError{"storm track " + table.quoted + " has no storm '" + storm +
                         "'; its storms are: " + listed(names)};
    }
    if (storms.size() > 1) {
        throw InputError{"storm track " + table.quoted + " has several storms '" + storm +
                         "'; write one's SID: " + listed(storms)};
    }
    return rows;
}

/// A row without what a wind is made of gives nothing.
std::optional<StormFix> fix_of(const CsvTable& table, const CsvTable::Row& row, const TrackColumns& columns,
                               const WindInput& input) {
    const auto fail = [&](const std::string& what) {
        throw InputError{"storm track " + table.where(row) + ": " + what};
    };
    const auto number = [&](std::size_t column) { return number_of(row.cells[column]); };
    const auto wind = number(columns.wind);
    const auto pressure = number(columns.pressure);
    const auto outer = number(columns.outer_pressure);
    if (!wind || !pressure || !outer || !(*wind > 0) || !(*outer > *pressure)) return std::nullopt;
    const Moment moment = moment_of(row.cells[columns.time] + "Z");
    if (!moment.seconds) fail("ISO_TIME '" + row.cells[columns.time] + "' is no time");
    const auto latitude = number(columns.latitude);
    const auto longitude = number(columns.longitude);
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 360) {
        fail("LAT and LON are no place on Earth");
    }
    StormFix fix{*moment.seconds / 3600,
                 {*longitude, *latitude},
                 MeanWind::over_one_minute(*wind * metres_per_second_in_knot),
                 *pressure,
                 *outer,
                 std::nullopt};
    if (columns.radius) {
        if (const auto radius = number(*columns.radius); radius && *radius > 0) {
            fix.radius_of_maximum_km = *radius * km_in_nautical_mile;
        }
    }
    if (!fix.radius_of_maximum_km && !input.radius_of_maximum_km) {
        fail("USA_RMW is missing; state radius_of_maximum_km = 40 in [event.wind] for such fixes");
    }
    const double radius = fix.radius_of_maximum_km.value_or(input.radius_of_maximum_km.value_or(0));
    if (radius >= Periphery{}.radius_km) {
        fail(fmt::format("the radius of maximum wind, {:.0f} km, is no smaller than the storm", radius));
    }
    return fix;
}

}  // namespace

std::vector<StormFix> read_storm_fixes(const WindInput& input, Problems& problems) {
    const CsvTable table = read_csv(input.track.path);
    const TrackColumns columns{table};
    std::vector<StormFix> fixes;
    std::size_t left_out = 0;
    for (const CsvTable::Row* row : rows_of_storm(table, columns, input.storm)) {
        const auto fix = fix_of(table, *row, columns, input);
        if (!fix) {
            ++left_out;
            continue;
        }
        if (!fixes.empty() && !(fixes.back().hours < fix->hours)) {
            throw InputError{"storm track " + table.where(*row) +
                             ": ISO_TIME is not later than the fix before"};
        }
        fixes.push_back(*fix);
    }
    const std::string subject = "storm track " + table.quoted + ", storm '" + input.storm + "'";
    if (fixes.empty()) {
        throw InputError{subject + " has no fix with USA_WIND, USA_PRES and a higher USA_POCI"};
    }
    if (left_out > 0) {
        problems.push_back(
            {subject, fmt::format("{} fix(es) without wind or pressure are left out", left_out)});
    }
    const double begin = fixes.front().hours;
    for (StormFix& fix : fixes) fix.hours -= begin;
    return fixes;
}

std::vector<StormFix> extended(std::vector<StormFix> fixes, double hours, bool inland_decay) {
    if (!(hours > 0)) return fixes;
    const StormFix last = fixes.back();
    const StormFix& before = fixes[fixes.size() - 2];
    const double leg = last.hours - before.hours;
    const double east = std::remainder(last.centre.x - before.centre.x, 360.0) / leg;
    const double north = (last.centre.y - before.centre.y) / leg;
    const double wind = last.maximum_wind.metres_per_second();
    const double deficit = last.environment_hpa - last.central_hpa;
    const auto steps = static_cast<int>(std::ceil(hours));
    for (int step = 1; step <= steps; ++step) {
        const double after = std::min<double>(step, hours);
        StormFix fix = last;
        fix.hours = last.hours + after;
        fix.centre = {last.centre.x + after * east, std::clamp(last.centre.y + after * north, -90.0, 90.0)};
        if (inland_decay) {
            fix.maximum_wind = decayed_inland(last.maximum_wind, after);
            const double part = fix.maximum_wind.metres_per_second() / wind;
            fix.central_hpa = last.environment_hpa - deficit * part * part;
        }
        fixes.push_back(fix);
    }
    return fixes;
}

StormTrack read_storm_track(const WindInput& input, Problems& problems) {
    std::vector<StormFix> fixes = read_storm_fixes(input, problems);
    const std::string subject = "storm track '" + input.track.path + "', storm '" + input.storm + "'";
    if (input.extend_hours > 0) {
        if (fixes.size() < 2) throw InputError{subject + " has one fix only and cannot be extended"};
        problems.push_back(
            {subject,
             fmt::format("the track is modelled beyond its last fix: {:.10g} h on the course of the last "
                         "leg, {}",
                         input.extend_hours,
                         input.inland_decay ? "its wind dying as over land (Kaplan and DeMaria 1995)"
                                            : "with the last wind")});
        fixes = extended(std::move(fixes), input.extend_hours, input.inland_decay);
    } else if (input.inland_decay) {
        problems.push_back({subject,
                            "inland_decay changes nothing: recorded winds stand, and without "
                            "extend_hours none is modelled beyond the last fix"});
    }
    try {
        return StormTrack{fixes, input.radius_of_maximum_km};
    } catch (const StormTrackError& error) {
        throw InputError{subject + ": " + error.what()};
    }
}

}  // namespace phusong::io
