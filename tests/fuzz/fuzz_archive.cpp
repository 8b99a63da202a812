// Any bytes are what phusong kept of a run, of whatever kind, or are refused; what was read is written and
// read again as the same. The checksum is put right first: behind it the decoders have to hold on their own.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "algorithms/quantities/fixed_point.hpp"
#include "algorithms/support/byte_checksum.hpp"
#include "engine/event_archive.hpp"
#include "engine/kept_shard.hpp"
#include "engine/partial_codec.hpp"
#include "engine/rollout_archive.hpp"
#include "engine/shard_part.hpp"

namespace {

using namespace phusong;
using Bytes = std::vector<std::uint8_t>;

template <typename Again>
void same(const Bytes& bytes, Again again) {
    try {
        const Bytes once = again(bytes);
        if (again(once) != once) std::abort();
    } catch (const ArchiveFormatError&) {
    } catch (const PartialFormatError&) {
    } catch (const QuantityOverflow&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t magic_bytes = 8;
    constexpr std::size_t head = magic_bytes + 8;
    if (size < head) return 0;
    Bytes bytes(data, data + size);
    const std::uint64_t sum = byte_checksum(std::span{bytes}.subspan(head));
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[magic_bytes + i] = static_cast<std::uint8_t>(sum >> (8 * i));
    }
    same(bytes, [](const Bytes& archive) { return encode_archive(decode_archive(archive)); });
    same(bytes, [](const Bytes& archive) {
        const RolloutArchive rollout = decode_rollout(archive);
        static_cast<void>(rollout.grounds.instance());
        return encode_rollout(rollout);
    });
    same(bytes, [](const Bytes& archive) { return encode(decode_shard_part(archive)); });
    same(bytes, [](const Bytes& archive) {
        const KeptShardView view{archive};
        KeptShard shard = view.head();
        shard.partial = view.partial();
        return encode(shard);
    });
    return 0;
}
