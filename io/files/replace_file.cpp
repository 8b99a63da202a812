#include "io/files/replace_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <system_error>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"

namespace phusong::io {

namespace {

/// Folders may be shared by machines, each with processes of its own.
std::string half_made_prefix(const std::filesystem::path& path) {
    char host[256] = {};
    if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
    return "." + path.filename().string() + "." + host + "-";
}

void remove_half_made_files(const std::filesystem::path& folder, const std::string& prefix) {
    std::error_code ignored;  // litter that cannot be removed harms nobody
    for (const auto& entry : std::filesystem::directory_iterator{folder, ignored}) {
        const std::string name = entry.path().filename().string();
        if (name.rfind(prefix, 0) != 0) continue;
        const long process = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
        const bool gone = process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
        if (gone || process == ::getpid()) std::filesystem::remove(entry.path(), ignored);
    }
}

}  // namespace

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
    const std::filesystem::path whole = std::filesystem::absolute(path).lexically_normal();
    const std::string prefix = half_made_prefix(whole);
    remove_half_made_files(whole.parent_path(), prefix);
    const std::filesystem::path made = whole.parent_path() / (prefix + std::to_string(::getpid()));
    try {
        CheckedFile file{made};
        file.write(bytes);
        file.finish();
        if (std::rename(made.c_str(), whole.c_str()) != 0) {
            throw StorageError{"'" + path.string() +
                               "' cannot be made: " + std::generic_category().message(errno)};
        }
    } catch (const StorageError&) {
        ::unlink(made.c_str());
        throw;
    }
    sync_to_disk(whole.parent_path());
}

}  // namespace phusong::io
