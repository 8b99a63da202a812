#include "io/gdal/startup.hpp"

#include <cpl_conv.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <gdal.h>
#include <gdal_frmts.h>
#include <geos_c.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>
#include <proj.h>
#include <unistd.h>
#include <utf8proc.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>

namespace phusong::io {

namespace {

constexpr std::array option_prefixes{"GDAL_", "OGR_",  "OSR_",   "CPL_",     "GTIFF_",  "GEOTIFF_", "TIFF_",
                                     "COG_",  "GPKG_", "SHAPE_", "GEOJSON_", "SQLITE_", "PROJ_",    "VSI"};

bool is_library_option(std::string_view name) {
    return std::any_of(option_prefixes.begin(), option_prefixes.end(),
                       [&](const char* prefix) { return name.starts_with(prefix); });
}

/// A PROJ installed elsewhere finds its database by these two; they stay when they lead to one.
bool leads_to_proj_database(std::string_view name, std::string_view value) {
    if (name != "PROJ_DATA" && name != "PROJ_LIB") return false;
    std::error_code ignored;
    return std::filesystem::is_regular_file(std::filesystem::path{value} / "proj.db", ignored);
}

void clear_environment() {
    std::vector<std::string> names;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = text.substr(0, equals);
        if (is_library_option(name) && !leads_to_proj_database(name, text.substr(equals + 1))) {
            names.emplace_back(name);
        }
    }
    for (const std::string& name : names)
        unsetenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): before any thread
}

/// GeoPackage stamps its contents; a fixed instant keeps equal results equal to the byte.
std::string content_date() {
    std::time_t seconds = 0;
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) {  // NOLINT(concurrency-mt-unsafe): as above
        char* end = nullptr;
        const long long given = std::strtoll(epoch, &end, 10);
        if (end != epoch && *end == '\0' && given >= 0) seconds = static_cast<std::time_t>(given);
    }
    std::tm parts{};
    std::array<char, 40> text{};
    if (gmtime_r(&seconds, &parts) == nullptr) return "1970-01-01T00:00:00.000Z";
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.000Z", &parts);
    return text.data();
}

void set_options() {
    CPLSetConfigOptions(nullptr);  // whatever a configuration file brought in
    constexpr std::array<std::pair<const char*, const char*>, 23> options{{
        // Sidecars (.aux.xml, .msk, .cpg) belong to the data and are read. Writing one needs a changed
        // dataset:
        // inputs are opened read-only and never asked for statistics; sinks switch PAM off themselves.
        {"GDAL_PAM_ENABLED", "YES"},
        {"GDAL_DISABLE_READDIR_ON_OPEN", "NO"},
        {"GDAL_GEOREF_SOURCES", "PAM,INTERNAL,TABFILE,WORLDFILE"},
        {"GTIFF_POINT_GEO_IGNORE", "FALSE"},
        {"GTIFF_HONOUR_NEGATIVE_SCALEY", "NO"},
        {"GTIFF_IGNORE_READ_ERRORS", "NO"},
        {"GDAL_NUM_THREADS", "1"},
        {"GDAL_CACHEMAX", "64"},  // MB; blocks are cached by the readers themselves
        {"GDAL_RASTERIO_RESAMPLING", "NEAREST"},
        {"OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER"},
        // Given on a layer's own terms: GDAL 3.6 drops the last letter of CP1258 text (OSGeo/gdal#2045).
        {"SHAPE_ENCODING", ""},
        {"SHAPE_RESTORE_SHX", "NO"},
        {"SHAPE_REWIND_ON_WRITE", "YES"},
        {"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING", "YES"},  // closed by the reader, with a notice
        {"OGR_ARC_STEPSIZE", "1"},                     // degrees between the points of a linearised arc
        {"OGR_GEOJSON_MAX_OBJ_SIZE", "200"},           // MB of one feature
        // A GeoPackage is written into a stage that a crash throws away, and the publisher brings every file
        // to the disk: a hundred waits less, and it is there no later.
        {"OGR_SQLITE_SYNCHRONOUS", "OFF"},
        {"CPL_VSIL_CURL_ALLOWED_FILENAME", "none"},  // requests that go around the callback
        // For the objects of stores that a study may name (ObjectAccess): a lost packet ends no run, a store
        // that does not answer does.
        {"GDAL_HTTP_MAX_RETRY", "3"},
        {"GDAL_HTTP_RETRY_DELAY", "1"},      // seconds, then longer
        {"GDAL_HTTP_CONNECTTIMEOUT", "20"},  // seconds
        {"GDAL_HTTP_LOW_SPEED_LIMIT", "1"},  // bytes a second
        {"GDAL_HTTP_LOW_SPEED_TIME", "30"},  // seconds
    }};
    for (const auto& [name, value] : options) CPLSetConfigOption(name, value);
    CPLSetConfigOption("OGR_CURRENT_DATE", content_date().c_str());
}

/// Instead of every request over a network: a GeoJSON may name an address as its CRS, which GDAL would fetch.
CPLHTTPResult* refuse_request(const char* /*url*/, CSLConstList /*options*/, GDALProgressFunc /*progress*/,
                              void* /*progress_data*/, CPLHTTPFetchWriteFunc /*write*/, void* /*write_data*/,
                              void* /*data*/) {
    auto* const result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("phusong opens no network");
    return result;
}

void register_drivers() {
    GDALRegister_GTiff();
    GDALRegister_COG();
    GDALRegister_MEM();
    RegisterOGRGeoPackage();
    RegisterOGRGeoJSON();
    RegisterOGRTopoJSON();
    RegisterOGRShape();
    RegisterOGRFlatGeobuf();
    RegisterOGRCSV();
    RegisterOGRPG();   // opened by name only: no file is tried with it
    RegisterOGRMVT();  // written only
}

std::string coordinate_database_version() {
    const std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)> context{proj_context_create(),
                                                                               &proj_context_destroy};
    const char* version = proj_context_get_database_metadata(context.get(), "EPSG.VERSION");
    return version != nullptr ? version : "unknown";
}

}  // namespace

void start_gdal() {
    static std::once_flag once;
    std::call_once(once, [] {
        clear_environment();
        CPLHTTPSetFetchCallback(refuse_request, nullptr);
        register_drivers();
        set_options();
        OSRSetPROJEnableNetwork(0);
        proj_context_set_enable_network(nullptr, 0);
    });
}

std::vector<std::pair<std::string, std::string>> library_versions() {
    start_gdal();
    return {{"GDAL", GDALVersionInfo("RELEASE_NAME")},
            {"GEOS", GEOSversion()},
            {"PROJ", proj_info().version},
            {"EPSG database", coordinate_database_version()},
            {"utf8proc", utf8proc_version()},
            {"libxlsxwriter", lxw_version()}};
}

}  // namespace phusong::io
