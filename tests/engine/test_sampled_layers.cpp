#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "algorithms/ledger/questions.hpp"
#include "engine/cell_sampler.hpp"
#include "engine/memory_sources.hpp"
#include "engine/mixed_cells.hpp"
#include "engine/sampled_bytes.hpp"

namespace phusong::test {
namespace {

/// A raster in blobs: mostly the byte before or above.
std::vector<std::uint8_t> blobs(Window window, std::uint64_t one_in, std::mt19937_64& random) {
    std::vector<std::uint8_t> bytes(window.cell_count());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto above = static_cast<std::size_t>(window.columns);
        if (random() % one_in == 0) {
            bytes[i] = static_cast<std::uint8_t>(random() % 3);
        } else {
            bytes[i] = i >= above && random() % 2 == 0 ? bytes[i - above] : i > 0 ? bytes[i - 1] : 0;
        }
    }
    return bytes;
}

/// As a map projection bends, within a tenth of a cell over 300 cells.
std::unique_ptr<CoordinateTransform> bend() {
    return MemoryTransform{[](Point p) {
               return Point{p.x + 2e-3 * p.y + 1e-6 * p.x * p.x, p.y - 2e-3 * p.x + 1e-6 * p.y * p.x};
           }}
        .open();
}

/// Bends so much that no block can be interpolated.
std::unique_ptr<CoordinateTransform> wave() {
    return MemoryTransform{[](Point p) { return Point{p.x + 4 * std::sin(p.y / 5), p.y}; }}.open();
}

}  // namespace

TEST_CASE("A rectangle of bytes is of one value when every byte of it is") {
    std::mt19937_64 random{5};
    constexpr std::int32_t stride = 40;
    std::vector<std::uint8_t> bytes(stride * 10);
    for (std::int32_t columns = 1; columns <= 30; ++columns) {
        for (int round = 0; round < 60; ++round) {
            std::fill(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(200));
            const auto rows = static_cast<std::int32_t>(1 + random() % 5);
            const std::size_t odd = random() % bytes.size();
            bytes[odd] = 3;
            const auto row = static_cast<std::int32_t>(odd / stride);
            const auto column = static_cast<std::int32_t>(odd % stride);
            const bool within = row >= 2 && row < 2 + rows && column >= 4 && column < 4 + columns;
            const bool alone = rows * columns == 1;
            CHECK(all_equal(&bytes[2 * stride + 4], stride, rows, columns) == (!within || alone));
        }
    }
}

TEST_CASE("Every study cell gets the byte under its point, in blocks as cell by cell") {
    std::mt19937_64 random{7};
    // Study cells on 330 x 300 units; the raster leaves out a margin in the west and the north.
    const GridSpec study{0, 300, 0.5, 0.5, 660, 600};
    const GridSpec raster{21, 288, 0.9, 0.9, 420, 400};
    const Window all = raster.window();
    for (const std::uint64_t one_in : {4U, 40U, 4000U}) {
        const std::vector<std::uint8_t> first = blobs(all, one_in, random);
        const std::vector<std::uint8_t> second = blobs(all, one_in * 3, random);
        for (int kind = 0; kind < 3; ++kind) {
            CellSampler sampler{study, 6, raster, kind == 0 ? nullptr : kind == 1 ? bend() : wave()};
            const Window window{3, 17, 570, 601};
            const SampledCells cells = sampler.sample(window);
            std::vector<std::uint8_t> out_of_first(window.cell_count(), 77);
            std::vector<std::uint8_t> out_of_second(window.cell_count(), 77);
            const std::vector<SampledBytes> layers{{all, first, 99, out_of_first},
                                                   {all, second, 98, out_of_second}};
            ByteSampler bytes;
            bytes.sample(sampler, sampler.blocks(window), window, layers);
            std::size_t wrong = 0;
            std::size_t beyond = 0;
            for (std::size_t i = 0; i < cells.cells.size(); ++i) {
                const bool off = cells.cells[i].row < 0;
                if (off) ++beyond;
                const std::size_t at = off ? 0 : all.index_of(cells.cells[i]);
                if (out_of_first[i] != (off ? 99 : first[at])) ++wrong;
                if (out_of_second[i] != (off ? 98 : second[at])) ++wrong;
            }
            CHECK(wrong == 0);
            CHECK(beyond > 1000);
            CHECK(beyond < window.cell_count() / 2);
        }
    }
}

TEST_CASE("The place of a part of a block holds the cells of all of its points") {
    const GridSpec study{0, 300, 0.5, 0.5, 660, 600};
    const GridSpec raster{21, 288, 0.9, 0.9, 420, 400};
    for (int kind = 0; kind < 3; ++kind) {
        CellSampler sampler{study, 4, raster, kind == 0 ? nullptr : kind == 1 ? bend() : wave()};
        for (const CellSampler::Block& block : sampler.blocks(study.window())) {
            for (std::int32_t row = block.study.row; row < block.study.row_end(); row += 13) {
                for (std::int32_t column = block.study.column; column < block.study.column_end();
                     column += 9) {
                    const Window part = intersection(block.study, {row, column, 13, 9});
                    std::vector<Cell> cells(part.cell_count());
                    sampler.cells_of(block, part, cells);
                    const SampledPlace place = sampler.place_of(block, part);
                    bool held = true;
                    for (const Cell& cell : cells) {
                        held = held && (cell.row < 0 ? !place.inside : place.hull.contains(cell));
                    }
                    REQUIRE(held);
                }
            }
        }
    }
}

TEST_CASE("A population cell is mixed when two neighbours among its study cells answer differently") {
    // Three layers of two technologies on 3 x 3 study cells a population cell; layer 2 is exact.
    std::vector<Technology> technologies(2);
    technologies[0].layers = {0, 1};
    technologies[1].layers = {2};
    std::vector<Alignment> alignments(3);
    alignments[2].kind = Alignment::Kind::same_lattice;
    MixedCells mixed{technologies, alignments, 3};
    REQUIRE(mixed.asks());

    std::mt19937_64 random{11};
    constexpr std::int32_t west = 30;
    constexpr std::int32_t cells = 40;
    for (int round = 0; round < 200; ++round) {
        std::array<std::array<ServiceState, cells * 3>, 3> rows{};
        for (std::size_t part = 0; part < rows.size(); ++part) {
            for (std::size_t i = 0; i < rows[part].size(); ++i) {
                ServiceState state = i == 0 ? ServiceState{} : rows[part][i - 1];
                if (part > 0 && random() % 3 != 0) state = rows[part - 1][i];
                if (random() % 15 == 0) {
                    state = state.with(random() % 3, static_cast<Service>(random() % 3));
                }
                rows[part][i] = state;
            }
        }
        mixed.start_row(west, cells);
        for (const auto& row : rows) {
            std::vector<StateRun> runs;
            for (std::size_t i = 0; i < row.size(); ++i) {
                const std::int32_t end = west + static_cast<std::int32_t>(i) + 1;
                if (runs.empty() || runs.back().state != row[i]) {
                    runs.push_back({end, row[i], true});
                } else {
                    runs.back().end = end;
                }
            }
            mixed.add_part(runs);
        }
        const auto answer = [&](std::size_t part, std::size_t i) {
            return any_of(rows[part][i], technologies[0].layers);
        };
        for (std::size_t cell = 0; cell < cells; ++cell) {
            bool differs = false;
            for (std::size_t part = 0; part < 3; ++part) {
                for (std::size_t i = 3 * cell; i < 3 * cell + 3; ++i) {
                    differs = differs || answer(part, i) != answer(0, 3 * cell);
                }
            }
            REQUIRE(mixed.is_mixed(cell, 0) == differs);
            REQUIRE_FALSE(mixed.is_mixed(cell, 1));
        }
    }
}

TEST_CASE("A cell is mixed in every technology that is not the same all over it") {
    // Two population cells of 2 x 2: in the west 4G ends between columns and 5G between rows.
    std::vector<Technology> technologies(2);
    technologies[0].layers = {0};
    technologies[1].layers = {1};
    const std::vector<Alignment> alignments(2, Alignment{});
    MixedCells mixed{technologies, alignments, 2};
    const auto state = [](char four_g, char five_g) {
        const auto service = [](char c) { return c == '#' ? Service::served : Service::unserved; };
        return ServiceState{}.with(0, service(four_g)).with(1, service(five_g));
    };
    mixed.start_row(0, 2);
    mixed.add_part(std::vector<StateRun>{{1, state('#', '.'), true}, {4, state('.', '.'), true}});
    mixed.add_part(std::vector<StateRun>{
        {1, state('#', '#'), true}, {2, state('.', '#'), true}, {4, state('.', '.'), true}});
    CHECK(mixed.is_mixed(0, 0));
    CHECK(mixed.is_mixed(0, 1));
    CHECK_FALSE(mixed.is_mixed(1));
}

}  // namespace phusong::test
