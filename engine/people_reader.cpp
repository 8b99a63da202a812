#include "engine/people_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phusong {

namespace {

/// More than live on Earth: such a value is a mistake, most often an undeclared nodata value.
constexpr double most_people_in_a_cell = 1e10;

/// What a row of usual values adds up to.
struct UsualRow {
    bool usual = true;  ///< all below are right
    std::int64_t without_data = 0;
    std::int64_t units = 0;
};

/// Values above are not rounded in a hurry; sums of up to 2^12 cells below cannot overflow.
constexpr float most_usual = 0x1p26F;
/// Added to a number below 2^51 it leaves the nearest integer, ties to even, in the low bits: what
/// Persons::round gives, without a call.
constexpr double shift = 0x1.8p52;

std::int64_t rounded(float value) {
    const double shifted = static_cast<double>(value) * Persons::units_per_one + shift;
    return std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(shift);
}

/// Cell by cell. @return false when a value is neither usual nor missing
bool round_cells(std::span<const float> values, std::span<Persons> people, UsualRow& row) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool missing = std::isnan(values[i]);
        if (!missing && !(values[i] >= 0 && values[i] <= most_usual)) return false;
        people[i] = Persons::of_units(missing ? 0 : rounded(values[i]));
        row.units += people[i].units();
        row.without_data += static_cast<std::int64_t>(missing);
    }
    return true;
}

#if defined(__SSE2__)
/// The same for sixteen cells; GCC 12 does not find these instructions by itself.
bool round_sixteen(const float* values, Persons* people, UsualRow& row) {
    static_assert(sizeof(Persons) == sizeof(std::int64_t));
    const __m128 zero = _mm_setzero_ps();
    const __m128 most = _mm_set1_ps(most_usual);
    __m128 value[4];
    int usual = 0xF;
    int missing = 0;
    int some = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const __m128 here = _mm_loadu_ps(values + 4 * i);
        const __m128 nan = _mm_cmpunord_ps(here, here);
        const __m128 good = _mm_and_ps(_mm_cmpge_ps(here, zero), _mm_cmple_ps(here, most));
        usual &= _mm_movemask_ps(_mm_or_ps(good, nan));
        missing |= _mm_movemask_ps(nan) << (4 * i);
        some |= _mm_movemask_ps(_mm_cmpgt_ps(here, zero));
        value[i] = _mm_andnot_ps(nan, here);
    }
    if (usual != 0xF) return false;
    row.without_data += std::popcount(static_cast<unsigned>(missing));
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

UsualRow round_usual(std::span<const float> values, std::span<Persons> people) {
    UsualRow row;
    std::size_t i = 0;
#if defined(__SSE2__)
    for (; row.usual && i + 16 <= values.size(); i += 16) {
        row.usual = round_sixteen(&values[i], &people[i], row);
    }
#endif
    row.usual = row.usual && round_cells(values.subspan(i), people.subspan(i), row);
    return row;
}

}  // namespace

void PeopleReader::read(Window window) {
    window_ = window;
    row_ = window.row;
    if (reader_->holds_floats()) {
        floats_.resize(window.cell_count());
        reader_->read_floats(window, floats_);
    } else {
        values_.resize(window.cell_count());
        reader_->read(window, values_);
    }
    people_.resize(keeps_tile_ ? window.cell_count() : static_cast<std::size_t>(window.columns));
}

std::span<const Persons> PeopleReader::next_row(Partial& partial) {
    const auto columns = static_cast<std::size_t>(window_.columns);
    const std::size_t at = columns * static_cast<std::size_t>(row_ - window_.row);
    const std::span<Persons> people = std::span{people_}.subspan(keeps_tile_ ? at : 0, columns);
    if (!reader_->holds_floats()) {
        convert(std::span{values_}.subspan(at, columns), people, partial);
    } else {
        constexpr std::size_t most_columns = 4096;
        const std::span<const float> floats = std::span{floats_}.subspan(at, columns);
        const bool counts = plan_->study.population.values == PopulationInput::Values::people_per_cell;
        const UsualRow row =
            counts && columns <= most_columns ? round_usual(floats, people) : UsualRow{false, 0, 0};
        if (row.usual) {
            partial.population.without_data += row.without_data;
            partial.raster_total += Persons::of_units(row.units);
        } else {
            values_.assign(floats.begin(), floats.end());
            convert(values_, people, partial);
        }
    }
    ++row_;
    return people;
}

void PeopleReader::convert(std::span<const double> values, std::span<Persons> people,
                           Partial& partial) const {
    const bool density = plan_->study.population.values == PopulationInput::Values::people_per_km2;
    for (std::size_t i = 0; i < values.size(); ++i) {
        people[i] = {};
        if (std::isnan(values[i])) {
            ++partial.population.without_data;
            continue;
        }
        double here = values[i];
        if (density) {
            const std::int32_t column = window_.column + static_cast<std::int32_t>(i);
            here *= square_kilometres(plan_->population_areas.of_cell(row_, column));
        }
        if (!(here >= 0 && here <= most_people_in_a_cell)) {
            partial.population.invalid.add(values[i]);
            continue;
        }
        people[i] = Persons::round(here);
        partial.raster_total += people[i];
    }
}

}  // namespace phusong
