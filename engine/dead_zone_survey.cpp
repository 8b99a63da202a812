#include "engine/dead_zone_survey.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/dead_zones/distance_transform.hpp"
#include "algorithms/grid/earth_distance.hpp"
#include "engine/band_rows.hpp"
#include "engine/fold_in_order.hpp"
#include "engine/nearest_place.hpp"
#include "engine/outline_collector.hpp"

namespace phusong {

namespace {

/// What is measured of a zone while its cells pass by.
struct Measure {
    std::int64_t farthest = -1;  ///< largest weighted squared distance to service
    double metres_of_people = 0;
    double people = 0;
    std::int64_t depth = -1;  ///< largest weighted squared distance to a cell that is not of the zone
    Persons people_at_depth;
    std::vector<std::pair<ZoneNumber, Persons>> possible;  ///< by commune
};

/// A cell with people of whom nobody knows whether they are served.
struct UnknownCell {
    std::int32_t column = 0;
    Persons people;
    ZoneNumber owner = outside_every_zone;
};

void add_possible(Measure& measure, const UnknownCell& cell) {
    for (auto& [owner, people] : measure.possible) {
        if (owner != cell.owner) continue;
        people += cell.people;
        return;
    }
    measure.possible.emplace_back(cell.owner, cell.people);
}

/// One definition over the whole grid, row by row.
class Survey {
public:
    Survey(const Plan& plan, const Sources& sources, const Partial& partial, const TileRecords& records,
           const RunOptions& options, std::size_t definition, StudyResult& result)
        : plan_{plan},
          sources_{sources},
          records_{records},
          options_{options},
          definition_{definition},
          zones_{result.dead_zones[definition].zones},
          zone_of_patch_{partial.patches[definition], result.dead_zones[definition]},
          columns_{plan.study_grid.columns},
          served_{columns_, plan.tiling.bands(), no_row, no_row},
          // One more column on both sides: what lies beyond the grid is no zone.
          gaps_{columns_ + 2, plan.tiling.bands(), -1, plan.study_grid.rows},
          outlines_{zones_, records.scratch()},
          measures_(zones_.size()),
          factor_(plan.zones.size(), 1),
          people_(static_cast<std::size_t>(columns_)),
          owners_(static_cast<std::size_t>(columns_)),
          nearest_(static_cast<std::size_t>(columns_)),
          to_gap_(static_cast<std::size_t>(columns_) + 2) {
        for (const PlaceResult& commune : result.communes) {
            factor_[commune.zone] = commune.raking_factor.value_or(1);
        }
        for (auto& labels : labels_) labels.assign(static_cast<std::size_t>(columns_), 0);
        place_settlements();
    }

    [[nodiscard]] Problems run() {
        if (zones_.empty() && !options_.distances) return {};
        for (std::int32_t band = plan_.tiling.bands() - 1; band >= 0; --band) scan(band);
        for (std::int32_t band = 0; band < plan_.tiling.bands(); ++band) sweep(band);
        labels_[2].assign(labels_[2].size(), 0);
        std::rotate(labels_.begin(), labels_.begin() + 2, labels_.end());
        touch_unknown_above();
        return conclude();
    }

private:
    void stop_if_asked() const {
        if (options_.cancel != nullptr && options_.cancel->load()) throw Cancelled{};
    }

    /// Cells that are of no zone, counted from one column west of the grid; valid until the next call.
    [[nodiscard]] std::span<const ColumnRun> gaps_in(const DefinitionRow& cells) {
        gap_runs_.clear();
        std::int32_t from = 0;
        for (const ZoneRun& run : cells.zones) {
            if (run.first + 1 > from) gap_runs_.push_back({from, run.first + 1});
            from = run.end + 1;
        }
        gap_runs_.push_back({from, columns_ + 2});
        return gap_runs_;
    }

    void scan(std::int32_t number) {
        stop_if_asked();
        const Band band{plan_, records_, number, definition_, zone_of_patch_};
        const std::vector<DefinitionRow>& rows = band.rows();
        const auto height = static_cast<std::int32_t>(rows.size());
        served_.scan(number, band.first_row(), height, [&](std::int32_t i) {
            return std::span<const ColumnRun>{rows[static_cast<std::size_t>(i)].served};
        });
        gaps_.scan(number, band.first_row(), height,
                   [&](std::int32_t i) { return gaps_in(rows[static_cast<std::size_t>(i)]); });
    }

    void sweep(std::int32_t number) {
        stop_if_asked();
        const Band band{plan_, records_, number, definition_, zone_of_patch_};
        const std::vector<DefinitionRow>& rows = band.rows();
        const auto height = static_cast<std::int32_t>(rows.size());
        served_.start(number, band.first_row(), height, [&](std::int32_t i) {
            return std::span<const ColumnRun>{rows[static_cast<std::size_t>(i)].served};
        });
        gaps_.start(number, band.first_row(), height,
                    [&](std::int32_t i) { return gaps_in(rows[static_cast<std::size_t>(i)]); });
        for (std::int32_t i = 0; i < height; ++i) {
            const DefinitionRow& cells = rows[static_cast<std::size_t>(i)];
            const std::int32_t row = band.first_row() + i;
            for (const ZoneRun& run : cells.zones) {
                band.people(row, {run.first, run.end}, people_, owners_);
            }
            measure_distance(row, cells);
            measure_depth(row, cells);
            for (const ZoneRun& run : cells.zones) outlines_.add(run.zone, {row, run.first, run.end});
            outlines_.end_row(row);
            label(cells);
            touch_unknown_above();
            note_unknown(row, cells, band);
            look_at_settlements(row, cells);
        }
    }

    void measure_distance(std::int32_t row, const DefinitionRow& cells) {
        const std::span<const std::int32_t> nearest_row = served_.next();
        if (cells.zones.empty() && !options_.distances) return;
        transform_(row, nearest_row, metric_of_row(plan_.surface, plan_.study_grid, row), nearest_);
        any_service_ = nearest_.front().found();  // from every cell, or from none
        if (any_service_) measure_zones(row, cells);
        if (options_.distances) give_distances(row);
    }

    void measure_zones(std::int32_t row, const DefinitionRow& cells) {
        for (const ZoneRun& run : cells.zones) {
            Measure& measure = measures_[run.zone - 1];
            for (std::int32_t column = run.first; column < run.end; ++column) {
                const auto i = static_cast<std::size_t>(column);
                if (nearest_[i].squared > measure.farthest) {
                    measure.farthest = nearest_[i].squared;
                    zones_[run.zone - 1].farthest = WayToService{{row, column}, nearest_[i].cell, 0};
                }
                if (people_[i] == Persons{}) continue;
                const double weight = people_[i].value() * factor_of(owners_[i]);
                measure.people += weight;
                measure.metres_of_people += weight * metres({row, column}, nearest_[i].cell);
            }
        }
    }

    void give_distances(std::int32_t row) {
        metres_.resize(nearest_.size());
        for (std::size_t i = 0; i < nearest_.size(); ++i) {
            metres_[i] =
                nearest_[i].found()
                    ? static_cast<float>(metres({row, static_cast<std::int32_t>(i)}, nearest_[i].cell))
                    : std::numeric_limits<float>::quiet_NaN();
        }
        options_.distances(definition_, row, metres_);
    }

    /// How deep in its zone a cell lies; the cell with most people of equally deep ones, then the first.
    void measure_depth(std::int32_t row, const DefinitionRow& cells) {
        const std::span<const std::int32_t> nearest_row = gaps_.next();
        if (cells.zones.empty()) return;
        beside_.assign(nearest_row.begin(), nearest_row.end());
        beside_.front() = row;
        beside_.back() = row;
        transform_(row, beside_, metric_of_row(plan_.surface, plan_.study_grid, row), to_gap_);
        for (const ZoneRun& run : cells.zones) {
            Measure& measure = measures_[run.zone - 1];
            for (std::int32_t column = run.first; column < run.end; ++column) {
                const std::int64_t depth = to_gap_[static_cast<std::size_t>(column) + 1].squared;
                const Persons people = people_[static_cast<std::size_t>(column)];
                if (depth < measure.depth) continue;
                if (depth == measure.depth && people <= measure.people_at_depth) continue;
                measure.depth = depth;
                measure.people_at_depth = people;
                zones_[run.zone - 1].point = {row, column};
            }
        }
    }

    /// The zone of every cell of the row in hand becomes labels_[0]; [1] and [2] are the rows above.
    void label(const DefinitionRow& cells) {
        std::rotate(labels_.begin(), labels_.begin() + 2, labels_.end());
        std::fill(labels_[0].begin(), labels_[0].end(), 0U);
        for (const ZoneRun& run : cells.zones) {
            std::fill(labels_[0].begin() + run.first, labels_[0].begin() + run.end, run.zone);
        }
    }

    void note_unknown(std::int32_t row, const DefinitionRow& cells, const Band& band) {
        unknown_above_.clear();
        for (const ColumnRun& run : cells.unknown) {
            band.people(row, run, people_, owners_);
            for (std::int32_t column = run.first; column < run.end; ++column) {
                const auto i = static_cast<std::size_t>(column);
                if (owners_[i] == outside_every_zone || people_[i] == Persons{}) continue;
                unknown_above_.push_back({column, people_[i], owners_[i]});
            }
        }
    }

    /// Once a row is labelled, all neighbours of the cells above it are known.
    void touch_unknown_above() {
        const bool corners = plan_.dead_zones[definition_].rule.corners_join;
        for (const UnknownCell& cell : unknown_above_) {
            std::array<std::uint32_t, 8> touched{};
            std::size_t count = 0;
            const auto look = [&](const std::vector<std::uint32_t>& labels, std::int32_t column) {
                if (column < 0 || column >= columns_) return;
                const std::uint32_t zone = labels[static_cast<std::size_t>(column)];
                auto* const end = touched.begin() + static_cast<std::ptrdiff_t>(count);
                if (zone == 0 || std::find(touched.begin(), end, zone) != end) return;
                touched[count++] = zone;
                add_possible(measures_[zone - 1], cell);
            };
            look(labels_[1], cell.column - 1);
            look(labels_[1], cell.column + 1);
            for (const std::size_t beside : {0U, 2U}) {
                look(labels_.at(beside), cell.column);
                if (!corners) continue;
                look(labels_.at(beside), cell.column - 1);
                look(labels_.at(beside), cell.column + 1);
            }
        }
        unknown_above_.clear();
    }

    void place_settlements() {
        if (!sources_.settlements) return;
        const std::vector<Place>& places = sources_.settlements->places;
        service_at_.assign(places.size(), Service::unknown);
        for (std::size_t i = 0; i < places.size(); ++i) {
            const double row = std::floor(plan_.study_grid.row_at(places[i].position.y));
            const double column = std::floor(plan_.study_grid.column_at(places[i].position.x));
            if (!(row >= 0 && row < plan_.study_grid.rows && column >= 0 && column < columns_)) continue;
            settlements_.emplace_back(Cell{static_cast<std::int32_t>(row), static_cast<std::int32_t>(column)},
                                      i);
        }
        std::sort(settlements_.begin(), settlements_.end());
    }

    void look_at_settlements(std::int32_t row, const DefinitionRow& cells) {
        const auto holds = [](const std::vector<ColumnRun>& runs, std::int32_t column) {
            const auto run = std::partition_point(runs.begin(), runs.end(),
                                                  [&](const ColumnRun& r) { return r.end <= column; });
            return run != runs.end() && run->first <= column;
        };
        for (; next_settlement_ < settlements_.size() && settlements_[next_settlement_].first.row == row;
             ++next_settlement_) {
            const auto& [cell, place] = settlements_[next_settlement_];
            service_at_[place] = holds(cells.served, cell.column)    ? Service::served
                                 : holds(cells.unknown, cell.column) ? Service::unknown
                                                                     : Service::unserved;
            const std::uint32_t zone = labels_[0][static_cast<std::size_t>(cell.column)];
            if (zone == 0) continue;
            zones_[zone - 1].settlements.push_back(place);
            const bool dark = sources_.settlements->places[place].grid_power == false;
            zones_[zone - 1].without_grid_power += dark ? 1 : 0;
        }
    }

    [[nodiscard]] SettlementKind kind_of(const DeadZone& zone, const NearestPlace& nearest) const {
        std::optional<std::size_t> settlement;
        if (!zone.settlements.empty()) {
            settlement = zone.settlements.front();
        } else if (const auto place = nearest(centre_of(plan_.study_grid, zone.point))) {
            settlement = place->place;
        }
        if (!settlement || service_at_[*settlement] == Service::unknown) return SettlementKind::not_known;
        return service_at_[*settlement] == Service::served ? SettlementKind::outlying
                                                           : SettlementKind::no_signal;
    }

    [[nodiscard]] Problems conclude() {
        for (std::size_t i = 0; i < zones_.size(); ++i) {
            DeadZone& zone = zones_[i];
            const Measure& measure = measures_[i];
            if (zone.farthest) zone.farthest->metres = metres(zone.farthest->from, zone.farthest->served);
            if (zone.farthest && measure.people > 0) {
                zone.mean_metres = measure.metres_of_people / measure.people;
            }
            for (const auto& [owner, people] : measure.possible) {
                const double factor = factor_of(owner);
                zone.possible_people += factor == 1 ? people : Persons::round(people.value() * factor);
            }
            std::sort(zone.settlements.begin(), zone.settlements.end());
        }
        if (sources_.sites) {
            const NearestPlace nearest{sources_.sites->places, plan_.surface};
            for (DeadZone& zone : zones_) zone.site = nearest(centre_of(plan_.study_grid, zone.point));
        }
        if (sources_.settlements) {
            const NearestPlace nearest{sources_.settlements->places, plan_.surface};
            for (DeadZone& zone : zones_) zone.kind = kind_of(zone, nearest);
        }
        Problems problems;
        const std::string subject = "dead zones '" + plan_.dead_zones[definition_].input.name + "'";
        if (!zones_.empty() && !any_service_) {
            problems.push_back({subject, "no cell of the study has this service; distances are empty"});
        }
        if (outlines_.given_up() > 0) {
            problems.push_back({subject, std::to_string(outlines_.given_up()) +
                                             " with millions of ragged cells have no outline; their cells "
                                             "are in dead_zones.tif"});
        }
        return problems;
    }

    [[nodiscard]] double factor_of(ZoneNumber owner) const {
        return owner < 0 ? 1 : factor_[static_cast<std::size_t>(owner)];
    }
    [[nodiscard]] double metres(Cell from, Cell to) const {
        return from == to ? 0
                          : metres_between(plan_.surface, centre_of(plan_.study_grid, from),
                                           centre_of(plan_.study_grid, to));
    }

    const Plan& plan_;
    const Sources& sources_;
    const TileRecords& records_;
    const RunOptions& options_;
    std::size_t definition_;
    std::vector<DeadZone>& zones_;
    ZoneOfPatch zone_of_patch_;
    std::int32_t columns_;
    NearestRows served_;
    NearestRows gaps_;
    OutlineCollector outlines_;
    RowTransform transform_;
    std::vector<Measure> measures_;  ///< of zones_
    std::vector<double> factor_;     ///< raking, by commune
    bool any_service_ = false;

    // Of the row in hand, one a column.
    std::vector<Persons> people_;
    std::vector<ZoneNumber> owners_;
    std::vector<Nearest> nearest_;
    std::vector<Nearest> to_gap_;
    std::vector<std::int32_t> beside_;
    std::vector<ColumnRun> gap_runs_;
    std::vector<float> metres_;
    std::array<std::vector<std::uint32_t>, 3> labels_;
    std::vector<UnknownCell> unknown_above_;

    std::vector<std::pair<Cell, std::size_t>> settlements_;  ///< inside the grid, row-major
    std::size_t next_settlement_ = 0;
    std::vector<Service> service_at_;  ///< of every settlement
};

}  // namespace

void survey_dead_zones(const Plan& plan, const Sources& sources, const Partial& partial,
                       const TileRecords& records, const RunOptions& options, StudyResult& result) {
    // Whoever takes the distances is called on this thread only.
    const std::size_t threads = options.distances ? 1 : std::max<std::size_t>(1, options.threads);
    const auto make_worker = [&] {
        return [&](std::size_t definition) {
            return Survey{plan, sources, partial, records, options, definition, result}.run();
        };
    };
    fold_in_order(plan.dead_zones.size(), threads, threads, make_worker,
                  [&](std::size_t, const Problems& problems) {
                      result.problems.insert(result.problems.end(), problems.begin(), problems.end());
                  });
}

}  // namespace phusong
