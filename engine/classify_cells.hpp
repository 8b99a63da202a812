#pragma once

#include <array>
#include <span>
#include <vector>

#include "algorithms/service/service_rule.hpp"
#include "engine/cell_sampler.hpp"
#include "engine/layer_reader.hpp"
#include "engine/layer_spec.hpp"

namespace phusong {

/// Bytes that are services.
[[nodiscard]] const ByteServices& services_themselves();

/// Answers of any raster, study cell by study cell, with shares and the audit of values.
/// @param values of the cells' hull
/// @param readings buffer: a raster cell is read by the rule once, however many study cells lie in it
void classify(const SampledCells& sampled, std::span<const double> values, const LayerSpec& spec,
              std::vector<Reading>& readings, LayerTile& tile);

/// Answers of polygons: whether study cells' centres lie inside.
void burn_services(std::span<const LatticeShape> shapes, Window study_window, LayerTile& tile);

/// The services of a tile's study cells, from the bytes of its plane.
void spread_services(Window study_window, LayerTile& tile);

}  // namespace phusong
