#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "algorithms/support/packed_integers.hpp"

namespace phusong {

/// Bytes that are no archive, or a damaged one, or one of another version.
class ArchiveFormatError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What one kind of archive is known by.
struct ArchiveKind {
    std::string_view magic;     ///< eight bytes
    std::uint64_t version = 1;  ///< one more for every change of the layout
    std::string_view contents;  ///< "an event": for messages
};

/// A writer that has said its version.
[[nodiscard]] PackedWriter archive_writer(const ArchiveKind& kind);
/// Magic, checksum, body.
[[nodiscard]] std::vector<std::uint8_t> sealed(const ArchiveKind& kind, PackedWriter&& body);
/// A reader behind the version of bytes that are whole. They must outlive it.
/// @throws ArchiveFormatError when they are of another kind or version, or a single bit of them changed
[[nodiscard]] PackedReader opened(const ArchiveKind& kind, std::span<const std::uint8_t> bytes);

}  // namespace phusong
