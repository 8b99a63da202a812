#include "io/text/remote_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "engine/errors.hpp"
#include "io/text/postgis_name.hpp"
#include "io/text/study_files.hpp"

namespace phusong::io {

namespace {

/// GDAL's file systems of stores: Amazon's and whatever speaks like it, Google's, Microsoft's, Alibaba's,
/// OpenStack's; and web servers. No archives and no streams, which lead to further names.
constexpr std::array<std::string_view, 8> file_systems{"/vsis3/",          "/vsigs/",          "/vsiaz/",
                                                       "/vsiadls/",        "/vsioss/",         "/vsiswift/",
                                                       "/vsicurl/http://", "/vsicurl/https://"};

}  // namespace

bool names_object(std::string_view name) {
    const bool printable =
        std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return printable && std::any_of(file_systems.begin(), file_systems.end(), [&](std::string_view start) {
               return name.starts_with(start) && name.size() > start.size();
           });
}

bool names_remote(std::string_view name) {
    return names_object(name) || names_postgis(name);
}

bool has_remote_inputs(const Study& study) {
    const std::vector<StudyFile> files = files_of(study);
    return std::any_of(files.begin(), files.end(),
                       [](const StudyFile& file) { return names_remote(file.path); });
}

void refuse_remote(const Study& study, const std::string& permission) {
    for (const auto& [role, path, layer] : files_of(study)) {
        if (!names_remote(path)) continue;
        throw InputError{fmt::format(
            "'{}' ({}) is {}, which a study may lead to only with {}: it reaches the network, and whatever "
            "your account may read there",
            path, role, names_postgis(path) ? "in a database" : "in a store", permission)};
    }
}

}  // namespace phusong::io
