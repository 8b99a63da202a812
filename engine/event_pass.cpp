#include "engine/event_pass.hpp"

#include <algorithm>
#include <map>

#include "algorithms/ledger/questions.hpp"

namespace phusong {

namespace {

/// What a map says after damage of some severity: who had service keeps it, lost it, or nobody knows.
Service damaged(Service seen, const Severity& severity) {
    if (seen == Service::unserved || severity.headline >= 1) return Service::unserved;
    if (severity.most > 0) return Service::unknown;
    return seen;
}

std::vector<Severity> const* severities_on(const DamageTile& damage, std::size_t technology) {
    const std::vector<Severity>& cells = damage.of_technology[technology];
    return cells.empty() ? nullptr : &cells;
}

std::size_t technology_of(const Plan& plan, std::size_t layer) {
    const auto found = std::find_if(
        plan.technologies.begin(), plan.technologies.end(), [layer](const Technology& technology) {
            return std::find(technology.layers.begin(), technology.layers.end(), layer) !=
                   technology.layers.end();
        });
    return static_cast<std::size_t>(found - plan.technologies.begin());
}

}  // namespace

EventPass::EventPass(const Plan& plan) : plan_{&plan}, event_{&*plan.event} {
    for (std::size_t layer = 0; layer < plan.study.coverage.size(); ++layer) {
        technology_of_layer_.push_back(technology_of(plan, layer));
    }
}

Service EventPass::seen_after(std::size_t layer, const EventTile& tile, std::size_t cell) const {
    const auto& seen = event_->seen_after[layer];
    const std::size_t from = seen ? plan_->study.coverage.size() + *seen : layer;
    return tile.layers[from].services[cell];
}

void EventPass::mark_after_by_maps(const EventTile& tile, const DamageTile& damage) const {
    for (std::size_t layer = 0; layer < event_->after_layer.size(); ++layer) {
        if (!event_->after_layer[layer]) continue;
        const std::size_t after = *event_->after_layer[layer];
        const std::vector<Severity>* severities = severities_on(damage, technology_of_layer_[layer]);
        if (severities == nullptr && !event_->seen_after[layer]) {
            for (ServiceState& state : tile.states) state = state.with(after, state.of(layer));
            continue;
        }
        for (std::size_t i = 0; i < tile.states.size(); ++i) {
            Service service = seen_after(layer, tile, i);
            if (severities != nullptr) service = damaged(service, (*severities)[i]);
            tile.states[i] = tile.states[i].with(after, service);
        }
    }
}

Severity EventPass::severity_of(const LossQuestion& question, const EventTile& tile, const DamageTile& damage,
                                std::size_t cell) const {
    Severity all{0, 1, 1};
    double certain = 0;
    for (const std::size_t layer : question.layers) {
        const std::vector<Severity>* severities = severities_on(damage, technology_of_layer_[layer]);
        Severity own = severities == nullptr ? Severity{} : (*severities)[cell];
        const Service seen = seen_after(layer, tile, cell);
        if (seen == Service::unserved) own = {1, 1, 1};
        if (seen == Service::unknown) own.most = 1;
        // All of the layers must fail: at most the least of them, and at least what Frechet leaves.
        all.headline = std::min(all.headline, own.headline);
        all.most = std::min(all.most, own.most);
        certain += own.low;
    }
    // Where nothing is left to chance the sum is whole; rounding must not make it less.
    const double rest = static_cast<double>(question.layers.size()) - 1;
    all.low = std::clamp(certain - rest, 0.0, all.headline);
    return all;
}

namespace {

/// Sums of one commune while a tile is gone through.
class SeveritySums {
public:
    explicit SeveritySums(std::size_t questions) : parts_{severity_parts * questions} {}

    void add(ZoneNumber zone, std::size_t question, const Severity& severity, Persons people) {
        if (severity.most <= 0 || people == Persons{}) return;
        if (current_ == nullptr || zone != zone_) {
            zone_ = zone;
            std::vector<Persons>& sums = zones_[zone];
            sums.resize(parts_);
            current_ = &sums;
        }
        std::size_t part = severity_parts * question;
        for (const double s : {severity.low, severity.headline, severity.most}) {
            (*current_)[part++] += part_of(people, Share::round(s));
        }
    }
    void add_to(Ledger& ledger) const {
        for (const auto& [zone, sums] : zones_) {
            for (std::size_t i = 0; i < sums.size(); ++i) {
                if (sums[i] == Persons{}) continue;
                const auto part = static_cast<SeverityPart>(i % severity_parts);
                ledger.add_served({zone, severity_key(i / severity_parts, part)}, sums[i]);
            }
        }
    }

private:
    std::size_t parts_;
    std::map<ZoneNumber, std::vector<Persons>> zones_;
    std::vector<Persons>* current_ = nullptr;
    ZoneNumber zone_ = outside_every_zone;
};

/// Cells that damage of any technology touches, one byte each; empty where there are none.
std::vector<std::uint8_t> touched_cells(const DamageTile& damage) {
    std::vector<std::uint8_t> touched;
    for (const std::vector<Severity>& cells : damage.of_technology) {
        touched.resize(std::max(touched.size(), cells.size()), 0);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].most > 0) touched[i] = 1;
        }
    }
    return touched;
}

/// Of cells without damage: what the maps of afterwards alone say.
Severity seen_loss(Service after) {
    if (after == Service::unserved) return {1, 1, 1};
    return {0, 0, after == Service::unknown ? 1.0 : 0.0};
}

}  // namespace

void EventPass::add_severities(const EventTile& tile, const DamageTile& damage, Partial& partial) const {
    const std::vector<std::uint8_t> touched = touched_cells(damage);
    if (!event_->has_severities() || (touched.empty() && plan_->study.event->after.empty())) return;
    const std::vector<LossQuestion>& questions = event_->questions;
    SeveritySums sums{questions.size()};
    std::vector<Severity> seen(questions.size());
    ServiceState known;
    bool is_known = false;
    for (const Booking& booking : tile.before) {
        const ZoneNumber zone = booking.key.zone;
        if (!booking.populated || zone == outside_every_zone) continue;
        const std::size_t row = tile.window.index_of({booking.row, booking.first});
        const auto cells = static_cast<std::size_t>(booking.end - booking.first);
        const auto people_of = [&](std::size_t i) {
            return cells == 1 ? booking.amount.people : tile.people[row + i];
        };
        for (std::size_t i = 0; i < cells; ++i) {
            const std::size_t cell = row + i;
            const ServiceState state = tile.states[cell];
            if (!touched.empty() && touched[cell] != 0) {
                for (std::size_t q = 0; q < questions.size(); ++q) {
                    if (any_of(state, questions[q].layers) != Service::served) continue;
                    sums.add(zone, q, severity_of(questions[q], tile, damage, cell), people_of(i));
                }
                continue;
            }
            if (!is_known || state != known) {
                known = state;
                is_known = true;
                for (std::size_t q = 0; q < questions.size(); ++q) {
                    const auto& layers = questions[q].layers;
                    seen[q] = any_of(state, layers) == Service::served
                                  ? seen_loss(any_of_after(state, layers, *event_))
                                  : Severity{};
                }
            }
            for (std::size_t q = 0; q < questions.size(); ++q) sums.add(zone, q, seen[q], people_of(i));
        }
    }
    sums.add_to(partial.ledger);
}

EventPass::Fate& EventPass::fate_of(const LedgerKey& by_maps, std::uint32_t set) {
    const auto [place, is_new] = fate_places_.try_emplace({by_maps, set}, fates_.size());
    if (is_new) {
        const std::span<const SiteNumber> sites = sets_.sites(set);
        const auto [record, is_first] =
            record_places_.try_emplace(FateKey{{outside_every_zone, by_maps.state}, set},
                                       static_cast<std::uint32_t>(record_fates_.size()));
        if (is_first) record_fates_.push_back({by_maps.state, {sites.begin(), sites.end()}});
        fates_.push_back({by_maps,
                          set,
                          after_sites(by_maps.state, sites, event_->site_alive, *event_),
                          {},
                          record->second});
    }
    return fates_[place->second];
}

void EventPass::note_run(std::int32_t row, std::int32_t first, std::int32_t end, std::uint32_t fate) {
    if (!fate_runs_.empty()) {
        TileRecord::FateRun& last = fate_runs_.back();
        if (last.row == row && last.end > first) return;  // another owner of the same cell
        if (last.row == row && last.end == first && last.fate == fate) {
            last.end = end;
            return;
        }
    }
    fate_runs_.push_back({row, first, end, fate});
}

void EventPass::operator()(const EventTile& tile, Partial& partial, std::vector<Booking>& after) {
    const std::size_t coverage = plan_->study.coverage.size();
    const std::size_t seen = plan_->study.event->after.size();
    const DamageTile damage = damage_on(*plan_, tile.window, tile.layers.subspan(coverage + seen));
    mark_after_by_maps(tile, damage);
    add_severities(tile, damage, partial);

    sets_ = ReachSets{};
    fates_.clear();
    fate_places_.clear();
    record_places_.clear();
    record_fates_.clear();
    fate_runs_.clear();
    const std::vector<std::vector<ReachRun>> reach = event_->reach.runs(tile.window);
    std::vector<ReachSegment> segments;
    const Booking* booking = tile.before.data();
    const Booking* const end = booking + tile.before.size();
    std::vector<Persons> upto(static_cast<std::size_t>(tile.window.columns) + 1);
    std::vector<ServiceState> states;
    for (std::int32_t row = tile.window.row; row < tile.window.row_end(); ++row) {
        const std::size_t row_start = tile.window.index_of({row, tile.window.column});
        const auto columns = static_cast<std::size_t>(tile.window.columns);
        sets_.segments(reach[static_cast<std::size_t>(row - tile.window.row)], tile.window.column,
                       tile.window.column_end(), segments);
        for (std::size_t i = 0; i < columns; ++i) upto[i + 1] = upto[i] + tile.people[row_start + i];
        // The answers of maps, while those of the row are replaced by what sites leave of them.
        states.assign(tile.states.begin() + static_cast<std::ptrdiff_t>(row_start),
                      tile.states.begin() + static_cast<std::ptrdiff_t>(row_start + columns));
        auto segment = segments.begin();
        for (; booking != end && booking->row == row; ++booking) {
            while (segment->end <= booking->first) ++segment;
            auto here = segment;
            for (std::int32_t first = booking->first; first < booking->end;) {
                while (here->end <= first) ++here;
                const auto at = [&](std::int32_t column) {
                    return static_cast<std::size_t>(column - tile.window.column);
                };
                const ServiceState by_maps = states[at(first)];
                std::int32_t last = first + 1;
                const std::int32_t limit = std::min(booking->end, here->end);
                while (last < limit && states[at(last)] == by_maps) ++last;
                const bool whole = first == booking->first && last == booking->end;
                const LedgerAmount amount = whole ? booking->amount
                                                  : LedgerAmount{upto[at(last)] - upto[at(first)],
                                                                 plan_->study_areas.of_run(row, first, last)};
                Fate& fate = fate_of({booking->key.zone, by_maps}, here->set);
                fate.amount.people += amount.people;
                fate.amount.area += amount.area;
                note_run(row, first, last, fate.in_record);
                after.push_back(
                    {row, first, last, booking->populated, {booking->key.zone, fate.state}, amount});
                std::fill(tile.states.begin() + static_cast<std::ptrdiff_t>(row_start + at(first)),
                          tile.states.begin() + static_cast<std::ptrdiff_t>(row_start + at(last)),
                          fate.state);
                first = last;
            }
        }
    }
    for (const Fate& fate : fates_) {
        partial.ledger.add({fate.by_maps.zone, fate.state}, fate.amount);
        if (fate.by_maps.zone == outside_every_zone) continue;
        partial.fates.add(fate.by_maps, sets_.sites(fate.set), fate.amount);
    }
}

}  // namespace phusong
