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

EventPass::EventPass(const Plan& plan, bool keeps_record)
    : plan_{&plan},
      event_{&*plan.event},
      has_zones_of_event_{
          std::any_of(plan.dead_zones.begin(), plan.dead_zones.end(),
                      [](const DeadZoneDefinition& definition) { return definition.rule.of_an_event(); })},
      fates_{*plan.event, keeps_record} {
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
    const auto stays = [&](std::size_t layer) {
        return severities_on(damage, technology_of_layer_[layer]) == nullptr && !event_->seen_after[layer];
    };
    // Of layers that stay as they were the answers follow from the state before: neighbours share both.
    ServiceState before;
    ServiceState marked;
    for (ServiceState& state : tile.states) {
        if (state != before) {
            before = state;
            marked = state;
            for (std::size_t layer = 0; layer < event_->after_layer.size(); ++layer) {
                if (!event_->after_layer[layer] || !stays(layer)) continue;
                marked = marked.with(*event_->after_layer[layer], before.of(layer));
            }
        }
        state = marked;
    }
    for (std::size_t layer = 0; layer < event_->after_layer.size(); ++layer) {
        if (!event_->after_layer[layer] || stays(layer)) continue;
        const std::size_t after = *event_->after_layer[layer];
        const std::vector<Severity>* severities = severities_on(damage, technology_of_layer_[layer]);
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

void EventPass::split(const Booking& booking, const EventTile& tile, std::span<const ServiceState> states,
                      const ReachSegment* reach, std::vector<Booking>& after) {
    const auto in_row = [&](std::int32_t column) {
        return static_cast<std::size_t>(column - tile.window.column);
    };
    const std::size_t row_start = tile.window.index_of({booking.row, tile.window.column});
    bool is_known = false;
    ServiceState by_maps;
    std::uint32_t key = 0;
    for (std::int32_t first = booking.first; first < booking.end;) {
        while (reach->end <= first) ++reach;
        if (!is_known || states[in_row(first)] != by_maps) {
            is_known = true;
            by_maps = states[in_row(first)];
            key = fates_.key_of({booking.key.zone, by_maps});
        }
        const std::int32_t limit = std::min(booking.end, reach->end);
        std::int32_t last = first + 1;
        while (last < limit && states[in_row(last)] == by_maps) ++last;
        LedgerAmount amount = booking.amount;
        if (first != booking.first || last != booking.end) {
            amount = {{}, plan_->study_areas.of_run(booking.row, first, last)};
            if (booking.populated) {
                const auto people =
                    tile.people.subspan(row_start + in_row(first), static_cast<std::size_t>(last - first));
                for (const Persons& cell : people) amount.people += cell;
            }
        }
        const ServiceState state = fates_.add(key, reach->set, {booking.row, first, last}, amount).state;
        if (has_zones_of_event_) {
            const bool goes_on = first != booking.first && after.back().key.state == state;
            if (goes_on) {
                after.back().end = last;
                after.back().amount.people += amount.people;
                after.back().amount.area += amount.area;
            } else {
                after.push_back(
                    {booking.row, first, last, booking.populated, {booking.key.zone, state}, amount});
            }
        }
        const auto cells = tile.states.subspan(row_start + in_row(first));
        std::fill_n(cells.begin(), last - first, state);
        first = last;
    }
}

void EventPass::operator()(const EventTile& tile, Partial& partial, std::vector<Booking>& after) {
    const std::size_t coverage = plan_->study.coverage.size();
    const std::size_t seen = plan_->study.event->after.size();
    const DamageTile damage = damage_on(*plan_, tile.window, tile.layers.subspan(coverage + seen));
    mark_after_by_maps(tile, damage);
    add_severities(tile, damage, partial);

    fates_.clear();
    const std::vector<std::vector<ReachRun>> reach = event_->reach.runs(tile.window);
    std::vector<ReachSegment> segments;
    std::vector<ServiceState> states;
    const auto columns = static_cast<std::size_t>(tile.window.columns);
    auto booking = tile.before.begin();
    for (std::int32_t row = tile.window.row; row < tile.window.row_end(); ++row) {
        fates_.sets().segments(reach[static_cast<std::size_t>(row - tile.window.row)], tile.window.column,
                               tile.window.column_end(), segments);
        // The answers of maps, while those of the row are replaced by what sites leave of them.
        const auto cells = tile.states.subspan(tile.window.index_of({row, tile.window.column}), columns);
        states.assign(cells.begin(), cells.end());
        const ReachSegment* segment = segments.data();
        for (; booking != tile.before.end() && booking->row == row; ++booking) {
            while (segment->end <= booking->first) ++segment;
            split(*booking, tile, states, segment, after);
        }
    }
    fates_.hand_over(partial);
}

}  // namespace phusong
