// Any bytes are the record of the tile or are refused; what was read is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/errors.hpp"
#include "engine/tile_record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    constexpr Window tile{0, 0, 2, 4};
    try {
        const TileRecord record = decode_tile_record({data, size}, tile, 2);
        if (!(decode_tile_record(encode(record), tile, 2) == record)) std::abort();
    } catch (const StorageError&) {
    }
    return 0;
}
