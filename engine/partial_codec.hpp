#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

#include "engine/partial.hpp"

namespace phusong {

/// Bytes that are not a partial result, or not one of this version or this machine's kind.
class PartialFormatError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A partial as bytes: magic "PHUSONGP", version, then little-endian fields in a fixed order, then a
/// checksum. Equal partials give equal bytes.
[[nodiscard]] std::vector<std::uint8_t> encode(const Partial& partial);

/// @throws PartialFormatError saying what is wrong; never reads outside the bytes, never allocates more than
/// they could fill
[[nodiscard]] Partial decode(std::span<const std::uint8_t> bytes);

}  // namespace phusong
