#include "engine/partial_codec.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

namespace phusong {

namespace {

constexpr char magic[] = {'P', 'H', 'U', 'S', 'O', 'N', 'G', 'P'};
constexpr std::uint64_t version = 1;  // one more for every change of the layout

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
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::span<const std::uint8_t> bytes_;
};

constexpr std::size_t audit_size = std::size_t{7} * 8;

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
    const auto rows = partial.ledger.rows();
    out.count(rows.size());
    for (const Ledger::Row& row : rows) {
        out.word(std::int64_t{row.key.zone});
        out.word(row.key.state.bits());
        out.word(row.amount.people.units());
        out.word(row.amount.area.units());
    }
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
    for (std::size_t n = in.count(32); n > 0; --n) {
        const ZoneNumber zone = in.small();
        const ServiceState state = ServiceState::of_bits(in.word());
        const Persons people = Persons::of_units(in.signed_word());
        partial.ledger.add({zone, state}, {people, Area::of_units(in.signed_word())});
    }
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
    if (!in.at_end()) throw PartialFormatError{"the partial result is damaged: bytes are left over"};
    return partial;
}

}  // namespace phusong
