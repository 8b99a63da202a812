#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/ledger/ledger.hpp"
#include "algorithms/quantities/wide_integer.hpp"
#include "engine/partial_codec.hpp"
#include "engine/value_audit.hpp"

namespace phusong {

/// Writes the fields of a partial result, all of eight bytes.
class PartialWriter {
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

/// Reads them again. Everything throws PartialFormatError when the bytes cannot be right.
class PartialReader {
public:
    explicit PartialReader(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}

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
    /// The next bytes as they are. @pre there are so many
    std::span<const std::uint8_t> bytes(std::size_t count) {
        const std::span<const std::uint8_t> next = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return next;
    }
    [[nodiscard]] bool at_end() const { return bytes_.empty(); }

private:
    std::span<const std::uint8_t> bytes_;
};

}  // namespace phusong
