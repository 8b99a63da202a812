#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phusong {

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
    [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(bytes_); }

private:
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
    /// How many items follow, each of at least one byte; 0 when there cannot be so many.
    std::size_t count() {
        const std::uint64_t value = natural();
        if (value > bytes_.size() - at_) {
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
