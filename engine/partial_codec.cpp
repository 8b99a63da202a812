#include "engine/partial_codec.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

namespace phusong {

namespace {

constexpr char magic[] = {'P', 'H', 'U', 'S', 'O', 'N', 'G', 'P'};
constexpr std::uint64_t version = 2;  // one more for every change of the layout

std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3U;
    return hash;
}

class Writer {
public:
    void word(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }
    void word(std::int64_t value) { word(static_cast<std::uint64_t>(value)); }
    void number(double value) { word(std::bit_cast<std::uint64_t>(value)); }
    void count(std::size_t value) { word(static_cast<std::uint64_t>(value)); }
    void wide(WideInteger value) {
        word(static_cast<std::uint64_t>(value));
        word(static_cast<std::uint64_t>(value >> 64));
    }
    void values(const ValueCount& count) {
        word(count.cells);
        number(count.lowest);
        number(count.highest);
    }
    void audit(const ValueAudit& audit) {
        values(audit.invalid);
        values(audit.odd);
        word(audit.without_data);
    }
    void rows(std::span<const Ledger::Row> rows) {
        count(rows.size());
        for (const Ledger::Row& row : rows) {
            word(std::int64_t{row.key.zone});
            word(row.key.state.bits());
            word(row.amount.people.units());
            word(row.amount.area.units());
        }
    }
    std::vector<std::uint8_t>& bytes() { return bytes_; }

private:
    std::vector<std::uint8_t> bytes_;
};

class Reader {
public:
    explicit Reader(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}

    std::uint64_t word() {
        if (bytes_.size() < 8) throw PartialFormatError{"the partial result is cut off"};
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 8; ++i) value |= static_cast<std::uint64_t>(bytes_[i]) << (8 * i);
        bytes_ = bytes_.subspan(8);
        return value;
    }
    std::int64_t signed_word() { return static_cast<std::int64_t>(word()); }
    double number() { return std::bit_cast<double>(word()); }
    /// How many records of `size` bytes follow; more than the bytes could hold are refused.
    std::size_t count(std::size_t size) {
        const std::uint64_t value = word();
        if (value > bytes_.size() / size)
            throw PartialFormatError{"the partial result is damaged: impossible count"};
        return static_cast<std::size_t>(value);
    }
    WideInteger wide() {
        const std::uint64_t low = word();
        const std::int64_t high = signed_word();
        return (static_cast<WideInteger>(high) << 64) | static_cast<WideInteger>(low);
    }
    std::int32_t small() {
        const std::int64_t value = signed_word();
        if (value < INT32_MIN || value > INT32_MAX)
            throw PartialFormatError{"the partial result is damaged: number out of range"};
        return static_cast<std::int32_t>(value);
    }
    ValueCount values() {
        ValueCount count;
        count.cells = signed_word();
        count.lowest = number();
        count.highest = number();
        return count;
    }
    ValueAudit audit() {
        ValueAudit audit;
        audit.invalid = values();
        audit.odd = values();
        audit.without_data = signed_word();
        return audit;
    }
    std::vector<Ledger::Row> rows() {
        std::vector<Ledger::Row> rows(count(32));
        for (Ledger::Row& row : rows) {
            row.key.zone = small();
            row.key.state = ServiceState::of_bits(word());
            row.amount.people = Persons::of_units(signed_word());
            row.amount.area = Area::of_units(signed_word());
        }
        return rows;
    }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::span<const std::uint8_t> bytes_;
};

constexpr std::size_t audit_size = std::size_t{7} * 8;

void write_patch(Writer& out, const Patch& patch) {
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

Patch read_patch(Reader& in) {
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

void write_patches(Writer& out, const Patches& patches) {
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

Patches read_patches(Reader& in) {
    Window extent;
    extent.row = in.small();
    extent.column = in.small();
    extent.rows = in.small();
    extent.columns = in.small();
    const std::int32_t rows = in.small();
    const std::int32_t columns = in.small();
    const bool corners_join = in.small() != 0;
    if (rows < 1 || columns < 1) throw PartialFormatError{"the partial result is damaged: empty tiles"};
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

}  // namespace

std::vector<std::uint8_t> encode(const Partial& partial) {
    Writer out;
    out.bytes().assign(std::begin(magic), std::end(magic));
    out.word(version);
    out.word(partial.fingerprint);
    out.count(partial.tiles.ranges().size());
    for (const auto& [first, end] : partial.tiles.ranges()) {
        out.count(first);
        out.count(end);
    }
    out.rows(partial.ledger.rows());
    const auto share_rows = partial.ledger.share_rows();
    out.count(share_rows.size());
    for (const Ledger::ShareRow& row : share_rows) {
        out.word(std::int64_t{row.key.zone});
        out.word(std::int64_t{row.key.layer});
        out.word(row.served.units());
    }
    out.word(partial.raster_total.units());
    out.audit(partial.population);
    out.count(partial.layers.size());
    for (const ValueAudit& audit : partial.layers) out.audit(audit);
    out.count(partial.spread.squares().size());
    for (const auto& [key, squares] : partial.spread.squares()) {
        out.word(std::int64_t{key.zone});
        out.word(std::int64_t{key.layer});
        out.wide(squares);
    }
    out.count(partial.patches.size());
    for (const Patches& patches : partial.patches) write_patches(out, patches);
    out.word(checksum(out.bytes()));
    return std::move(out.bytes());
}

Partial decode(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < sizeof magic + 16 || !std::equal(std::begin(magic), std::end(magic), bytes.begin())) {
        throw PartialFormatError{"not a partial result of phusong"};
    }
    Reader tail{bytes.last(8)};
    if (tail.word() != checksum(bytes.first(bytes.size() - 8))) {
        throw PartialFormatError{"the partial result is damaged: its checksum does not match"};
    }
    Reader in{bytes.subspan(sizeof magic, bytes.size() - sizeof magic - 8)};
    if (const std::uint64_t found = in.word(); found != version) {
        throw PartialFormatError{"the partial result has format version " + std::to_string(found) +
                                 ", this phusong reads version " + std::to_string(version)};
    }
    Partial partial;
    partial.fingerprint = in.word();
    for (std::size_t n = in.count(16); n > 0; --n) {
        const std::uint64_t first = in.word();
        const std::uint64_t end = in.word();
        if (first >= end || !partial.tiles.add(first, end)) {
            throw PartialFormatError{"the partial result is damaged: tiles overlap"};
        }
    }
    for (const Ledger::Row& row : in.rows()) partial.ledger.add(row.key, row.amount);
    for (std::size_t n = in.count(24); n > 0; --n) {
        const ZoneNumber zone = in.small();
        const std::int32_t layer = in.small();
        partial.ledger.add_served({zone, layer}, Persons::of_units(in.signed_word()));
    }
    partial.raster_total = Persons::of_units(in.signed_word());
    partial.population = in.audit();
    for (std::size_t n = in.count(audit_size); n > 0; --n) partial.layers.push_back(in.audit());
    for (std::size_t n = in.count(32); n > 0; --n) {
        const ZoneNumber zone = in.small();
        const std::int32_t layer = in.small();
        partial.spread.set({zone, layer}, in.wide());
    }
    for (std::size_t n = in.count(8); n > 0; --n) partial.patches.push_back(read_patches(in));
    if (!in.at_end()) throw PartialFormatError{"the partial result is damaged: bytes are left over"};
    return partial;
}

}  // namespace phusong
