#include "io/gdal/built_versions.hpp"

#include <gdal_version.h>
#include <geos_c.h>
#include <proj.h>
#include <utf8proc.h>
#include <xlsxwriter.h>

namespace phusong::io {

namespace {

std::string dotted(int major, int minor, int patch) {
    return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> built_versions() {
    return {{"GDAL", GDAL_RELEASE_NAME},
            {"GEOS", GEOS_CAPI_VERSION},
            {"PROJ", dotted(PROJ_VERSION_MAJOR, PROJ_VERSION_MINOR, PROJ_VERSION_PATCH)},
            {"utf8proc", dotted(UTF8PROC_VERSION_MAJOR, UTF8PROC_VERSION_MINOR, UTF8PROC_VERSION_PATCH)},
            {"libxlsxwriter", LXW_VERSION}};
}

}  // namespace phusong::io
