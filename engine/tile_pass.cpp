#include "engine/tile_pass.hpp"

#include <algorithm>
#include <cmath>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "engine/errors.hpp"

namespace phusong {

TilePass::TilePass(const Plan& plan, const Sources& sources, PassKeeps keeps)
    : plan_{&plan}, keeps_{keeps}, population_{sources.population->open()}, layers_{plan, sources} {
    if (plan.event) event_.emplace(plan, keeps.records);
}

namespace {

/// More than live on Earth: such a value is a mistake, most often an undeclared nodata value.
constexpr double most_people_in_a_cell = 1e10;

}  // namespace

void TilePass::read_people(Window window, Partial& partial) {
    values_.resize(window.cell_count());
    cell_people_.assign(window.cell_count(), Persons{});
    population_->read(window, values_);
    const bool density = plan_->study.population.values == PopulationInput::Values::people_per_km2;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        const double value = values_[i];
        if (std::isnan(value)) {
            ++partial.population.without_data;
            continue;
        }
        double people = value;
        if (density) {
            const auto columns = static_cast<std::size_t>(window.columns);
            const auto row = window.row + static_cast<std::int32_t>(i / columns);
            const auto column = window.column + static_cast<std::int32_t>(i % columns);
            people *= square_kilometres(plan_->population_areas.of_cell(row, column));
        }
        if (!(people >= 0 && people <= most_people_in_a_cell)) {
            partial.population.invalid.add(value);
            continue;
        }
        cell_people_[i] = Persons::round(people);
        partial.raster_total += cell_people_[i];
    }
}

void TilePass::spread_people(Window population_window, Window study_window) {
    const std::int32_t k = plan_->refine;
    const std::int64_t parts = std::int64_t{k} * k;
    study_people_.resize(study_window.cell_count());
    for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
        for (std::int32_t column = study_window.column; column < study_window.column_end(); ++column) {
            const Persons cell = cell_people_[population_window.index_of({row / k, column / k})];
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

void TilePass::note_mixed_cells(Window population_window, const ServiceTile& services, const TileCover& cover,
                                Partial& partial) const {
    const std::int32_t k = plan_->refine;
    const Window& study = services.study_window;
    for (std::size_t t = 0; t < services.of_technology.size(); ++t) {
        const auto& layers = plan_->technologies[t].layers;
        const bool exact = std::all_of(layers.begin(), layers.end(), [&](std::size_t layer) {
            return plan_->alignments[layer].kind == Alignment::Kind::same_lattice;
        });
        if (exact) continue;
        const std::vector<Service>& service = services.of_technology[t];
        const auto differs_from_neighbour = [&](Cell a, Cell b) {
            return study.contains(b) && service[study.index_of(a)] != service[study.index_of(b)];
        };
        for (std::int32_t row = population_window.row; row < population_window.row_end(); ++row) {
            for (std::int32_t column = population_window.column; column < population_window.column_end();
                 ++column) {
                const Persons people = cell_people_[population_window.index_of({row, column})];
                if (people == Persons{}) continue;
                bool mixed = false;
                for (std::int32_t i = row * k; i < (row + 1) * k && !mixed; ++i) {
                    for (std::int32_t j = column * k; j < (column + 1) * k && !mixed; ++j) {
                        // Inside the cell only: a neighbour's answer lies in another tile now and then.
                        mixed = (j + 1 < (column + 1) * k && differs_from_neighbour({i, j}, {i, j + 1})) ||
                                (i + 1 < (row + 1) * k && differs_from_neighbour({i, j}, {i + 1, j}));
                    }
                }
                if (!mixed) continue;
                const ZoneNumber zone = main_owner(cover, {row * k + k / 2, column * k + k / 2});
                if (zone >= 0) partial.spread.add({zone, static_cast<std::int32_t>(t)}, people);
            }
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

TileRecord TilePass::record_of(Window population_window, Window study_window, const TileCover& cover,
                               std::span<const Booking> bookings) const {
    TileRecord record;
    record.study_window = study_window;
    record.refine = plan_->refine;
    const TileView<const ServiceState> states{study_window, states_};
    for (std::int32_t row = study_window.row; row < study_window.row_end(); ++row) {
        const std::span<const ServiceState> cells = states.row(row);
        for (std::size_t first = 0, end = 0; first < cells.size(); first = end) {
            while (end < cells.size() && cells[end] == cells[first]) ++end;
            record.states.push_back({row, study_window.column + static_cast<std::int32_t>(first),
                                     study_window.column + static_cast<std::int32_t>(end), cells[first]});
        }
    }
    for (const CoverSegment& segment : cover.segments) {
        const std::int32_t end = segment.first_column + segment.columns;
        const ZoneNumber zone = main_owner(cover.owners_of(segment));
        TileRecord::OwnerRun* const last = record.owners.empty() ? nullptr : &record.owners.back();
        if (last != nullptr && last->row == segment.row && last->end == segment.first_column &&
            last->zone == zone) {
            last->end = end;
        } else {
            record.owners.push_back({segment.row, segment.first_column, end, zone});
        }
        if (cover.is_whole(segment)) continue;
        for (std::int32_t column = segment.first_column; column < end; ++column) {
            record.cut.push_back({{segment.row, column}, {}});
        }
    }
    // Both lists are in row-major order.
    auto cut = record.cut.begin();
    for (const Booking& booking : bookings) {
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
    record.population.assign(
        cell_people_.begin(),
        cell_people_.begin() + static_cast<std::ptrdiff_t>(population_window.cell_count()));
    return record;
}

TileResult TilePass::operator()(std::size_t tile) {
    const Window population_window = plan_->tiling[tile];
    const Window study_window = plan_->study_window(population_window);
    TileResult result{Partial::empty_of(*plan_), {}, {}};
    Partial& partial = result.partial;
    partial.tiles.add(tile, tile + 1);

    read_people(population_window, partial);
    spread_people(population_window, study_window);

    const std::vector<LayerTile> layers = layers_.read(study_window);
    states_.assign(study_window.cell_count(), ServiceState{});
    std::vector<ShareLayer> share_layers;
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
        partial.layers[layer].merge(layers[layer].audit);
        if (layer >= plan_->study.coverage.size()) continue;  // of an event
        const std::vector<Service>& services = layers[layer].services;
        for (std::size_t i = 0; i < states_.size(); ++i) states_[i] = states_[i].with(layer, services[i]);
        if (!layers[layer].shares.empty()) {
            share_layers.push_back({static_cast<std::int32_t>(layer),
                                    TileView<const double>{study_window, layers[layer].shares}});
        }
    }

    const TileCover cover = plan_->zone_index.cover(study_window);
    bookings_.clear();
    const bool books = event_ || !plan_->dead_zones.empty();
    Ledger before;
    tally_tile({cover, TileView<const Persons>{study_window, study_people_},
                TileView<const ServiceState>{study_window, states_}, plan_->study_areas, share_layers},
               before, books ? &bookings_ : nullptr);
    after_bookings_.clear();
    if (event_) {
        for (const Ledger::ShareRow& row : before.share_rows())
            partial.ledger.add_served(row.key, row.served);
        (*event_)({study_window, layers, study_people_, states_, bookings_}, partial, after_bookings_);
    } else {
        partial.ledger = std::move(before);
    }

    TileRecord record;
    if (keeps_.records) record = record_of(population_window, study_window, cover, bookings_);
    for (std::size_t i = 0; i < plan_->dead_zones.size(); ++i) {
        const PatchRule& rule = plan_->dead_zones[i].rule;
        TilePatches patches = tile_patches(rule, rule.of_an_event() ? after_bookings_ : bookings_,
                                           study_window, plan_->study_areas, plan_->study_grid.columns);
        if (keeps_.records) record.labels.push_back(labels_of(patches));
        partial.patches[i] = Patches{plan_->tiling, rule.corners_join, tile, std::move(patches)};
    }
    if (keeps_.records && event_) {
        record.fates = event_->fates().record_fates();
        record.fate_runs = event_->fates().record_runs();
    }
    if (keeps_.records) result.record = encode(record);

    ServiceTile services{study_window, {}, {}};
    const auto answers = [&](std::span<const std::size_t> layers_asked) {
        std::vector<Service> any(states_.size());
        std::transform(states_.begin(), states_.end(), any.begin(),
                       [&](ServiceState state) { return any_of(state, layers_asked); });
        return any;
    };
    for (const Technology& technology : plan_->technologies) {
        services.of_technology.push_back(answers(technology.layers));
        if (event_ && keeps_.services) {
            services.after.push_back(answers(plan_->event->after(technology.layers)));
        }
    }
    note_mixed_cells(population_window, services, cover, partial);
    if (keeps_.services) result.services = std::move(services);
    return result;
}

}  // namespace phusong
