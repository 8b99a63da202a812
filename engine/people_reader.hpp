#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "algorithms/ledger/row_people.hpp"
#include "algorithms/quantities/persons.hpp"
#include "engine/partial.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"

namespace phusong {

/// Reads the population of a tile and counts it, row by row. One a thread.
class PeopleReader {
public:
    /// @param keeps_tile whether `tile` is asked for
    /// @pre plan and sources outlive the reader
    PeopleReader(const Plan& plan, const Sources& sources, bool keeps_tile)
        : plan_{&plan}, reader_{sources.population->open()}, keeps_tile_{keeps_tile} {}

    /// Turns to a window of population cells. @throws InputError naming file and window
    void read(Window window);
    /// People of the next row's cells, the first one after `read`; valid until the next call.
    /// @param partial gets what the row adds to the raster's total and to the audit
    /// @throws QuantityOverflow
    [[nodiscard]] PeopleRow next_row(Partial& partial);

    /// All rows so far. @pre asked for
    [[nodiscard]] std::span<const Persons> tile() const { return people_; }

private:
    void convert(std::span<const double> values, std::span<Persons> people, Partial& partial) const;

    const Plan* plan_;
    std::unique_ptr<RasterReader> reader_;
    bool keeps_tile_;
    Window window_;
    std::int32_t row_ = 0;         ///< next
    std::vector<float> floats_;    ///< of the window, where the raster holds floats
    std::vector<double> values_;   ///< of the window, where it does not; of a row where a float is unusual
    std::vector<Persons> people_;  ///< of the window, or of a row
    std::vector<std::int32_t> narrow_;  ///< units of a row
};

}  // namespace phusong
