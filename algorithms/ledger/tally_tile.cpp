#include "algorithms/ledger/tally_tile.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace phusong {

namespace {

/// Takes an amount apart by shares, in order, so that the parts of a fully owned cell add up to it exactly:
/// each part is the difference of two rounded running sums.
template <typename Quantity>
class Divider {
public:
    explicit Divider(Quantity amount) : amount_{amount} {}

    Quantity next(Share share) {
        units_ += share.units();
        const Quantity upto = part_of(amount_, Share::of_units(units_));
        const Quantity part = upto - taken_;
        taken_ = upto;
        return part;
    }
    [[nodiscard]] Quantity rest() const { return amount_ - taken_; }

private:
    Quantity amount_;
    Quantity taken_;
    std::int64_t units_ = 0;
};

Persons served_of(Persons people, double share) {
    if (std::isnan(share) || people == Persons{}) return {};
    return part_of(people, Share::round(share));
}

}  // namespace

void TileTally::add(const LedgerKey& key, const LedgerAmount& amount) {
    Line& line = lines_[HashLedgerKey{}(key) % lines];
    if (line.key != key || !line.used) {
        if (line.used) ledger_->add(line.key, line.amount);
        line = {key, {}, true};
    }
    line.amount.people += amount.people;
    line.amount.area += amount.area;
}

void TileTally::finish() {
    for (Line& line : lines_) {
        if (line.used) ledger_->add(line.key, line.amount);
        line = {};
    }
}

void TileTally::whole_run(std::int32_t first, std::int32_t end, ZoneNumber zone) {
    const bool books = bookings_ != nullptr && (notes_outside_ || zone != outside_every_zone);
    for (std::int32_t column = first; column < end;) {
        const StateRun& run = run_at(column);
        const std::int32_t run_first = column;
        column = std::min(end, run.end);
        const LedgerKey key{zone, run.state};
        add(key, {people(run_first, column), areas_->of_run(row_, run_first, column)});
        if (books && run.noted) note_run(key, run_first, column);
    }
    for (const ShareLayer& layer : share_layers_) {
        const std::span<const double> shares = layer.share.row(row_);
        const std::int32_t west = cover_->window.column;
        Persons served;
        for (std::int32_t column = first; column < end; ++column) {
            const double share = shares[static_cast<std::size_t>(column - west)];
            served += served_of(people(column, column + 1), share);
        }
        if (served != Persons{}) ledger_->add_served({zone, layer.layer}, served);
    }
}

/// Cells of one key, split where inhabited and uninhabited cells meet.
void TileTally::note_run(const LedgerKey& key, std::int32_t first, std::int32_t end) {
    const std::int32_t west = cover_->window.column;
    for (std::int32_t column = first; column < end;) {
        const std::int32_t run_first = column;
        column = west + people_->same_until(column - west, end - west);
        const Persons here = people(run_first, column);
        bookings_->push_back({row_,
                              run_first,
                              column,
                              here > Persons{},
                              key,
                              {here, areas_->of_run(row_, run_first, column)}});
    }
}

/// One cell that several communes own, or that is owned in part.
void TileTally::shared_cell(std::int32_t column, std::span<const Owner> owners) {
    const ServiceState state = run_at(column).state;
    Divider people_left{people(column, column + 1)};
    Divider area_left{areas_->of_cell(row_, column)};
    for (const Owner& owner : owners) {
        book(column, {owner.zone, state}, {people_left.next(owner.share), area_left.next(owner.share)});
    }
    const LedgerAmount rest{people_left.rest(), area_left.rest()};
    if (rest.people < Persons{} || rest.area < Area{}) {
        book(column, {counted_twice, state}, {Persons{} - rest.people, Area{} - rest.area});
    } else if (rest.people > Persons{} || rest.area > Area{}) {
        book(column, {outside_every_zone, state}, rest);
    }
}

void TileTally::book(std::int32_t column, const LedgerKey& key, const LedgerAmount& amount) {
    add(key, amount);
    if (bookings_ != nullptr && (notes_cut_cells_ || states_[at_].noted)) {
        bookings_->push_back({row_, column, column + 1, people(column, column + 1) > Persons{}, key, amount});
    }
    for (const ShareLayer& layer : share_layers_) {
        const Persons served = served_of(amount.people, layer.share({row_, column}));
        if (served != Persons{}) ledger_->add_served({key.zone, layer.layer}, served);
    }
}

void TileTally::add_row(std::int32_t row, std::span<const StateRun> states, const RowPeople& people) {
    const Window& window = cover_->window;
    assert(!states.empty() && states.back().end == window.column_end());
    row_ = row;
    states_ = states;
    at_ = 0;
    people_ = &people;
    std::int32_t column = window.column;
    for (; segment_ < cover_->segments.size() && cover_->segments[segment_].row == row; ++segment_) {
        const CoverSegment& segment = cover_->segments[segment_];
        const std::int32_t end = segment.first_column + segment.columns;
        whole_run(column, segment.first_column, outside_every_zone);
        if (cover_->is_whole(segment)) {
            whole_run(segment.first_column, end, cover_->owners[segment.first_owner].zone);
        } else {
            for (std::int32_t cell = segment.first_column; cell < end; ++cell) {
                shared_cell(cell, cover_->owners_of(segment));
            }
        }
        column = end;
    }
    whole_run(column, window.column_end(), outside_every_zone);
}

void tally_tile(const TallyInput& tile, Ledger& ledger, std::vector<Booking>* bookings) {
    TileTally tally{tile.cover, tile.areas, tile.share_layers, ledger, bookings};
    const Window& window = tile.cover.window;
    RowPeople people{1};
    std::vector<StateRun> runs;
    if (window.empty()) return;
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        const std::span<const ServiceState> states = tile.states.row(row);
        runs.clear();
        for (std::size_t i = 0; i < states.size(); ++i) {
            const std::int32_t end = window.column + static_cast<std::int32_t>(i) + 1;
            if (runs.empty() || runs.back().state != states[i]) {
                runs.push_back({end, states[i], true});
            } else {
                runs.back().end = end;
            }
        }
        people.assign(tile.people.row(row));
        tally.add_row(row, runs, people);
    }
    tally.finish();
}

}  // namespace phusong
