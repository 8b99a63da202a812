#pragma once

#include <cstdint>

#include "algorithms/zones/lattice_shape.hpp"
#include "engine/fingerprint.hpp"
#include "engine/plan.hpp"
#include "engine/sources.hpp"

namespace phusong {

void add_shape(const LatticeShape& shape, Fingerprint& print);

/// What of a plan decides the sums of its pass: lattices, CRSs, tiles, communes, rules, kinds of dead zones,
/// sites; not the values of rasters, nor polygons of coverage and damage, which touch a part of the tiles.
/// @pre the plan is whole but for its fingerprints
[[nodiscard]] std::uint64_t pass_fingerprint_of(const Plan& plan, const Sources& sources);

/// What decides the result, but for the values of rasters. @pre plan.pass_fingerprint is set
[[nodiscard]] std::uint64_t fingerprint_of(const Plan& plan);

}  // namespace phusong
