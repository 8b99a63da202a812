#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace phusong::io {

struct FileDigest {
    std::string sha256;  ///< lower-case hexadecimal, as sha256sum prints it
    std::uint64_t bytes = 0;
};

/// @throws StorageError when the file cannot be read
[[nodiscard]] FileDigest sha256_of(const std::filesystem::path& path);
/// Of what comes piece by piece. @param read fills a buffer from its start and says how far; 0: that was all
[[nodiscard]] FileDigest sha256_of_pieces(const std::function<std::size_t(std::span<char>)>& read);
/// Lower-case hexadecimal.
[[nodiscard]] std::string sha256_of_bytes(std::string_view bytes);

}  // namespace phusong::io
