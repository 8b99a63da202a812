// Any bytes are a partial result or are refused; what was read is written and read again as the same. The
// checksum is put right first: behind it the decoder has to hold on its own.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "algorithms/quantities/fixed_point.hpp"
#include "engine/partial_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    constexpr std::size_t sum_bytes = 8;
    if (size < sum_bytes) return 0;
    std::vector<std::uint8_t> bytes(data, data + size);
    std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
    for (std::size_t i = 0; i + sum_bytes < size; ++i) hash = (hash ^ bytes[i]) * 0x100000001b3U;
    for (std::size_t i = 0; i < sum_bytes; ++i) {
        bytes[size - sum_bytes + i] = static_cast<std::uint8_t>(hash >> (8 * i));
    }
    try {
        // As bytes: what no number is equals nothing.
        const std::vector<std::uint8_t> once = encode(decode(bytes));
        if (encode(decode(once)) != once) std::abort();
    } catch (const PartialFormatError&) {
    } catch (const QuantityOverflow&) {
    }
    return 0;
}
