#include "engine/partial_codec.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

#include "engine/fates_codec.hpp"
#include "engine/partial_words.hpp"
#include "engine/patches_codec.hpp"

namespace phusong {

namespace {

constexpr char magic[] = {'P', 'H', 'U', 'S', 'O', 'N', 'G', 'P'};
constexpr std::uint64_t version = 3;  // one more for every change of the layout

std::uint64_t checksum(std::span<const std::uint8_t> bytes) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3U;
    return hash;
}

constexpr std::size_t audit_size = std::size_t{7} * 8;

}  // namespace

std::vector<std::uint8_t> encode(const Partial& partial) {
    PartialWriter out;
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
    PackedWriter fates;
    write_fates(fates, partial.fates.rows(), partial.fates.sets());
    const std::vector<std::uint8_t> packed = fates.take();
    out.count(packed.size());
    out.bytes().insert(out.bytes().end(), packed.begin(), packed.end());
    out.word(checksum(out.bytes()));
    return std::move(out.bytes());
}

Partial decode(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < sizeof magic + 16 || !std::equal(std::begin(magic), std::end(magic), bytes.begin())) {
        throw PartialFormatError{"not a partial result of phusong"};
    }
    PartialReader tail{bytes.last(8)};
    if (tail.word() != checksum(bytes.first(bytes.size() - 8))) {
        throw PartialFormatError{"the partial result is damaged: its checksum does not match"};
    }
    PartialReader in{bytes.subspan(sizeof magic, bytes.size() - sizeof magic - 8)};
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
    PackedReader packed{in.bytes(in.count(1))};
    // The plan that the partial is of knows how many communes and sites there are.
    constexpr std::size_t any_number = std::numeric_limits<std::int32_t>::max();
    const FatesRead fates = read_fates(packed, any_number, any_number);
    if (!packed.good() || !packed.at_end()) throw PartialFormatError{"the partial result is damaged: fates"};
    for (const SharedFates::Row& row : fates.rows) {
        partial.fates.add(row.key, fates.sets[row.set], row.amount);
    }
    if (!in.at_end()) throw PartialFormatError{"the partial result is damaged: bytes are left over"};
    return partial;
}

}  // namespace phusong
