#include "algorithms/ledger/tally_tile.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "tests/support/drawing.hpp"

namespace phusong::test {
namespace {

EarthSurface plane() {
    EarthSurface surface;
    surface.geographic = false;
    return surface;
}

/// Tallies one drawn layer over drawn people.
Ledger tally(const std::vector<MultiPolygon>& zones, const Drawing& people, const Drawing& services,
             std::vector<Booking>* bookings = nullptr) {
    const GridSpec grid = unit_grid(people.rows(), people.columns());
    std::vector<LatticeShape> shapes;
    for (const MultiPolygon& zone : zones) shapes.push_back(on_lattice(zone, grid));
    const TileCover cover = ZoneIndex{std::move(shapes)}.cover(grid.window());
    const auto persons = people.map<Persons>([](char c) { return Persons::round(drawn_value(c)); });
    const auto states = services.map<ServiceState>([](char c) {
        const Service service = c == '#' ? Service::served : c == '?' ? Service::unknown : Service::unserved;
        return ServiceState{}.with(0, service);
    });
    const CellAreas areas{grid, plane()};
    Ledger ledger;
    tally_tile({cover,
                TileView<const Persons>{grid.window(), persons},
                TileView<const ServiceState>{grid.window(), states},
                areas,
                {}},
               ledger, bookings);
    return ledger;
}

double people_of(const Ledger& ledger, ZoneNumber zone, Service service) {
    Persons people;
    for (const Ledger::Row& row : ledger.rows()) {
        if (row.key.zone == zone && row.key.state.of(0) == service) people += row.amount.people;
    }
    return people.value();
}

}  // namespace

TEST_CASE("People are counted with their commune and their answer, the rest is outside") {
    const Ledger ledger = tally({rectangle(0, 0, 2, 3), rectangle(2, 0, 3, 3)},
                                {"1234",  //
                                 "5678",  //
                                 "9000"},
                                {"##..",  //
                                 "#??.",  //
                                 "...#"});
    CHECK(people_of(ledger, 0, Service::served) == 1 + 2 + 5);
    CHECK(people_of(ledger, 0, Service::unknown) == 6);
    CHECK(people_of(ledger, 0, Service::unserved) == 9);
    CHECK(people_of(ledger, 1, Service::unserved) == 3);
    CHECK(people_of(ledger, 1, Service::unknown) == 7);
    CHECK(people_of(ledger, outside_every_zone, Service::unserved) == 4 + 8);
}

TEST_CASE("A border through cells splits their people by area, and land as well") {
    const Ledger ledger = tally({rectangle(0, 0, 1.25, 1), rectangle(1.25, 0, 1.75, 1)}, {"48"}, {"##"});
    CHECK(people_of(ledger, 0, Service::served) == 4 + 2);
    CHECK(people_of(ledger, 1, Service::served) == 4);
    CHECK(people_of(ledger, outside_every_zone, Service::served) == 2);
    CHECK(ledger.rows().front().amount.area.value() == 0.25);
}

TEST_CASE("Of a cell of nine people, 40 % in the commune, 3.6 people are in the commune") {
    const Ledger ledger = tally({rectangle(0, 0, 0.4, 1)}, {"9"}, {"#"});
    // To half a unit of 2^-24 person.
    CHECK(people_of(ledger, 0, Service::served) == Approx(3.6).margin(0x1p-25));
}

TEST_CASE("Overlapping communes each count everybody there, and the surplus is booked as counted twice") {
    const Ledger ledger = tally({rectangle(0, 0, 2, 1), rectangle(1, 0, 3, 1)}, {"123"}, {"#.#"});
    CHECK(people_of(ledger, 0, Service::served) == 1);
    CHECK(people_of(ledger, 0, Service::unserved) == 2);
    CHECK(people_of(ledger, 1, Service::unserved) == 2);
    CHECK(people_of(ledger, 1, Service::served) == 3);
    CHECK(people_of(ledger, counted_twice, Service::unserved) == 2);
    CHECK(balance_of(ledger, Persons::round(6)).holds());
}

TEST_CASE("Nobody is lost or invented: random communes over random people balance to the unit") {
    std::mt19937_64 random{1};
    std::uniform_real_distribution<double> place{-2, 14};
    for (int round = 0; round < 50; ++round) {
        const GridSpec grid = unit_grid(12, 12);
        std::vector<LatticeShape> shapes;
        for (int i = 0; i < 6; ++i) {
            shapes.push_back(on_lattice(polygon({{place(random), place(random)},
                                                 {place(random), place(random)},
                                                 {place(random), place(random)}}),
                                        grid));
        }
        std::vector<Persons> people;
        std::vector<ServiceState> states;
        Persons total;
        for (int i = 0; i < 144; ++i) {
            people.push_back(Persons::of_units(static_cast<std::int64_t>(random() % 100000007)));
            states.push_back(ServiceState::of_bits(random() % 3));
            total += people.back();
        }
        const CellAreas areas{grid, plane()};
        const TileCover cover = ZoneIndex{shapes}.cover(grid.window());
        Ledger ledger;
        tally_tile({cover,
                    TileView<const Persons>{grid.window(), people},
                    TileView<const ServiceState>{grid.window(), states},
                    areas,
                    {}},
                   ledger);
        CHECK(balance_of(ledger, total).holds());
        Area land;
        for (const Ledger::Row& row : ledger.rows()) {
            if (row.key.zone == counted_twice) {
                land -= row.amount.area;
            } else {
                land += row.amount.area;
            }
        }
        CHECK(land.value() == 144);
    }
}

TEST_CASE("A share layer contributes people x share, and nothing where it is unknown") {
    const GridSpec grid = unit_grid(1, 3);
    const std::vector<Persons> people(3, Persons::round(100));
    const std::vector<ServiceState> states(3);
    const std::vector<double> shares{0.4, std::numeric_limits<double>::quiet_NaN(), 1.0};
    const TileCover cover = ZoneIndex{{on_lattice(rectangle(0, 0, 2.5, 1), grid)}}.cover(grid.window());
    const CellAreas areas{grid, plane()};
    const std::vector<ShareLayer> layers{{3, TileView<const double>{grid.window(), shares}}};
    Ledger ledger;
    tally_tile({cover, TileView<const Persons>{grid.window(), people},
                TileView<const ServiceState>{grid.window(), states}, areas, layers},
               ledger);
    CHECK(ledger.served_by_share({0, 3}).value() == Approx(40 + 50));
    CHECK(ledger.served_by_share({outside_every_zone, 3}).value() == Approx(50));
    CHECK(ledger.served_by_share({0, 0}) == Persons{});
}

namespace {

/// "row first-end zone people" of every booking, '+' where its cells have people.
std::vector<std::string> bookings(const std::vector<MultiPolygon>& zones, const Drawing& people,
                                  const Drawing& services) {
    std::vector<Booking> noted;
    tally(zones, people, services, &noted);
    std::vector<std::string> lines;
    for (const Booking& booking : noted) {
        char line[64];
        std::snprintf(line, sizeof line, "%d %d-%d %+d %g%s", booking.row, booking.first, booking.end,
                      booking.key.zone, booking.amount.people.value(), booking.populated ? " +" : "");
        lines.emplace_back(line);
    }
    return lines;
}

}  // namespace

TEST_CASE("Bookings end where the commune, the answer, or being inhabited changes") {
    CHECK(bookings({rectangle(0, 0, 5, 2), rectangle(5, 0, 7, 2)},
                   {"11002340",  //
                    "00000000"},
                   {"...#####",  //
                    "........"}) == std::vector<std::string>{"0 0-2 +0 2 +", "0 2-3 +0 0", "0 3-4 +0 0",
                                                             "0 4-5 +0 2 +", "0 5-7 +1 7 +", "0 7-8 -1 0",
                                                             "1 0-5 +0 0", "1 5-7 +1 0", "1 7-8 -1 0"});
}

TEST_CASE("Bookings of a shared cell follow each other, its owners first") {
    CHECK(bookings({rectangle(0, 0, 1.5, 1), rectangle(1.5, 0, 1.75, 1)}, {"488"}, {"..."}) ==
          std::vector<std::string>{"0 0-1 +0 4 +", "0 1-2 +0 4 +", "0 1-2 +1 2 +", "0 1-2 -1 2 +",
                                   "0 2-3 -1 8 +"});
    CHECK(bookings({rectangle(0, 0, 1, 1), rectangle(0, 0, 1, 1)}, {"4"}, {"."}) ==
          std::vector<std::string>{"0 0-1 +0 4 +", "0 0-1 +1 4 +", "0 0-1 -2 4 +"});
    // Nobody is in a commune's part of a cell, but somebody lives in the cell.
    CHECK(bookings({rectangle(0, 0, 0x1p-30, 1)}, {"1"}, {"."}) ==
          std::vector<std::string>{"0 0-1 +0 0 +", "0 0-1 -1 1 +"});
}

TEST_CASE("Bookings add up to the ledger, in row-major order, each of inhabited cells or of others") {
    std::mt19937_64 random{3};
    std::uniform_real_distribution<double> place{-2, 14};
    for (int round = 0; round < 50; ++round) {
        // A tile within a larger grid.
        const GridSpec grid = unit_grid(20, 20);
        const Window tile{3, 5, 12, 9};
        std::vector<LatticeShape> shapes;
        shapes.reserve(4);
        for (int i = 0; i < 4; ++i) {
            shapes.push_back(on_lattice(polygon({{5 + place(random), 3 + place(random)},
                                                 {5 + place(random), 3 + place(random)},
                                                 {5 + place(random), 3 + place(random)}}),
                                        grid));
        }
        std::vector<Persons> people;
        std::vector<ServiceState> states;
        for (std::size_t i = 0; i < tile.cell_count(); ++i) {
            people.push_back(
                Persons::of_units(random() % 2 == 0 ? 0 : static_cast<std::int64_t>(random() % 100000007)));
            states.push_back(ServiceState::of_bits(random() % 3));
        }
        const CellAreas areas{grid, plane()};
        const TileCover cover = ZoneIndex{shapes}.cover(tile);
        const TallyInput input{cover,
                               TileView<const Persons>{tile, people},
                               TileView<const ServiceState>{tile, states},
                               areas,
                               {}};
        Ledger silent;
        tally_tile(input, silent);
        Ledger ledger;
        std::vector<Booking> noted;
        tally_tile(input, ledger, &noted);
        CHECK(ledger == silent);

        Ledger summed;
        bool in_order = true;
        bool of_one_kind = true;
        std::vector<int> seen(tile.cell_count(), 0);
        Booking before;
        before.row = -1;
        for (const Booking& booking : noted) {
            summed.add(booking.key, booking.amount);
            const bool same_cell = booking.row == before.row && booking.first == before.first &&
                                   booking.end == before.end && booking.end == booking.first + 1;
            in_order &=
                booking.first < booking.end && (booking.row > before.row || same_cell ||
                                                (booking.row == before.row && booking.first >= before.end));
            for (std::int32_t column = booking.first; column < booking.end; ++column) {
                const std::size_t i = tile.index_of({booking.row, column});
                of_one_kind &= booking.populated == (people[i] > Persons{}) && booking.key.state == states[i];
                seen[i] = 1;
            }
            before = booking;
        }
        CHECK(summed == ledger);
        CHECK(in_order);
        CHECK(of_one_kind);
        CHECK(seen == std::vector<int>(tile.cell_count(), 1));
    }
}

}  // namespace phusong::test
