#include "io/path_policy.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "engine/errors.hpp"
#include "io/text/postgis_name.hpp"

namespace phusong::io {

namespace {

std::string reason_of(int number) {
    return std::error_code{number, std::generic_category()}.message();
}

}  // namespace

std::string checked_input_path(const std::string& path) {
    const std::string quoted = "'" + path + "'";
    if (path.empty()) throw InputError{"an input has an empty path; name a file"};
    if (const std::size_t zero = path.find('\0'); zero != std::string::npos) {
        // Only what stands before it would be told of such a message.
        throw InputError{"'" + path.substr(0, zero) +
                         "' is followed by a zero byte, which no path holds; name the file"};
    }
    if (names_postgis(path)) {
        throw InputError{quoted +
                         " is a database; communes, settlements and sites may come from one, rasters "
                         "and other tables not: export them to a file"};
    }
    std::error_code trouble;
    std::string absolute = std::filesystem::absolute(path, trouble).string();
    if (trouble) throw StorageError{quoted + ": the working directory cannot be read: " + trouble.message()};
    if (path.rfind("/vsi", 0) == 0 || absolute.rfind("/vsi", 0) == 0) {
        throw InputError{quoted + " is a virtual path; download or unpack the file and name it"};
    }
    struct stat status {};
    if (stat(absolute.c_str(), &status) != 0) {
        const int reason = errno;
        if (reason == ENOENT || reason == ENOTDIR) {
            throw InputError{quoted +
                             " does not exist; check the path (relative paths start at the study file or "
                             "the working directory)"};
        }
        throw StorageError{quoted + " cannot be read: " + reason_of(reason)};
    }
    if (S_ISDIR(status.st_mode)) throw InputError{quoted + " is a folder; name a file in it"};
    if (!S_ISREG(status.st_mode))
        throw InputError{quoted + " is not a regular file (a pipe or device?); name a file"};
    if (status.st_size == 0) throw InputError{quoted + " is empty (0 bytes); fetch it again"};
    if (access(absolute.c_str(), R_OK) != 0) {
        throw StorageError{quoted + " cannot be read: " + reason_of(errno)};
    }
    return absolute;
}

}  // namespace phusong::io
