#include "engine/tile_pass.hpp"

#include <algorithm>
#include <cmath>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "engine/errors.hpp"

namespace phusong {

TilePass::TilePass(const Plan& plan, const Sources& sources, PassKeeps keeps)
    : plan_{&plan},
      keeps_{keeps},
      people_{plan, sources, keeps.records || plan.event.has_value()},
      layers_{plan, sources},
      row_people_{plan.refine},
      mixed_cells_{plan.technologies, plan.alignments, plan.refine} {
    if (plan.event) event_.emplace(plan, keeps.records);
}

void TilePass::spread_people(Window population_window, Window study_window) {
    const std::int32_t k = plan_->refine;
    const std::int64_t parts = std::int64_t{k} * k;
    study_people_.resize(study_window.cell_count());
    for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
        for (std::int32_t column = study_window.column; column < study_window.column_end(); ++column) {
            const Persons cell = people_.tile()[population_window.index_of({row / k, column / k})];
            const std::int64_t part = std::int64_t{row % k} * k + column % k;
            study_people_[study_window.index_of({row, column})] = even_part(cell, part, parts);
        }
    }
}

namespace {

/// Of the owners of a cell the one with the largest share, the first of equal ones. @pre not empty
ZoneNumber main_owner(std::span<const Owner> owners) {
    return std::max_element(owners.begin(), owners.end(),
                            [](const Owner& a, const Owner& b) { return a.share < b.share; })
        ->zone;
}

/// The commune that owns most of the cell, or outside_every_zone.
ZoneNumber main_owner(const TileCover& cover, Cell cell) {
    const auto after = std::partition_point(cover.segments.begin(), cover.segments.end(),
                                            [cell](const CoverSegment& segment) {
                                                return Cell{segment.row, segment.first_column} <= cell;
                                            });
    if (after == cover.segments.begin()) return outside_every_zone;
    const CoverSegment& segment = *(after - 1);
    if (segment.row != cell.row || cell.column >= segment.first_column + segment.columns) {
        return outside_every_zone;
    }
    return main_owner(cover.owners_of(segment));
}

}  // namespace

void TilePass::note_mixed_cells(std::int32_t population_row, Window study_window, const PeopleRow& people,
                                Partial& partial) const {
    const std::int32_t k = plan_->refine;
    for (std::size_t cell = 0; cell < people.size(); ++cell) {
        if (!mixed_cells_.is_mixed(cell) || people.units(cell) == 0) continue;
        const std::int32_t column = study_window.column + static_cast<std::int32_t>(cell) * k + k / 2;
        const ZoneNumber zone = main_owner(cover_, {population_row * k + k / 2, column});
        if (zone < 0) continue;
        for (std::size_t t = 0; t < plan_->technologies.size(); ++t) {
            if (!mixed_cells_.is_mixed(cell, t)) continue;
            partial.spread.add({zone, static_cast<std::int32_t>(t)}, Persons::of_units(people.units(cell)));
        }
    }
}

namespace {

TileRecord::Labels labels_of(const TilePatches& patches) {
    TileRecord::Labels labels;
    labels.runs = patches.runs;
    labels.keys.reserve(patches.patches.size());
    for (const Patch& patch : patches.patches) labels.keys.push_back(patch.key);
    return labels;
}

}  // namespace

void TilePass::note_record(Window study_window) {
    TileRecord& record = record_;
    record.clear();
    record.study_window = study_window;
    record.refine = plan_->refine;
    const auto add_states = [&](std::int32_t row, std::int32_t first, std::int32_t end, ServiceState state) {
        record.states.push_back({row, first, end, state});
    };
    if (event_) {  // which has added the answers afterwards, cell by cell
        const TileView<const ServiceState> states{study_window, states_};
        for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
            const std::span<const ServiceState> cells = states.row(row);
            for (std::size_t first = 0, end = 0; first < cells.size(); first = end) {
                while (end < cells.size() && cells[end] == cells[first]) ++end;
                add_states(row, study_window.column + static_cast<std::int32_t>(first),
                           study_window.column + static_cast<std::int32_t>(end), cells[first]);
            }
        }
    } else {
        record.states.reserve(runs_.size());
        std::size_t next = 0;
        for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
            std::int32_t first = study_window.column;
            for (; next < runs_of_row_[static_cast<std::size_t>(row - study_window.row)]; ++next) {
                add_states(row, first, runs_[next].end, runs_[next].state);
                first = runs_[next].end;
            }
        }
    }
    for (const CoverSegment& segment : cover_.segments) {
        const std::int32_t end = segment.first_column + segment.columns;
        const ZoneNumber zone = main_owner(cover_.owners_of(segment));
        TileRecord::OwnerRun* const last = record.owners.empty() ? nullptr : &record.owners.back();
        if (last != nullptr && last->row == segment.row && last->end == segment.first_column &&
            last->zone == zone) {
            last->end = end;
        } else {
            record.owners.push_back({segment.row, segment.first_column, end, zone});
        }
        if (cover_.is_whole(segment)) continue;
        for (std::int32_t column = segment.first_column; column < end; ++column) {
            record.cut.push_back({{segment.row, column}, {}});
        }
    }
    // Both lists are in row-major order.
    auto cut = record.cut.begin();
    for (const Booking& booking : bookings_) {
        const Cell cell{booking.row, booking.first};
        while (cut != record.cut.end() && cut->cell < cell) ++cut;
        if (cut == record.cut.end()) break;
        if (cut->cell != cell || booking.key.zone == outside_every_zone) continue;
        if (booking.key.zone == counted_twice) {
            cut->people -= booking.amount.people;
        } else {
            cut->people += booking.amount.people;
        }
    }
    record.population.assign(people_.tile().begin(), people_.tile().end());
}

bool TilePass::notes(ServiceState state) {
    if (event_) return true;
    KnownState& known = known_[HashLedgerKey{}({0, state}) % known_.size()];
    if (!known.known || known.state != state) {
        known = {state, true,
                 std::any_of(plan_->dead_zones.begin(), plan_->dead_zones.end(),
                             [&](const DeadZoneDefinition& zones) { return zones.rule.misses(state); })};
    }
    return known.noted;
}

void TilePass::tally(Window population_window, Window study_window, Partial& partial, Ledger& ledger) {
    const std::vector<LayerTile>& layers = layers_.read(study_window, event_.has_value());
    // Layers of an event are asked later on.
    const std::size_t coverage = plan_->study.coverage.size();
    std::vector<ServicePlane> planes;
    std::vector<ShareLayer> share_layers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        planes.push_back(layers[layer].plane);
        if (layer >= coverage || layers[layer].shares.empty()) continue;
        share_layers.push_back(
            {static_cast<std::int32_t>(layer), TileView<const double>{study_window, layers[layer].shares}});
    }
    const bool books = event_ || !plan_->dead_zones.empty();
    const bool keeps_runs = event_ || keeps_.records || keeps_.services;
    // Dead zones lie inside communes.
    TileTally tally{cover_,         plan_->study_areas, share_layers, ledger, books ? &bookings_ : nullptr,
                    keeps_.records, event_.has_value()};
    people_.read(population_window);
    state_rows_.assign(study_window, std::span{planes}.first(coverage));
    for (std::int32_t row = population_window.row; row < population_window.row_end(); ++row) {
        const PeopleRow people = people_.next_row(partial);
        row_people_.assign(people);
        if (mixed_cells_.asks()) mixed_cells_.start_row(study_window.column, population_window.columns);
        for (std::int32_t part = 0; part < plan_->refine; ++part) {
            if (part > 0) row_people_.take_part(part);
            const std::int32_t study_row = row * plan_->refine + part;
            const std::span<StateRun> runs = state_rows_.row(study_row);
            for (StateRun& run : runs) run.noted = books && notes(run.state);
            tally.add_row(study_row, runs, row_people_);
            if (mixed_cells_.asks()) mixed_cells_.add_part(runs);
            if (!keeps_runs) continue;
            runs_.insert(runs_.end(), runs.begin(), runs.end());
            runs_of_row_.push_back(runs_.size());
        }
        if (mixed_cells_.asks()) note_mixed_cells(row, study_window, people, partial);
    }
    tally.finish();
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        if (!layers[layer].by_bytes) {
            partial.layers[layer].merge(layers[layer].audit);
        } else {
            layers_.add_counts(layer, state_rows_.cells_of_bytes(layer), state_rows_.cells_beyond(layer),
                               partial.layers[layer]);
        }
    }
}

void TilePass::spread_states(Window study_window) {
    states_.resize(study_window.cell_count());
    std::size_t next = 0;
    for (std::size_t row = 0; row < runs_of_row_.size(); ++row) {
        auto cell = states_.begin() + static_cast<std::ptrdiff_t>(row) * study_window.columns;
        std::int32_t first = study_window.column;
        for (; next < runs_of_row_[row]; ++next) {
            cell = std::fill_n(cell, runs_[next].end - first, runs_[next].state);
            first = runs_[next].end;
        }
    }
}

std::vector<Service> TilePass::answers(Window study_window, std::span<const std::size_t> layers) const {
    std::vector<Service> services(study_window.cell_count());
    auto cell = services.begin();
    std::size_t next = 0;
    for (const std::size_t row_end : runs_of_row_) {
        std::int32_t first = study_window.column;
        for (; next < row_end; ++next) {
            cell = std::fill_n(cell, runs_[next].end - first, any_of(runs_[next].state, layers));
            first = runs_[next].end;
        }
    }
    return services;
}

std::vector<Service> TilePass::answers_after(std::span<const std::size_t> layers) const {
    std::vector<Service> services(states_.size());
    std::transform(states_.begin(), states_.end(), services.begin(),
                   [&](ServiceState state) { return any_of(state, layers); });
    return services;
}

TileResult TilePass::operator()(std::size_t tile) {
    const Window population_window = plan_->tiling[tile];
    const Window study_window = plan_->study_window(population_window);
    TileResult result{Partial::empty_of(*plan_), {}, {}, {population_window}};
    Partial& partial = result.partial;
    partial.tiles.add(tile, tile + 1);

    bookings_.clear();
    after_bookings_.clear();
    runs_.clear();
    runs_of_row_.clear();
    plan_->zone_index.cover(study_window, cover_maker_, cover_);
    Ledger before;
    tally(population_window, study_window, partial, before);
    if (event_) {
        for (const Ledger::ShareRow& row : before.share_rows())
            partial.ledger.add_served(row.key, row.served);
        spread_people(population_window, study_window);
        spread_states(study_window);
        (*event_)({study_window, layers_.tiles(), study_people_, states_, bookings_}, partial,
                  after_bookings_);
    } else {
        partial.ledger = std::move(before);
    }

    for (const LayerTile& layer : layers_.tiles()) result.windows.push_back(layer.read);
    if (keeps_.records) note_record(study_window);
    for (std::size_t i = 0; i < plan_->dead_zones.size(); ++i) {
        const PatchRule& rule = plan_->dead_zones[i].rule;
        TilePatches patches = tile_patches(rule, rule.of_an_event() ? after_bookings_ : bookings_,
                                           study_window, plan_->study_areas, plan_->study_grid.columns);
        if (keeps_.records) record_.labels.push_back(labels_of(patches));
        partial.patches[i] = Patches{plan_->tiling, rule.corners_join, tile, std::move(patches)};
    }
    if (keeps_.records && event_) {
        record_.fates = event_->fates().record_fates();
        record_.fate_runs = event_->fates().record_runs();
    }
    if (keeps_.records) result.record = encode(record_);

    if (!keeps_.services) return result;
    result.services.study_window = study_window;
    for (const Technology& technology : plan_->technologies) {
        result.services.of_technology.push_back(answers(study_window, technology.layers));
        if (event_) {
            result.services.after.push_back(answers_after(plan_->event->after(technology.layers)));
        }
    }
    return result;
}

}  // namespace phusong
