#include "algorithms/ledger/row_people.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace phusong::test {
namespace {

/// A row as it comes: nobody, crumbs of a unit or two, towns.
std::vector<Persons> random_row(std::size_t cells, std::mt19937_64& random) {
    std::vector<Persons> row(cells);
    for (Persons& cell : row) {
        switch (random() % 4) {
            case 0:
                cell = Persons::of_units(static_cast<std::int64_t>(random() % 300));
                break;
            case 1:
                cell = Persons::of_units(static_cast<std::int64_t>(random() % (std::uint64_t{1} << 40)));
                break;
            default:
                break;
        }
    }
    return row;
}

void check_row(const std::vector<Persons>& cells, std::int32_t refine, std::mt19937_64& random,
               bool narrow = false) {
    RowPeople people{refine};
    std::vector<std::int32_t> units;
    for (const Persons& cell : cells) units.push_back(static_cast<std::int32_t>(cell.units()));
    if (narrow) {
        people.assign(PeopleRow{{}, units, false});
    } else {
        people.assign(cells);
    }
    const std::int64_t parts = std::int64_t{refine} * refine;
    const auto columns = static_cast<std::int32_t>(cells.size()) * refine;
    for (std::int32_t part = 0; part < refine; ++part) {
        if (part > 0) people.take_part(part);
        // Part by part, the plain way.
        std::vector<Persons> plain;
        for (std::int32_t column = 0; column < columns; ++column) {
            const std::int64_t index = std::int64_t{part} * refine + column % refine;
            plain.push_back(even_part(cells[static_cast<std::size_t>(column / refine)], index, parts));
        }
        for (int draw = 0; draw < 20; ++draw) {
            const auto first = static_cast<std::int32_t>(random() % static_cast<std::uint64_t>(columns));
            const auto rest = static_cast<std::uint64_t>(columns - first);
            const std::int32_t end = first + 1 + static_cast<std::int32_t>(random() % rest);
            Persons sum;
            for (std::int32_t column = first; column < end; ++column)
                sum += plain[static_cast<std::size_t>(column)];
            REQUIRE(people.sum(first, end) == sum);
            std::int32_t same = first + 1;
            const auto populated = [&](std::int32_t column) {
                return plain[static_cast<std::size_t>(column)] > Persons{};
            };
            while (same < end && populated(same) == populated(first)) ++same;
            REQUIRE(people.same_until(first, end) == same);
        }
    }
}

}  // namespace

TEST_CASE("People of any run of parts are the sum of its even parts, and runs end where people do") {
    std::mt19937_64 random{7};
    for (const std::int32_t refine : {1, 2, 3, 7, 16, 20}) {
        for (int round = 0; round < 10; ++round) check_row(random_row(37, random), refine, random);
        for (int round = 0; round < 10; ++round) {
            std::vector<Persons> few = random_row(37, random);
            for (Persons& cell : few) cell = Persons::of_units(cell.units() & 0x7FFFFFFF);
            check_row(few, refine, random, true);
        }
        check_row(std::vector<Persons>(5), refine, random);
        check_row(std::vector<Persons>(5), refine, random, true);
        // More than a hurried sum can hold.
        check_row({Persons::of_units(std::int64_t{1} << 55), Persons{}, Persons::of_units(3)}, refine,
                  random);
    }
}

TEST_CASE("A row with more people than can be counted is refused") {
    RowPeople people{2};
    const std::vector<Persons> cells(5, Persons::of_units(std::int64_t{1} << 62));
    CHECK_THROWS_AS(people.assign(cells), QuantityOverflow);
}

}  // namespace phusong::test
