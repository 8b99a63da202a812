#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phusong {

/// Eight bytes as a number, the lowest first, on any machine.
inline std::uint64_t little_endian(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&value, bytes, sizeof value);
    } else {
        for (unsigned i = 0; i < sizeof value; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
    }
    return value;
}

/// Naturals of one width, read where they lie: no memory, no decoding. Valid as long as the bytes are.
class PackedColumn {
public:
    PackedColumn() = default;
    /// @pre `size` numbers of `width` bytes, 1 to 8, and bytes behind them that make the last one eight long
    PackedColumn(const std::uint8_t* bytes, std::size_t width, std::size_t size)
        : bytes_{bytes}, width_{width}, size_{size}, mask_{~std::uint64_t{0} >> (64 - 8 * width)} {}

    [[nodiscard]] std::size_t size() const { return size_; }
    /// @pre at < size()
    [[nodiscard]] std::uint64_t operator[](std::size_t at) const {
        assert(bytes_ != nullptr && at < size_);
        return little_endian(bytes_ + at * width_) & mask_;
    }

private:
    const std::uint8_t* bytes_ = nullptr;
    std::size_t width_ = 1;
    std::size_t size_ = 0;
    std::uint64_t mask_ = 0;
};

/// Writes integers in as few bytes as they need: seven bits a byte, small numbers first (LEB128); signed ones
/// zigzag.
class PackedWriter {
public:
    void natural(std::uint64_t value) {
        while (value >= 0x80U) {
            bytes_.push_back(static_cast<std::uint8_t>(value | 0x80U));
            value >>= 7;
        }
        bytes_.push_back(static_cast<std::uint8_t>(value));
    }
    void integer(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        natural((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    void count(std::size_t value) { natural(value); }
    void number(double value) { natural(std::bit_cast<std::uint64_t>(value)); }
    void text(std::string_view value) {
        count(value.size());
        bytes_.insert(bytes_.end(), value.begin(), value.end());
    }
    void bytes(std::span<const std::uint8_t> value) {
        count(value.size());
        bytes_.insert(bytes_.end(), value.begin(), value.end());
    }
    /// Naturals, each in as many bytes as the greatest needs: more than `natural` takes, and read at once.
    template <typename Naturals>
    void column(const Naturals& values) {
        std::uint64_t greatest = 0;
        for (const std::uint64_t value : values) greatest = std::max(greatest, value);
        const unsigned width = std::max(1U, (static_cast<unsigned>(std::bit_width(greatest)) + 7) / 8);
        count(width);
        count(values.size());
        for (const std::uint64_t value : values) bytes_of(value, width);
        bytes_of(0, 8 - width);
    }
    [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(bytes_); }

private:
    void bytes_of(std::uint64_t value, unsigned width) {
        for (unsigned i = 0; i < width; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }

    std::vector<std::uint8_t> bytes_;
};

/// Reads them again. After a read beyond the end, or of a damaged number, `good` is false and values are 0.
class PackedReader {
public:
    explicit PackedReader(std::span<const std::uint8_t> bytes) : bytes_{bytes} {}

    std::uint64_t natural() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
            const std::uint8_t byte = bytes_[at_++];
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80U) return value;
        }
        good_ = false;
        return 0;
    }
    std::int64_t integer() {
        const std::uint64_t bits = natural();
        return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1U) + 1));
    }
    std::int32_t small() { return static_cast<std::int32_t>(integer()); }
    /// How many items follow, each of at least so many bytes; 0 when there cannot be so many.
    std::size_t count(std::size_t least_bytes = 1) {
        const std::uint64_t value = natural();
        if (value > (bytes_.size() - at_) / least_bytes) {
            good_ = false;
            return 0;
        }
        return static_cast<std::size_t>(value);
    }
    double number() { return std::bit_cast<double>(natural()); }
    std::string text() {
        const std::size_t size = count();
        const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ += size;
        return {first, first + static_cast<std::ptrdiff_t>(size)};
    }
    /// Stays valid as long as the bytes do.
    std::span<const std::uint8_t> bytes() {
        const std::size_t size = count();
        at_ += size;
        return bytes_.subspan(at_ - size, size);
    }
    /// Stays valid as long as the bytes do; empty when it cannot be there.
    PackedColumn column() {
        const std::size_t width = natural();
        const std::size_t size = natural();
        const std::size_t left = bytes_.size() - at_;
        if (width == 0 || width > 8 || left < 8 - width || size > (left - (8 - width)) / width) {
            good_ = false;
            return {};
        }
        const PackedColumn column{bytes_.data() + at_, width, size};
        at_ += size * width + (8 - width);
        return column;
    }
    /// What was read makes no sense.
    void fail() { good_ = false; }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }

private:
    std::span<const std::uint8_t> bytes_;
    std::size_t at_ = 0;
    bool good_ = true;
};

}  // namespace phusong
