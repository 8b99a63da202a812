#pragma once

#include <span>
#include <vector>

#include "algorithms/damage/shared_fates.hpp"
#include "algorithms/support/packed_integers.hpp"

namespace phusong {

/// Rows of shared fates with the sets that they use, in few bytes: sites as steps, sets once each.
/// @param rows by key, then by sites, so that equal fates give equal bytes
void write_fates(PackedWriter& out, std::span<const SharedFates::Row> rows, const ServingSets& sets);

struct FatesRead {
    std::vector<SharedFates::Row> rows;
    ServingSets sets;
};
/// What `write_fates` wrote; the reader is no longer good when the bytes are damaged.
[[nodiscard]] FatesRead read_fates(PackedReader& in);

}  // namespace phusong
