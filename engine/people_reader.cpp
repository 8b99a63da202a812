#include "engine/people_reader.hpp"

#include <algorithm>
#include <cmath>

#include "algorithms/ledger/round_people.hpp"

namespace phusong {

namespace {

/// More than live on Earth: such a value is a mistake, most often an undeclared nodata value.
constexpr double most_people_in_a_cell = 1e10;

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

PeopleRow PeopleReader::next_row(Partial& partial) {
    const auto columns = static_cast<std::size_t>(window_.columns);
    const std::size_t at = columns * static_cast<std::size_t>(row_ - window_.row);
    const std::span<Persons> people = std::span{people_}.subspan(keeps_tile_ ? at : 0, columns);
    PeopleRow result{people, {}, false};
    if (!reader_->holds_floats()) {
        convert(std::span{values_}.subspan(at, columns), people, partial);
    } else {
        constexpr std::size_t most_columns = 4096;
        const std::span<const float> floats = std::span{floats_}.subspan(at, columns);
        RoundedPeople row{false, 0, 0};
        if (plan_->study.population.values == PopulationInput::Values::people_per_cell &&
            columns <= most_columns) {
            narrow_.resize(columns);
            row = round_narrow(floats, reader_->missing_floats(), narrow_);
            if (row.usual) {
                result = {{}, narrow_, row.units == 0};
                if (keeps_tile_)
                    std::transform(narrow_.begin(), narrow_.end(), people.begin(), Persons::of_units);
            } else {
                row = round_usual(floats, reader_->missing_floats(), people);
            }
        }
        if (row.usual) {
            partial.population.without_data += row.without_data;
            partial.raster_total += Persons::of_units(row.units);
        } else {
            const MissingFloats missing = reader_->missing_floats();
            values_.resize(columns);
            std::transform(floats.begin(), floats.end(), values_.begin(), [&](float value) {
                return missing.holds(value) ? std::nan("") : static_cast<double>(value);
            });
            convert(values_, people, partial);
        }
    }
    ++row_;
    return result;
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
