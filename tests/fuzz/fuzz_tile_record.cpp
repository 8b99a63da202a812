// Any bytes are the record of a tile or are refused; what was read is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/errors.hpp"
#include "engine/tile_record.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    try {
        const TileRecord record = decode_tile_record({data, size});
        if (!(decode_tile_record(encode(record)) == record)) std::abort();
    } catch (const StorageError&) {
    }
    return 0;
}
