#include "engine/patches_codec.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace phusong {

namespace {

void write_patch(PartialWriter& out, const Patch& patch) {
    out.word(patch.key);
    out.word(patch.first_cell);
    out.word(patch.cells);
    out.word(patch.area.units());
    for (const std::int32_t side :
         {patch.bounds.row, patch.bounds.column, patch.bounds.rows, patch.bounds.columns}) {
        out.word(std::int64_t{side});
    }
    out.rows(patch.parts);
}

Patch read_patch(PartialReader& in) {
    Patch patch;
    patch.key = in.signed_word();
    patch.first_cell = in.signed_word();
    patch.cells = in.signed_word();
    patch.area = Area::of_units(in.signed_word());
    patch.bounds.row = in.small();
    patch.bounds.column = in.small();
    patch.bounds.rows = in.small();
    patch.bounds.columns = in.small();
    patch.parts = in.rows();
    return patch;
}

constexpr std::size_t patch_size = std::size_t{9} * 8;

}  // namespace

void write_patches(PartialWriter& out, const Patches& patches) {
    const Window extent = patches.tiling().extent();
    const Window first = patches.tiling()[0];
    for (const std::int32_t side : {extent.row, extent.column, extent.rows, extent.columns, first.rows,
                                    first.columns, patches.corners_join() ? 1 : 0}) {
        out.word(std::int64_t{side});
    }
    const Patches::Canonical canonical = patches.canonical();
    for (const auto* list : {&canonical.open, &canonical.complete}) {
        out.count(list->size());
        for (const Patch& patch : *list) write_patch(out, patch);
    }
    out.word(canonical.remainder.patches);
    out.word(canonical.remainder.cells);
    out.word(canonical.remainder.area.units());
    out.rows(canonical.remainder.parts.rows());
    out.count(canonical.borders.size());
    for (const auto& [key, runs] : canonical.borders) {
        out.count(key.tile);
        out.word(std::int64_t{static_cast<std::uint8_t>(key.side)});
        out.count(runs.size());
        for (const BorderRun& run : runs) {
            out.word(std::int64_t{run.first});
            out.word(std::int64_t{run.end});
            out.word(run.patch);
        }
    }
    out.count(canonical.joins.size());
    for (const auto& [piece, patch] : canonical.joins) {
        out.word(piece);
        out.word(patch);
    }
}

Patches read_patches(PartialReader& in) {
    Window extent;
    extent.row = in.small();
    extent.column = in.small();
    extent.rows = in.small();
    extent.columns = in.small();
    const std::int32_t rows = in.small();
    const std::int32_t columns = in.small();
    const bool corners_join = in.small() != 0;
    if (rows < 1 || columns < 1 || extent.empty())
        throw PartialFormatError{"the partial result is damaged: empty tiles"};
    Patches::Canonical canonical;
    for (auto* list : {&canonical.open, &canonical.complete}) {
        for (std::size_t n = in.count(patch_size); n > 0; --n) list->push_back(read_patch(in));
    }
    canonical.remainder.patches = in.signed_word();
    canonical.remainder.cells = in.signed_word();
    canonical.remainder.area = Area::of_units(in.signed_word());
    for (const Ledger::Row& row : in.rows()) canonical.remainder.parts.add(row.key, row.amount);
    for (std::size_t n = in.count(24); n > 0; --n) {
        const std::uint64_t tile = in.word();
        const std::uint64_t side = in.word();
        if (side >= side_count) throw PartialFormatError{"the partial result is damaged: no such side"};
        std::vector<BorderRun>& runs = canonical.borders[{tile, static_cast<Side>(side)}];
        for (std::size_t m = in.count(24); m > 0; --m) {
            BorderRun run;
            run.first = in.small();
            run.end = in.small();
            run.patch = in.signed_word();
            runs.push_back(run);
        }
    }
    for (std::size_t n = in.count(16); n > 0; --n) {
        const CellNumber piece = in.signed_word();
        canonical.joins.emplace_back(piece, in.signed_word());
    }
    try {
        return {Tiling{extent, rows, columns}, corners_join, std::move(canonical)};
    } catch (const std::invalid_argument& error) {
        throw PartialFormatError{std::string{"the partial result is damaged: "} + error.what()};
    }
}

}  // namespace phusong
