#include "io/verify/check_dead_zone_map.hpp"

#include <gdal_alg.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/errors.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/verify/saved_study.hpp"

namespace phusong::io {

namespace {

constexpr const char* map_name = "dead_zones.tif";

/// A zone as the table tells it, and what of it was seen in the map.
struct MappedZone {
    std::size_t row = 0;
    std::int64_t cells = 0;
    std::int64_t first_cell = 0;
    double north = 0;  ///< of its outline
    double south = 0;
    bool outlined = false;
    std::int64_t cells_found = 0;
    std::int64_t first_found = -1;
};

GeometryHandle outline_of(const MultiPolygon& shape) {
    GeometryHandle all{OGR_G_CreateGeometry(wkbMultiPolygon)};
    const auto add = [](OGRGeometryH polygon, const Ring& ring) {
        OGRGeometryH line = OGR_G_CreateGeometry(wkbLinearRing);
        for (const Point& point : ring) OGR_G_AddPoint_2D(line, point.x, point.y);
        OGR_G_AddGeometryDirectly(polygon, line);
    };
    for (const PolygonPart& part : shape.parts) {
        OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
        add(polygon, part.shell);
        for (const Ring& hole : part.holes) add(polygon, hole);
        OGR_G_AddGeometryDirectly(all.get(), polygon);
    }
    return all;
}

using MappedZones = std::map<std::uint32_t, MappedZone>;

MappedZones zones_of(const Table& table, const std::string& definition) {
    MappedZones zones;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (text_at(table, row, "definition") != definition) continue;
        MappedZone zone;
        zone.row = row;
        zone.cells = static_cast<std::int64_t>(number_at(table, row, "cells"));
        zone.first_cell = static_cast<std::int64_t>(number_at(table, row, "first_cell"));
        const MultiPolygon shape = table.shape_of ? table.shape_of(row) : MultiPolygon{};
        for (const PolygonPart& part : shape.parts) {
            for (const Point& point : part.shell) {
                zone.north = zone.outlined ? std::max(zone.north, point.y) : point.y;
                zone.south = zone.outlined ? std::min(zone.south, point.y) : point.y;
                zone.outlined = true;
            }
        }
        zones[static_cast<std::uint32_t>(number_at(table, row, "id"))] = zone;
    }
    return zones;
}

/// One band of the map, a strip of rows after the other.
class BandCheck {
public:
    BandCheck(GDALDatasetH map, int band, const Table& table, const std::string& definition)
        : map_{map},
          band_{band},
          table_{table},
          zones_{zones_of(table, definition)},
          columns_{GDALGetRasterXSize(map)},
          rows_{GDALGetRasterYSize(map)} {
        GDALGetGeoTransform(map, place_.data());
    }

    void run(Findings& findings) {
        constexpr std::int64_t most_cells = std::int64_t{1} << 24;
        const int strip = static_cast<int>(std::clamp<std::int64_t>(most_cells / columns_, 1, rows_));
        for (int row = 0; row < rows_; row += strip) {
            if (!check_strip(row, std::min(strip, rows_ - row), findings)) return;
        }
        for (const auto& [id, zone] : zones_) {
            check_count("cells", zone.row, zone.cells, zone.cells_found, findings);
            check_count("first_cell", zone.row, zone.first_cell, zone.first_found, findings);
        }
    }

private:
    static void check_count(const char* column, std::size_t row, std::int64_t said, std::int64_t found,
                            Findings& findings) {
        if (said == found || findings.concern("dead_zones.csv")) return;
        findings.cell("dead_zones.csv", row + 2, column, std::to_string(found), std::to_string(said),
                      "from dead_zones.tif");
    }

    /// The outlines that meet the strip, burned at cell centres.
    std::vector<std::uint32_t> burned(int first, int rows) {
        const DatasetHandle memory{
            GDALCreate(GDALGetDriverByName("MEM"), "", columns_, rows, 1, GDT_UInt32, nullptr)};
        if (!memory) throw InputError{"no memory is left"};
        std::array<double, 6> place = place_;
        place[3] += first * place_[5];
        GDALSetGeoTransform(memory.get(), place.data());
        std::vector<GeometryHandle> kept;
        std::vector<OGRGeometryH> shapes;
        std::vector<double> ids;
        const double south = place[3] + rows * place_[5];
        for (const auto& [id, zone] : zones_) {
            if (!zone.outlined || zone.north < south || zone.south > place[3]) continue;
            kept.push_back(outline_of(table_.shape_of(zone.row)));
            shapes.push_back(kept.back().get());
            ids.push_back(id);
        }
        const std::array<int, 1> bands{1};
        if (!shapes.empty() &&
            GDALRasterizeGeometries(memory.get(), 1, bands.data(), static_cast<int>(shapes.size()),
                                    shapes.data(), nullptr, nullptr, ids.data(), nullptr, nullptr,
                                    nullptr) != CE_None) {
            throw InputError{"its outlines cannot be burned"};
        }
        return cells_of(memory.get(), 1, 0, rows);
    }

    [[nodiscard]] std::vector<std::uint32_t> cells_of(GDALDatasetH dataset, int band, int first,
                                                      int rows) const {
        std::vector<std::uint32_t> cells(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows));
        if (GDALRasterIO(GDALGetRasterBand(dataset, band), GF_Read, 0, first, columns_, rows, cells.data(),
                         columns_, rows, GDT_UInt32, 0, 0) != CE_None) {
            throw InputError{"rows from " + std::to_string(first) + " cannot be read"};
        }
        return cells;
    }

    bool check_strip(int first, int rows, Findings& findings) {
        const std::vector<std::uint32_t> map = cells_of(map_, band_, first, rows);
        const std::vector<std::uint32_t> outlines = burned(first, rows);
        for (std::size_t i = 0; i < map.size(); ++i) {
            const auto zone = zones_.find(map[i]);
            const std::uint32_t wanted =
                zone != zones_.end() && !zone->second.outlined ? map[i] : outlines[i];
            if (map[i] != wanted) {
                const auto width = static_cast<std::size_t>(columns_);
                findings.add(map_name,
                             "band " + std::to_string(band_) + ", row " +
                                 std::to_string(static_cast<std::size_t>(first) + i / width) + ", column " +
                                 std::to_string(i % width) + ": wanted " + std::to_string(wanted) +
                                 " (the outlines of phusong.gpkg), found " + std::to_string(map[i]));
                return false;
            }
            if (zone == zones_.end()) continue;
            ++zone->second.cells_found;
            if (zone->second.first_found < 0) {
                zone->second.first_found =
                    static_cast<std::int64_t>(first) * columns_ + static_cast<std::int64_t>(i);
            }
        }
        return true;
    }

    GDALDatasetH map_;
    int band_;
    const Table& table_;
    MappedZones zones_;
    std::array<double, 6> place_{};
    int columns_ = 0;
    int rows_ = 0;
};

}  // namespace

void check_dead_zone_map(const std::filesystem::path& folder, const Table& zones,
                         const std::vector<std::string>& definitions, Findings& findings) {
    const ErrorScope errors;
    constexpr const char* const drivers[] = {"GTiff", nullptr};
    const DatasetHandle map{GDALOpenEx((folder / map_name).c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY,
                                       drivers, nullptr, nullptr)};
    if (!map) throw InputError{"cannot be read: " + errors.message()};
    if (GDALGetRasterCount(map.get()) != static_cast<int>(definitions.size())) {
        findings.add(map_name, "holds " + std::to_string(GDALGetRasterCount(map.get())) + " bands, wanted " +
                                   std::to_string(definitions.size()));
        return;
    }
    for (std::size_t d = 0; d < definitions.size(); ++d) {
        BandCheck{map.get(), static_cast<int>(d) + 1, zones, definitions[d]}.run(findings);
    }
    if (errors.failed()) throw InputError{"cannot be read: " + errors.message()};
}

}  // namespace phusong::io
