#pragma once

#include "algorithms/support/packed_integers.hpp"
#include "engine/site_table.hpp"

namespace phusong {

/// All that is known of sites but the shapes of their footprints.
void write_site_table(PackedWriter& out, const SiteTable& table);
/// What `write_site_table` wrote; the reader is no longer good when the bytes are damaged.
[[nodiscard]] SiteTable read_site_table(PackedReader& in);

}  // namespace phusong
