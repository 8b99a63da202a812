#include "io/gdal/stored_object.hpp"

#include <cpl_vsi.h>
#include <cpl_vsi_error.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>

#include "engine/errors.hpp"
#include "io/files/sha256.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/path_policy.hpp"
#include "io/text/remote_name.hpp"

namespace phusong::io {

namespace {

struct CloseObject {
    void operator()(VSILFILE* file) const { static_cast<void>(VSIFCloseL(file)); }
};

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
    throw InputError{
        fmt::format("'{}' cannot be read: {}; check the name, the network, and the account (of S3: "
                    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_NO_SIGN_REQUEST=YES)",
                    name, reason)};
}

/// Of a web address that carries rights, as signed ones do.
bool is_signed(const std::string& name) {
    const std::size_t query = name.find('?');
    if (query == std::string::npos) return false;
    std::string words = name.substr(query + 1);
    std::transform(words.begin(), words.end(), words.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array<std::string_view, 5> rights{"sig=", "signature=", "token=", "key=", "password="};
    return std::any_of(rights.begin(), rights.end(),
                       [&](std::string_view word) { return words.find(word) != std::string::npos; });
}

/// Names of inputs stand in messages, manifests and reports.
void refuse_password_in(const std::string& name) {
    if (is_signed(name)) {
        throw InputError{fmt::format(
            "'{}?...' was named with a signature or key in it, which would stand in the manifest; name the "
            "object under /vsis3/, /vsiaz/ or the like, with the account in the environment, or download it",
            name.substr(0, name.find('?')))};
    }
    const std::size_t scheme = name.find("://");
    if (scheme == std::string::npos) return;
    const std::size_t host = scheme + 3;
    const std::size_t at = name.substr(0, name.find_first_of("/?#", host)).rfind('@');
    if (at == std::string::npos || at < host) return;
    throw InputError{
        fmt::format("'{}{}' was named with an account in it, which would stand in the manifest; put "
                    "the account into ~/.netrc and name the object without it",
                    name.substr(0, host), name.substr(at + 1))};
}

std::string reason_of(const ErrorScope& errors) {
    std::string said = VSIGetLastErrorMsg();
    if (!said.empty()) return said;
    return errors.failed() ? errors.message() : "no such object, or no answer from the store";
}

}  // namespace

ObjectAccess::ObjectAccess(const std::string& path) {
    if (!names_object(path)) return;
    only_.emplace("CPL_VSIL_CURL_ALLOWED_FILENAME", path.c_str());
    no_listing_.emplace("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
}

std::string checked_map_path(const std::string& path) {
    if (!names_object(path)) return checked_input_path(path);
    if (state_of_object(path).bytes == 0)
        throw InputError{"'" + path + "' is empty (0 bytes); store it again"};
    return path;
}

ObjectState state_of_object(const std::string& name) {
    refuse_password_in(name);
    const ObjectAccess access{name};
    const ErrorScope errors;
    VSIErrorReset();
    VSICurlPartialClearCache(name.c_str());
    VSIStatBufL status{};
    if (VSIStatExL(name.c_str(), &status,
                   VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG | VSI_STAT_SIZE_FLAG |
                       VSI_STAT_SET_ERROR_FLAG) != 0) {
        refuse(name, reason_of(errors));
    }
    if (VSI_ISDIR(status.st_mode)) refuse(name, "it is a folder; name an object in it");
    ObjectState state{static_cast<std::uint64_t>(status.st_size), {}};
    if (status.st_mtime != 0) {
        const std::chrono::sys_seconds modified{std::chrono::seconds{status.st_mtime}};
        state.modified = std::chrono::time_point_cast<std::filesystem::file_time_type::duration>(
            std::chrono::file_clock::from_sys(modified));
    }
    return state;
}

std::string sha256_of_object(const std::string& name) {
    const std::uint64_t bytes = state_of_object(name).bytes;
    const ObjectAccess access{name};
    const ErrorScope errors;
    const std::unique_ptr<VSILFILE, CloseObject> file{VSIFOpenL(name.c_str(), "rb")};
    if (!file) refuse(name, reason_of(errors));
    const FileDigest digest = sha256_of_pieces(
        [&file](std::span<char> buffer) { return VSIFReadL(buffer.data(), 1, buffer.size(), file.get()); });
    if (digest.bytes != bytes) {
        refuse(name, fmt::format("{} of {} bytes came, {}", digest.bytes, bytes,
                                 errors.failed() ? errors.message() : "then it ended"));
    }
    return digest.sha256;
}

std::uint64_t bytes_of(const std::string& path) {
    const ObjectAccess access{path};
    VSIStatBufL status{};
    if (VSIStatExL(path.c_str(), &status, VSI_STAT_EXISTS_FLAG | VSI_STAT_SIZE_FLAG) != 0) return 0;
    return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace phusong::io
