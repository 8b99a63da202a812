#pragma once

#include "engine/plan.hpp"
#include "engine/study_result.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// The ledger: one row for every commune and combination of answers, with people and land as whole units, so
/// that every printed number can be checked by adding up. Of an event it holds the answers before and after.
[[nodiscard]] Table ledger_table(const Plan& plan, const StudyResult& result);

/// People x share of the layers that tell parts of households; of an event also people x severity of damage.
[[nodiscard]] Table ledger_shares_table(const Plan& plan, const StudyResult& result);

}  // namespace phusong::io
