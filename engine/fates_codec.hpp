#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/support/packed_integers.hpp"

namespace phusong {

/// Rows of shared fates with the sets that they use, as columns: hundreds of thousands are read in
/// milliseconds. Sets are kept once each, in the order in which rows use them first.
/// @param rows by key, then by sites, so that equal fates give equal bytes
void write_fates(PackedWriter& out, std::span<const SharedFates::Row> rows, const ServingSets& sets);

struct FatesRead {
    std::vector<SharedFates::Row> rows;
    ServingSets sets;
};
/// What `write_fates` wrote; the reader is no longer good when the bytes are damaged.
/// @param zone_count, site_count that there are: bytes that name others are damaged
[[nodiscard]] FatesRead read_fates(PackedReader& in, std::size_t zone_count, std::size_t site_count);

}  // namespace phusong
