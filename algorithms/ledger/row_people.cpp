#include "algorithms/ledger/row_people.hpp"

#include <cassert>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phusong {

Persons even_part(Persons amount, std::int64_t index, std::int64_t parts) {
    assert(parts >= 1 && index >= 0 && index < parts);
    const std::int64_t each = amount.units() / parts;
    const std::int64_t left = amount.units() % parts;
    return Persons::of_units(each + (index + 1) * left / parts - index * left / parts);
}

RowPeople::RowPeople(std::int32_t refine) : refine_{refine} {
    constexpr std::int32_t most = 16;
    if (refine == 1 || refine > most) return;
    // Even parts are differences of rounded-down multiples, so that a row of them is one, too.
    for (std::int32_t part = 0; part < refine; ++part) {
        for (std::int32_t left = 0; left < refine * refine; ++left) {
            extra_.push_back((part + 1) * left / refine - part * left / refine);
        }
    }
}

void RowPeople::assign(PeopleRow cells) {
    row_ = cells;
    if (row_.narrow.empty()) {
        std::int64_t bits = 0;
        for (const Persons& cell : row_.cells) bits |= cell.units();
        nobody_ = bits == 0;
        small_ = bits >> 50 == 0 && row_.size() <= 4096;
    } else {
        nobody_ = row_.nobody;
        small_ = true;
    }
    if (nobody_ || (refine_ == 1 && small_)) return;
    sums_.resize(row_.size() + 1);
    divide();
    take_part(0);
}

std::int64_t RowPeople::narrow_sum(std::size_t first, std::size_t end) const {
    std::int64_t units = 0;
#if defined(__SSE2__)
    __m128i sum = _mm_setzero_si128();
    for (; first + 4 <= end; first += 4) {
        const __m128i four = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&row_.narrow[first]));
        sum = _mm_add_epi64(sum, _mm_unpacklo_epi32(four, _mm_setzero_si128()));
        sum = _mm_add_epi64(sum, _mm_unpackhi_epi32(four, _mm_setzero_si128()));
    }
    units = _mm_cvtsi128_si64(sum) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum));
#endif
    for (; first < end; ++first) units += row_.narrow[first];
    return units;
}

void RowPeople::divide() {
    const std::int64_t parts = std::int64_t{refine_} * refine_;
    each_.resize(row_.size());
    left_.resize(row_.size());
    if (!small_) {
        for (std::size_t i = 0; i < row_.size(); ++i) {
            each_[i] = row_.units(i) / parts;
            left_[i] = static_cast<std::int32_t>(row_.units(i) % parts);
        }
        return;
    }
    // Small numbers are exact as doubles: the product misses the quotient by one at most, and costs a tenth
    // of a division.
    const double reciprocal = 1.0 / static_cast<double>(parts);
    for (std::size_t i = 0; i < row_.size(); ++i) {
        const std::int64_t units = row_.units(i);
        auto each = static_cast<std::int64_t>(static_cast<double>(units) * reciprocal);
        std::int64_t left = units - each * parts;
        const std::int64_t miss =
            static_cast<std::int64_t>(left >= parts) - static_cast<std::int64_t>(left < 0);
        each += miss;
        left -= miss * parts;
        each_[i] = each;
        left_[i] = static_cast<std::int32_t>(left);
    }
}

void RowPeople::take_part(std::int32_t part) {
    assert(part >= 0 && part < refine_);
    part_ = part;
    if (nobody_ || (refine_ == 1 && small_)) return;
    if (!extra_.empty()) {
        const auto parts = static_cast<std::size_t>(refine_) * static_cast<std::size_t>(refine_);
        extra_of_part_ = std::span{extra_}.subspan(static_cast<std::size_t>(part) * parts, parts);
    }
    if (small_) {
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < row_.size(); ++i) {
            sums_[i] = sum;
            sum += each_[i] * refine_ + extra(left_[i]);
        }
        sums_[row_.size()] = sum;
        return;
    }
    Persons sum;
    for (std::size_t i = 0; i < row_.size(); ++i) {
        sums_[i] = sum.units();
        sum += Persons::of_units(each_[i] * refine_ + extra(left_[i]));
    }
    sums_[row_.size()] = sum.units();
}

std::int64_t RowPeople::head(std::size_t cell, std::int32_t columns) const {
    const std::int64_t parts = std::int64_t{refine_} * refine_;
    const std::int64_t before = std::int64_t{part_} * refine_;
    const std::int64_t left = left_[cell];
    return each_[cell] * columns + (before + columns) * left / parts - before * left / parts;
}

std::int64_t RowPeople::upto(std::int32_t column) const {
    const auto cell = static_cast<std::size_t>(column / refine_);
    const std::int32_t inside = column % refine_;
    return inside == 0 ? sums_[cell] : sums_[cell] + head(cell, inside);
}

std::int32_t RowPeople::same_until(std::int32_t first, std::int32_t end) const {
    if (nobody_) return end;
    if (refine_ == 1) {
        const bool populated = row_.units(static_cast<std::size_t>(first)) > 0;
        std::int32_t column = first + 1;
        while (column < end && (row_.units(static_cast<std::size_t>(column)) > 0) == populated) ++column;
        return column;
    }
    const bool populated = of_cell(first) > Persons{};
    const std::int64_t parts = std::int64_t{refine_} * refine_;
    std::int32_t column = first + 1;
    while (column < end) {
        const std::int64_t units = row_.units(static_cast<std::size_t>(column / refine_));
        if (units != 0 && units < parts) {  // not enough for a unit in every part
            if ((of_cell(column) > Persons{}) != populated) return column;
            ++column;
            continue;
        }
        if ((units != 0) != populated) return column;
        column = (column / refine_ + 1) * refine_;
    }
    return end;
}

}  // namespace phusong
