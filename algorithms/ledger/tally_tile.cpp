#include "algorithms/ledger/tally_tile.hpp"

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

class TileTally {
public:
    TileTally(const TallyInput& tile, Ledger& ledger, std::vector<Booking>* bookings)
        : tile_{tile}, ledger_{ledger}, bookings_{bookings} {}

    /// Cells [first, end) of a row that one zone, or none, owns whole.
    void whole_run(std::int32_t row, std::int32_t first, std::int32_t end, ZoneNumber zone) {
        const std::span<const ServiceState> states = tile_.states.row(row);
        const std::span<const Persons> people = tile_.people.row(row);
        const std::int32_t west = tile_.cover.window.column;
        for (std::int32_t column = first; column < end;) {
            const ServiceState state = states[static_cast<std::size_t>(column - west)];
            const std::int32_t run_first = column;
            Persons sum;
            while (column < end && states[static_cast<std::size_t>(column - west)] == state) {
                sum += people[static_cast<std::size_t>(column - west)];
                ++column;
            }
            ledger_.add({zone, state}, {sum, tile_.areas.of_run(row, run_first, column)});
            if (bookings_ != nullptr) note_run({zone, state}, row, run_first, column);
        }
        for (const ShareLayer& layer : tile_.share_layers) {
            const std::span<const double> shares = layer.share.row(row);
            Persons served;
            for (std::int32_t column = first; column < end; ++column) {
                const auto i = static_cast<std::size_t>(column - west);
                served += served_of(people[i], shares[i]);
            }
            if (served != Persons{}) ledger_.add_served({zone, layer.layer}, served);
        }
    }

    /// One cell that several communes own, or that is owned in part.
    void shared_cell(Cell cell, std::span<const Owner> owners) {
        const ServiceState state = tile_.states(cell);
        const Persons people = tile_.people(cell);
        const Area area = tile_.areas.of_cell(cell.row, cell.column);
        Divider people_left{people};
        Divider area_left{area};
        for (const Owner& owner : owners) {
            book(cell, {owner.zone, state}, {people_left.next(owner.share), area_left.next(owner.share)});
        }
        const LedgerAmount rest{people_left.rest(), area_left.rest()};
        if (rest.people < Persons{} || rest.area < Area{}) {
            book(cell, {counted_twice, state}, {Persons{} - rest.people, Area{} - rest.area});
        } else if (rest.people > Persons{} || rest.area > Area{}) {
            book(cell, {outside_every_zone, state}, rest);
        }
    }

private:
    /// Cells of one key, split where inhabited and uninhabited cells meet.
    void note_run(const LedgerKey& key, std::int32_t row, std::int32_t first, std::int32_t end) {
        const std::span<const Persons> people = tile_.people.row(row);
        const std::int32_t west = tile_.cover.window.column;
        const auto has_people = [&](std::int32_t column) {
            return people[static_cast<std::size_t>(column - west)] > Persons{};
        };
        for (std::int32_t column = first; column < end;) {
            const std::int32_t run_first = column;
            const bool populated = has_people(column);
            Persons sum;
            for (; column < end && has_people(column) == populated; ++column) {
                sum += people[static_cast<std::size_t>(column - west)];
            }
            bookings_->push_back(
                {row, run_first, column, populated, key, {sum, tile_.areas.of_run(row, run_first, column)}});
        }
    }
    void book(Cell cell, const LedgerKey& key, const LedgerAmount& amount) {
        ledger_.add(key, amount);
        if (bookings_ != nullptr) {
            bookings_->push_back(
                {cell.row, cell.column, cell.column + 1, tile_.people(cell) > Persons{}, key, amount});
        }
        for (const ShareLayer& layer : tile_.share_layers) {
            const Persons served = served_of(amount.people, layer.share(cell));
            if (served != Persons{}) ledger_.add_served({key.zone, layer.layer}, served);
        }
    }

    static Persons served_of(Persons people, double share) {
        if (std::isnan(share) || people == Persons{}) return {};
        return part_of(people, Share::round(share));
    }

    const TallyInput& tile_;
    Ledger& ledger_;
    std::vector<Booking>* bookings_;
};

}  // namespace

void tally_tile(const TallyInput& tile, Ledger& ledger, std::vector<Booking>* bookings) {
    TileTally tally{tile, ledger, bookings};
    const Window& window = tile.cover.window;
    auto segment = tile.cover.segments.begin();
    for (std::int32_t row = window.row; row < window.row_end(); ++row) {
        std::int32_t column = window.column;
        for (; segment != tile.cover.segments.end() && segment->row == row; ++segment) {
            const std::int32_t end = segment->first_column + segment->columns;
            tally.whole_run(row, column, segment->first_column, outside_every_zone);
            if (tile.cover.is_whole(*segment)) {
                tally.whole_run(row, segment->first_column, end,
                                tile.cover.owners[segment->first_owner].zone);
            } else {
                for (std::int32_t cell = segment->first_column; cell < end; ++cell) {
                    tally.shared_cell({row, cell}, tile.cover.owners_of(*segment));
                }
            }
            column = end;
        }
        tally.whole_run(row, column, window.column_end(), outside_every_zone);
    }
}

Persons even_part(Persons amount, std::int64_t index, std::int64_t parts) {
    assert(parts >= 1 && index >= 0 && index < parts);
    const std::int64_t each = amount.units() / parts;
    const std::int64_t left = amount.units() % parts;
    return Persons::of_units(each + (index + 1) * left / parts - index * left / parts);
}

}  // namespace phusong
