#include "engine/archive_envelope.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/support/byte_checksum.hpp"

namespace phusong {

namespace {

constexpr std::size_t magic_bytes = 8;
constexpr std::size_t head = magic_bytes + 8;

}  // namespace

PackedWriter archive_writer(const ArchiveKind& kind) {
    PackedWriter out;
    out.natural(kind.version);
    return out;
}

std::vector<std::uint8_t> sealed(const ArchiveKind& kind, PackedWriter&& body) {
    const std::vector<std::uint8_t> content = body.take();
    std::vector<std::uint8_t> bytes(kind.magic.begin(), kind.magic.end());
    const std::uint64_t sum = byte_checksum(content);
    for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<std::uint8_t>(sum >> shift));
    bytes.insert(bytes.end(), content.begin(), content.end());
    return bytes;
}

PackedReader opened(const ArchiveKind& kind, std::span<const std::uint8_t> bytes) {
    if (bytes.size() < head || !std::equal(kind.magic.begin(), kind.magic.end(), bytes.begin())) {
        throw ArchiveFormatError{"not " + std::string{kind.contents} + " that phusong kept"};
    }
    PackedReader in{bytes.subspan(head)};
    // First, because each version has its own checksum.
    if (const std::uint64_t found = in.natural(); in.good() && found != kind.version) {
        throw ArchiveFormatError{"of format version " + std::to_string(found) +
                                 ", this phusong reads version " + std::to_string(kind.version) +
                                 "; run the study again"};
    }
    if (little_endian(bytes.data() + magic_bytes) != byte_checksum(bytes.subspan(head))) {
        throw ArchiveFormatError{"damaged: its checksum does not match"};
    }
    return in;
}

}  // namespace phusong
