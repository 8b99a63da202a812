#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "io/gdal/scoped_option.hpp"

namespace phusong::io {

/// While it lives, GDAL may open one object of a store on this thread, and nothing else there: no sidecars,
/// no listings, no other names that a file leads to. Of a path on the disk it does nothing.
class ObjectAccess {
public:
    explicit ObjectAccess(const std::string& path);

private:
    std::optional<ScopedOption> only_;
    std::optional<ScopedOption> no_listing_;
};

/// The path of a raster or of a vector file: as `checked_input_path`, or an object of a store that is there.
/// @throws InputError naming the path as given; StorageError when it cannot be looked at
[[nodiscard]] std::string checked_map_path(const std::string& path);

struct ObjectState {
    std::uint64_t bytes = 0;
    std::filesystem::file_time_type modified{};  ///< to the second; unset: the store does not tell
};

/// Asked of the store anew. @throws InputError when there is no such object, or the account may not read it
[[nodiscard]] ObjectState state_of_object(const std::string& name);

/// Lower-case hexadecimal, of all its bytes, which are fetched for it. @throws InputError
[[nodiscard]] std::string sha256_of_object(const std::string& name);

/// Of a file on the disk or of an object; 0 when it is not there.
[[nodiscard]] std::uint64_t bytes_of(const std::string& path);

}  // namespace phusong::io
