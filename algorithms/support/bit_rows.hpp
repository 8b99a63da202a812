#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace phusong {

/// Rows of bits, 64 to a word: one row a site, one bit a scenario. Bits beyond the last are always 0.
class BitRows {
public:
    static constexpr std::size_t bits_per_word = 64;

    BitRows() = default;
    /// All bits 0.
    BitRows(std::size_t rows, std::size_t bits)
        : rows_{rows},
          bits_{bits},
          words_{(bits + bits_per_word - 1) / bits_per_word},
          values_(rows * words_) {}

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t bits() const { return bits_; }
    [[nodiscard]] std::size_t words() const { return words_; }

    /// @pre row < rows()
    [[nodiscard]] std::span<std::uint64_t> row(std::size_t row) {
        return std::span{values_}.subspan(row * words_, words_);
    }
    [[nodiscard]] std::span<const std::uint64_t> row(std::size_t row) const {
        return std::span{values_}.subspan(row * words_, words_);
    }
    [[nodiscard]] bool test(std::size_t row, std::size_t bit) const {
        return (values_[row * words_ + bit / bits_per_word] >> (bit % bits_per_word) & 1U) != 0;
    }
    void set(std::size_t row, std::size_t bit) {
        values_[row * words_ + bit / bits_per_word] |= std::uint64_t{1} << (bit % bits_per_word);
    }
    /// Which bits of a word are in use.
    [[nodiscard]] std::uint64_t used(std::size_t word) const {
        const std::size_t rest = bits_ - word * bits_per_word;
        return rest >= bits_per_word ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
    }

    friend bool operator==(const BitRows&, const BitRows&) = default;

private:
    std::size_t rows_ = 0;
    std::size_t bits_ = 0;
    std::size_t words_ = 0;
    std::vector<std::uint64_t> values_;
};

}  // namespace phusong
