#include "algorithms/ledger/round_people.hpp"

#include <bit>
#include <cassert>
#include <cmath>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phusong {

namespace {

/// Values above are not rounded in a hurry; sums of up to 2^12 cells below cannot overflow.
constexpr float most_usual = 0x1p26F;
/// Added to a number below 2^51 it leaves the nearest integer, ties to even, in the low bits: what
/// Persons::round gives, without a call.
constexpr double shift = 0x1.8p52;

std::int64_t rounded(float value) {
    const double shifted = static_cast<double>(value) * Persons::units_per_one + shift;
    return std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(shift);
}

/// Cell by cell. @param put called as put(i, units)
template <typename Put>
void round_cells(std::span<const float> values, MissingFloats marks, float most, RoundedPeople& row,
                 const Put& put) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool missing = std::isnan(values[i]) || marks.holds(values[i]);
        if (!missing && !(values[i] >= 0 && values[i] <= most)) {
            row.usual = false;
            return;
        }
        const std::int64_t units = missing ? 0 : rounded(values[i]);
        put(i, units);
        row.units += units;
        row.without_data += static_cast<std::int64_t>(missing);
    }
}

#if defined(__SSE2__)
// GCC 12 does not find these instructions by itself.

__m128 missing_of(__m128 four, MissingFloats missing) {
    const __m128 marked = _mm_and_ps(_mm_cmpge_ps(four, _mm_set1_ps(missing.lowest)),
                                     _mm_cmple_ps(four, _mm_set1_ps(missing.highest)));
    return _mm_or_ps(_mm_cmpunord_ps(four, four), marked);
}

/// Sixteen cells. @return false when a value is neither usual nor missing
bool round_sixteen_narrow(const float* values, MissingFloats missing, std::int32_t* units,
                          RoundedPeople& row) {
    // Floats from 0 to the most are ordered as their bits are; all others have greater bits, or the sign.
    const __m128i most = _mm_set1_epi32(std::bit_cast<std::int32_t>(most_narrow_people));
    __m128 value[4];
    __m128i odd = _mm_setzero_si128();
    __m128i some = _mm_setzero_si128();
    for (std::size_t i = 0; i < 4; ++i) {
        value[i] = _mm_loadu_ps(values + 4 * i);
        const __m128i bits = _mm_castps_si128(value[i]);
        odd = _mm_or_si128(odd, _mm_cmpgt_epi32(bits, most));
        some = _mm_or_si128(some, bits);
    }
    const int signs = _mm_movemask_ps(_mm_castsi128_ps(some));
    bool nobody = false;
    if ((_mm_movemask_epi8(odd) | signs) != 0) {
        int missed = 0;
        for (int i = 0; i < 4; ++i) {
            __m128& four = value[i];
            const __m128 without = missing_of(four, missing);
            missed |= _mm_movemask_ps(without) << (4 * i);
            four = _mm_andnot_ps(without, four);
            const __m128 good = _mm_and_ps(_mm_cmpge_ps(four, _mm_setzero_ps()),
                                           _mm_cmple_ps(four, _mm_set1_ps(most_narrow_people)));
            if (_mm_movemask_ps(good) != 0xF) return false;
        }
        nobody = missed == 0xFFFF;
        row.without_data += nobody ? 16 : std::popcount(static_cast<unsigned>(missed));
    } else {
        nobody = _mm_movemask_epi8(_mm_cmpeq_epi32(some, _mm_setzero_si128())) == 0xFFFF;
    }
    if (nobody) {
        for (std::size_t i = 0; i < 4; ++i)
            _mm_storeu_si128(reinterpret_cast<__m128i*>(units) + i, _mm_setzero_si128());
        return true;
    }
    // Scaling by a power of two is exact, and the conversion rounds to nearest, ties to even.
    const __m128 scale = _mm_set1_ps(static_cast<float>(Persons::units_per_one));
    const __m128i zero = _mm_setzero_si128();
    __m128i sum = zero;
    for (std::size_t i = 0; i < 4; ++i) {
        const __m128i here = _mm_cvtps_epi32(_mm_mul_ps(value[i], scale));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(units) + i, here);
        sum = _mm_add_epi64(sum, _mm_unpacklo_epi32(here, zero));
        sum = _mm_add_epi64(sum, _mm_unpackhi_epi32(here, zero));
    }
    row.units += _mm_cvtsi128_si64(sum) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum));
    return true;
}

/// The same to Persons.
bool round_sixteen(const float* values, MissingFloats marks, Persons* people, RoundedPeople& row) {
    static_assert(sizeof(Persons) == sizeof(std::int64_t));
    const __m128 zero = _mm_setzero_ps();
    const __m128 most = _mm_set1_ps(most_usual);
    __m128 value[4];
    int usual = 0xF;
    int missing = 0;
    int some = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const __m128 here = _mm_loadu_ps(values + 4 * i);
        const __m128 nan = missing_of(here, marks);
        const __m128 good = _mm_and_ps(_mm_cmpge_ps(here, zero), _mm_cmple_ps(here, most));
        usual &= _mm_movemask_ps(_mm_or_ps(good, nan));
        missing |= _mm_movemask_ps(nan) << (4 * i);
        some |= _mm_movemask_ps(_mm_cmpgt_ps(here, zero));
        value[i] = _mm_andnot_ps(nan, here);
    }
    if (usual != 0xF) return false;
    if (missing != 0) row.without_data += std::popcount(static_cast<unsigned>(missing));
    auto* const units = reinterpret_cast<__m128i*>(people);
    if (some == 0) {
        for (int i = 0; i < 8; ++i) _mm_storeu_si128(units + i, _mm_setzero_si128());
        return true;
    }
    const __m128d scale = _mm_set1_pd(Persons::units_per_one);
    const __m128d shifts = _mm_set1_pd(shift);
    __m128i sum = _mm_setzero_si128();
    for (int i = 0; i < 8; ++i) {
        const __m128 pair = i % 2 == 0 ? value[i / 2] : _mm_movehl_ps(value[i / 2], value[i / 2]);
        const __m128d shifted = _mm_add_pd(_mm_mul_pd(_mm_cvtps_pd(pair), scale), shifts);
        const __m128i whole = _mm_sub_epi64(_mm_castpd_si128(shifted), _mm_castpd_si128(shifts));
        _mm_storeu_si128(units + i, whole);
        sum = _mm_add_epi64(sum, whole);
    }
    row.units += _mm_cvtsi128_si64(sum) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sum, sum));
    return true;
}
#endif

}  // namespace

RoundedPeople round_narrow(std::span<const float> values, MissingFloats missing,
                           std::span<std::int32_t> units) {
    assert(values.size() == units.size() && values.size() <= 4096);
    RoundedPeople row;
    std::size_t i = 0;
#if defined(__SSE2__)
    for (; row.usual && i + 16 <= values.size(); i += 16) {
        row.usual = round_sixteen_narrow(&values[i], missing, &units[i], row);
    }
#endif
    if (!row.usual) return row;
    round_cells(values.subspan(i), missing, most_narrow_people, row,
                [&](std::size_t at, std::int64_t here) { units[i + at] = static_cast<std::int32_t>(here); });
    return row;
}

RoundedPeople round_usual(std::span<const float> values, MissingFloats missing, std::span<Persons> people) {
    assert(values.size() == people.size() && values.size() <= 4096);
    RoundedPeople row;
    std::size_t i = 0;
#if defined(__SSE2__)
    for (; row.usual && i + 16 <= values.size(); i += 16) {
        row.usual = round_sixteen(&values[i], missing, &people[i], row);
    }
#endif
    if (!row.usual) return row;
    round_cells(values.subspan(i), missing, most_usual, row,
                [&](std::size_t at, std::int64_t here) { people[i + at] = Persons::of_units(here); });
    return row;
}

}  // namespace phusong
