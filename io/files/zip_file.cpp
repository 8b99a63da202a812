#include "io/files/zip_file.hpp"

#include <zlib.h>

#include <cassert>
#include <cstdint>
#include <new>

namespace phusong::io {

namespace {

/// Of zlib: bare deflate, or with gzip's header and end.
enum WindowBits : int { bare = -15, with_gzip = 15 + 16 };

std::string deflated(std::string_view content, WindowBits bits) {
    z_stream stream{};
    constexpr int memory = 8;  // zlib's own default
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, bits, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc{};
    }
    std::string packed(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    // zlib only reads through this pointer.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));  // NOLINT
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());  // NOLINT
    stream.avail_out = static_cast<uInt>(packed.size());
    [[maybe_unused]] const int end = deflate(&stream, Z_FINISH);
    assert(end == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string little_endian(std::uint32_t number, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>((number >> (8 * i)) & 0xFFU);
    return text;
}

}  // namespace

std::string zip_of(std::string_view name, std::string_view content) {
    const std::string packed = deflated(content, bare);
    const auto checksum = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                                           static_cast<uInt>(content.size())));  // NOLINT
    // What the file's own header and the directory at the end say alike (APPNOTE 4.3.7, 4.3.12): version 2.0,
    // no flags, deflate, 1 January 1980 at midnight.
    const std::string described = little_endian(20, 2) + little_endian(0, 2) + little_endian(8, 2) +
                                  little_endian(0, 2) + little_endian(0x21, 2) + little_endian(checksum, 4) +
                                  little_endian(static_cast<std::uint32_t>(packed.size()), 4) +
                                  little_endian(static_cast<std::uint32_t>(content.size()), 4) +
                                  little_endian(static_cast<std::uint32_t>(name.size()), 2) +
                                  little_endian(0, 2);
    std::string archive = "PK\3\4" + described;
    archive.append(name).append(packed);
    const auto directory_at = static_cast<std::uint32_t>(archive.size());
    // Comment, disk, attributes and the offset of the file are all 0.
    const std::string directory =
        "PK\1\2" + little_endian(20, 2) + described + std::string(14, '\0') + std::string{name};
    archive += directory;
    archive += "PK\5\6" + std::string(4, '\0') + little_endian(1, 2) + little_endian(1, 2) +
               little_endian(static_cast<std::uint32_t>(directory.size()), 4) +
               little_endian(directory_at, 4) + little_endian(0, 2);
    return archive;
}

std::string gzip_of(std::string_view content) {
    return deflated(content, with_gzip);
}

}  // namespace phusong::io
