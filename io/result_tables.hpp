#pragma once

#include "engine/plan.hpp"
#include "engine/sources.hpp"
#include "engine/study_result.hpp"
#include "io/proj/transform.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// One row a commune, by code, with its shape in the study's CRS. The columns are documented in the README
/// and begin code, name, province, people. The plan must outlive the table.
[[nodiscard]] Table communes_table(const Plan& plan, const Sources& sources, const StudyResult& result);
/// The same without shapes' CRS, of a plan that was put together from saved results.
[[nodiscard]] Table communes_table(const Plan& plan, const StudyResult& result, bool synthetic);

/// One row a province and one for everything; the same columns, no shapes.
[[nodiscard]] Table provinces_table(const Plan& plan, const StudyResult& result, bool synthetic);

/// Whether any input is tagged SYNTHETIC=YES; every output then says so.
[[nodiscard]] bool is_synthetic(const Sources& sources);

/// For everything inside the study's grid.
[[nodiscard]] ToLonLat to_lonlat_of(const Plan& plan, const Sources& sources);

/// Of column names: small ASCII letters, digits and underscores.
[[nodiscard]] std::string column_word(const std::string& text);

/// "fibre_passed" or "4g".
[[nodiscard]] std::string technology_word(const Technology& technology);

}  // namespace phusong::io
