#include "io/gdal/crs_of_file.hpp"

#include "engine/errors.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/proj/crs.hpp"

namespace phusong::io {

namespace {

std::string wkt_of(OGRSpatialReferenceH reference) {
    if (reference == nullptr) return {};
    const ErrorScope quiet;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    char* text = nullptr;
    OSRExportToWktEx(reference, &text, options);
    const CplString owned{text};
    return text != nullptr ? text : "";
}

}  // namespace

std::string crs_of_file(OGRSpatialReferenceH from_file, const FileLayer& file, const std::string& subject,
                        Problems& problems) {
    const std::string carried = wkt_of(from_file);
    if (carried.empty() && file.crs.empty()) {
        throw InputError{subject +
                         " carries no CRS (coordinate reference system); state it in the study: crs = "
                         "\"EPSG:...\""};
    }
    if (!file.crs.empty()) {
        std::string stated = canonical_crs(file.crs, subject);
        if (!carried.empty()) {
            const std::string own = canonical_crs(carried, subject);
            if (own != stated) {
                problems.push_back({subject, "the study's CRS " + stated +
                                                 " is used instead of the file's own (" + facts_of(own).name +
                                                 ")"});
            }
        }
        return stated;
    }
    std::string crs = canonical_crs(carried, subject);
    // A registered CRS of the same numbers hides a name such as VN-2000: the file's own words are asked, too.
    for (const std::string& text : {crs, carried}) {
        const auto meant = forgotten_vietnam_datum(text);
        if (!meant) continue;
        problems.push_back(
            {subject, "its CRS '" + facts_of(text).name +
                          "' is a Vietnamese map zone on another datum than VN-2000; if VN-2000 was meant, "
                          "everything lies some 220 m off: state crs = \"" +
                          *meant + "\""});
        break;
    }
    return crs;
}

SpatialReferenceHandle make_spatial_reference(const std::string& crs) {
    SpatialReferenceHandle reference{OSRNewSpatialReference(nullptr)};
    if (OSRSetFromUserInput(reference.get(), crs.c_str()) != OGRERR_NONE) {
        throw StorageError{"the CRS " + crs + " cannot be written"};
    }
    OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

}  // namespace phusong::io
