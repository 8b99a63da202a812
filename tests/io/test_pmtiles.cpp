#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "io/files/pmtiles.hpp"

using namespace phusong;

namespace {

std::uint64_t number_at(const std::string& archive, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 8; i > 0; --i) {
        number = number << 8U | static_cast<unsigned char>(archive[at + i - 1]);
    }
    return number;
}

}  // namespace

TEST_CASE("Tiles are numbered zoom by zoom along Hilbert's curve, as the specification's table says") {
    CHECK(io::tile_number(0, 0, 0) == 0);
    CHECK(io::tile_number(1, 0, 0) == 1);
    CHECK(io::tile_number(1, 0, 1) == 2);
    CHECK(io::tile_number(1, 1, 1) == 3);
    CHECK(io::tile_number(1, 1, 0) == 4);
    CHECK(io::tile_number(2, 0, 0) == 5);
    CHECK(io::tile_number(12, 3423, 1763) == 19078479);
}

TEST_CASE("Neighbours along the curve are neighbours on the map, and no number is given twice") {
    for (const std::uint8_t zoom : {std::uint8_t{3}, std::uint8_t{4}}) {
        const std::uint32_t side = 1U << zoom;
        std::vector<int> x_of(std::size_t{side} * side, -1);
        std::vector<int> y_of = x_of;
        const std::uint64_t first = io::tile_number(zoom, 0, 0);
        for (std::uint32_t x = 0; x < side; ++x) {
            for (std::uint32_t y = 0; y < side; ++y) {
                const std::size_t place = io::tile_number(zoom, x, y) - first;
                REQUIRE(place < x_of.size());
                REQUIRE(x_of[place] == -1);
                x_of[place] = static_cast<int>(x);
                y_of[place] = static_cast<int>(y);
            }
        }
        for (std::size_t i = 1; i < x_of.size(); ++i) {
            CHECK(std::abs(x_of[i] - x_of[i - 1]) + std::abs(y_of[i] - y_of[i - 1]) == 1);
        }
    }
}

TEST_CASE("The root directory fits the first 16 KiB, with leaves behind it where there are many tiles") {
    const auto archive_of = [](std::uint32_t side) {
        std::vector<io::WebTile> tiles;
        for (std::uint32_t x = 0; x < side; ++x) {
            for (std::uint32_t y = 0; y < side; ++y) {
                // Lengths that hardly pack.
                tiles.push_back({10, x, y, std::string(1 + (x * 7919 + y * 104729 + x * y * 31) % 97, 'x')});
            }
        }
        return io::pmtiles_of(std::move(tiles), {}, "{}");
    };
    for (const auto& [side, leaves] : {std::pair{20U, false}, std::pair{300U, true}}) {
        const std::string archive = archive_of(side);
        CHECK(number_at(archive, 8) + number_at(archive, 16) <= 16384);
        CHECK((number_at(archive, 48) > 0) == leaves);
        CHECK(number_at(archive, 72) == std::uint64_t{side} * side);
        CHECK(number_at(archive, 56) + number_at(archive, 64) == archive.size());
    }
}
