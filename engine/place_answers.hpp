#pragma once

#include <span>

#include "engine/plan.hpp"
#include "engine/study_result.hpp"
#include "engine/zone_ledger.hpp"

namespace phusong {

/// Puts all questions of the plan to one zone's ledger.
/// @param after its rows by states before and after the study's event; empty without one
void answer_questions(const Plan& plan, const ZoneLedger& zone, std::span<const Ledger::Row> after,
                      PlaceResult& place);

/// Adds or takes away places' sums; percentages are never averaged.
class RollUp {
public:
    /// @param sum becomes that of no places
    RollUp(const Plan& plan, PlaceResult& sum);

    void add(const PlaceResult& place);
    /// Takes away what overlapping communes hold more than once.
    void subtract(const PlaceResult& twice);
    void finish();

private:
    template <typename OnAnswer, typename OnPersons>
    void each(const PlaceResult& place, OnAnswer on_answer, OnPersons on_persons);

    PlaceResult& sum_;
};

}  // namespace phusong
