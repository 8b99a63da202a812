// Any bytes are a table of sites or leave the reader in no good state; what was read is written as it was.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "engine/site_table_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    PackedReader in{{data, size}};
    const SiteTable table = read_site_table(in);
    if (!in.good()) return 0;
    const auto written = [](const SiteTable& sites) {
        PackedWriter out;
        write_site_table(out, sites);
        return out.take();
    };
    const std::vector<std::uint8_t> once = written(table);
    PackedReader again{once};
    const SiteTable same = read_site_table(again);
    if (!again.good() || written(same) != once) std::abort();
    return 0;
}
