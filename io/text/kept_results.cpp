#include "io/text/kept_results.hpp"

#include <fstream>

#include "engine/errors.hpp"

namespace phusong::io {

std::vector<std::uint8_t> read_kept(const std::filesystem::path& folder, const std::string& name,
                                    const std::string& missing) {
    const std::filesystem::path path = folder / name;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        if (std::filesystem::exists(folder / "manifest.json", error)) {
            throw InputError{"'" + folder.string() + "' holds the results of " + missing};
        }
        throw InputError{"'" + folder.string() +
                         "' is no folder of results; name the folder that phusong run wrote"};
    }
    std::vector<std::uint8_t> bytes(std::filesystem::file_size(path, error));
    std::ifstream file{path, std::ios::binary};
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file) throw StorageError{"'" + path.string() + "' cannot be read; check its permissions"};
    return bytes;
}

}  // namespace phusong::io
