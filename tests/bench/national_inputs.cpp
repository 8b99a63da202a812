#include "tests/bench/national_inputs.hpp"

#include <cpl_string.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <stdexcept>

#include "tests/bench/national_noise.hpp"

namespace phusong::bench {

namespace {

constexpr double west = 102;
constexpr double north = 24;
constexpr double degrees_wide = 8;
constexpr double degrees_high = 16;
constexpr int block_side = 512;

/// Where a file's cells lie, and how they come by degrees.
struct Frame {
    int columns;
    int rows;
    std::array<double, 6> geotransform;
    int epsg;
    double degrees_a_cell;  ///< exact on a lon/lat lattice, near enough on a map
};

Frame lattice(const Country& country, int cells_a_degree) {
    const double side = std::sqrt(country.part);
    const double cell = 1.0 / cells_a_degree;
    return {static_cast<int>(degrees_wide * side * cells_a_degree),
            static_cast<int>(degrees_high * side * cells_a_degree),
            {west, cell, 0, north, 0, -cell},
            4326,
            cell};
}

Frame map_of_30_metres(const Country& country) {
    const double side = std::sqrt(country.part);
    constexpr double metres = 30;
    constexpr double metres_a_degree = 111000;
    // 102 E, 24 N lies at (194,000, 2,657,000); a margin keeps the country inside.
    const double x = 150000;
    const double y = 2680000;
    return {static_cast<int>((degrees_wide * side * metres_a_degree + 100000) / metres),
            static_cast<int>((degrees_high * side * metres_a_degree + 60000) / metres),
            {x, metres, 0, y, 0, -metres},
            32648,
            metres / metres_a_degree};
}

struct CloseDataset {
    void operator()(GDALDatasetH dataset) const { GDALClose(dataset); }
};

/// Writes a raster block by block; `fill` gives one row of cells.
template <typename Value>
void write_raster(const std::string& path, const Frame& frame, Storage storage, GDALDataType type,
                  double no_data, const std::function<void(int row, std::vector<Value>& cells)>& fill) {
    char** options = nullptr;
    options = CSLSetNameValue(options, "TILED", "YES");
    options = CSLSetNameValue(options, "BLOCKXSIZE", std::to_string(block_side).c_str());
    options = CSLSetNameValue(options, "BLOCKYSIZE", std::to_string(block_side).c_str());
    options = CSLSetNameValue(options, "BIGTIFF", "IF_SAFER");
    options = CSLSetNameValue(options, "NUM_THREADS", "ALL_CPUS");
    if (storage != Storage::plain) {
        options = CSLSetNameValue(options, "COMPRESS", storage == Storage::zstd ? "ZSTD" : "DEFLATE");
    }
    const std::string unfinished = path + ".part";
    GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), unfinished.c_str(), frame.columns,
                                      frame.rows, 1, type, options);
    CSLDestroy(options);
    if (dataset == nullptr) throw std::runtime_error{"cannot make " + unfinished};
    std::array<double, 6> geotransform = frame.geotransform;
    GDALSetGeoTransform(dataset, geotransform.data());
    OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(crs, frame.epsg);
    GDALSetSpatialRef(dataset, crs);
    OSRDestroySpatialReference(crs);
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    GDALSetRasterNoDataValue(band, no_data);

    const auto columns = static_cast<std::size_t>(frame.columns);
    std::vector<Value> strip(columns * block_side);
    std::vector<Value> row_cells(columns);
    for (int row = 0; row < frame.rows; row += block_side) {
        const int rows = std::min(block_side, frame.rows - row);
        for (int i = 0; i < rows; ++i) {
            fill(row + i, row_cells);
            std::copy(row_cells.begin(), row_cells.end(),
                      strip.begin() + static_cast<std::ptrdiff_t>(columns) * i);
        }
        if (GDALRasterIO(band, GF_Write, 0, row, frame.columns, rows, strip.data(), frame.columns, rows, type,
                         0, 0) != CE_None) {
            throw std::runtime_error{"cannot write " + unfinished};
        }
    }
    GDALClose(dataset);
    std::filesystem::rename(unfinished, path);
}

/// East of this column of a row lies the sea.
int coast(const Frame& frame, int row) {
    const double down = static_cast<double>(row) / frame.rows;
    const double land = 0.75 + 0.12 * std::sin(9 * down) + 0.01 * std::sin(131 * down);
    return static_cast<int>(land * frame.columns);
}

void write_population(const std::string& path, const Frame& frame, Storage storage) {
    // Towns of 30 km, villages of 4 km, hamlets of 600 m.
    const SmoothNoise towns{11, 0.27 / frame.degrees_a_cell};
    const SmoothNoise villages{12, 0.036 / frame.degrees_a_cell};
    const SmoothNoise hamlets{13, 0.0055 / frame.degrees_a_cell};
    std::vector<float> town;
    std::vector<float> village;
    std::vector<float> hamlet;
    constexpr float no_data = -99999;
    const double size = frame.degrees_a_cell * cells_at_3_seconds;
    const auto people_a_cell = static_cast<float>(size * size);
    write_raster<float>(path, frame, storage, GDT_Float32, static_cast<double>(no_data),
                        [&](int row, std::vector<float>& cells) {
                            towns.row(row, cells.size(), town);
                            villages.row(row, cells.size(), village);
                            hamlets.row(row, cells.size(), hamlet);
                            const auto land = static_cast<std::size_t>(coast(frame, row));
                            for (std::size_t column = 0; column < cells.size(); ++column) {
                                if (column >= land) {
                                    cells[column] = no_data;
                                    continue;
                                }
                                // At 3 arc-seconds as models spread people: a few everywhere. At 1 as houses
                                // are seen: most cells are empty.
                                const float crowd =
                                    town[column] + 0.8F * village[column] + 0.9F * hamlet[column] - 1.5F;
                                const std::uint32_t dice = hash(row, static_cast<int>(column), 14);
                                const bool houses = size < 1;
                                cells[column] = 0;
                                if (houses && (crowd <= 0 || dice % 4 != 0)) continue;
                                const float jitter = 0.5F + static_cast<float>(dice >> 20U) / 4096.0F;
                                const float here = 0.002F + std::max(crowd, 0.0F) * std::max(crowd, 0.0F);
                                cells[column] = people_a_cell * 20 * here * jitter * (houses ? 4.0F : 1.0F);
                            }
                        });
}

void write_coverage(const std::string& path, const Frame& frame, Storage storage, std::uint32_t layer) {
    constexpr std::array<float, 3> served_above{0.85F, 1.25F, 1.1F};
    const SmoothNoise regions{100 + layer, 0.4 / frame.degrees_a_cell};
    const SmoothNoise masts{200 + layer, 0.06 / frame.degrees_a_cell};
    const SmoothNoise hills{300 + layer, 0.014 / frame.degrees_a_cell};
    const SmoothNoise slopes{400 + layer, 0.002 / frame.degrees_a_cell};
    std::vector<float> region;
    std::vector<float> mast;
    std::vector<float> hill;
    std::vector<float> slope;
    write_raster<std::uint8_t>(
        path, frame, storage, GDT_Byte, 255, [&](int row, std::vector<std::uint8_t>& cells) {
            regions.row(row, cells.size(), region);
            masts.row(row, cells.size(), mast);
            hills.row(row, cells.size(), hill);
            slopes.row(row, cells.size(), slope);
            const auto land = static_cast<std::size_t>(coast(frame, row));
            for (std::size_t column = 0; column < cells.size(); ++column) {
                const float signal =
                    region[column] + 0.8F * mast[column] + 0.3F * hill[column] + 0.15F * slope[column];
                cells[column] = column >= land ? 255 : signal > served_above[layer] ? 1 : 0;
            }
        });
}

}  // namespace

NationalInputs::NationalInputs(std::string folder, Country country)
    : folder_{std::move(folder)}, country_{country} {
    std::filesystem::create_directories(folder_);
}

std::string NationalInputs::path(const std::string& name, const std::string& ending) const {
    const char* const storage = country_.storage == Storage::deflate ? "deflate"
                                : country_.storage == Storage::zstd  ? "zstd"
                                                                     : "plain";
    return folder_ + "/" + name + "-" + std::to_string(std::lround(1 / country_.part)) + "-" + storage +
           ending;
}

std::string NationalInputs::population(int cells_a_degree) const {
    std::string file = path("people-" + std::to_string(cells_a_degree), ".tif");
    if (!std::filesystem::exists(file)) {
        write_population(file, lattice(country_, cells_a_degree), country_.storage);
    }
    return file;
}

std::vector<std::string> NationalInputs::coverage(int cells_a_degree) const {
    std::vector<std::string> files;
    for (std::uint32_t layer = 0; layer < 3; ++layer) {
        files.push_back(
            path("coverage-" + std::to_string(cells_a_degree) + "-" + std::to_string(layer), ".tif"));
        if (!std::filesystem::exists(files.back())) {
            write_coverage(files.back(), lattice(country_, cells_a_degree), country_.storage, layer);
        }
    }
    return files;
}

std::vector<std::string> NationalInputs::coverage_on_a_map() const {
    std::vector<std::string> files;
    for (std::uint32_t layer = 0; layer < 3; ++layer) {
        files.push_back(path("coverage-map-" + std::to_string(layer), ".tif"));
        if (!std::filesystem::exists(files.back())) {
            write_coverage(files.back(), map_of_30_metres(country_), country_.storage, layer);
        }
    }
    return files;
}

namespace {

struct Corner {
    double x;
    double y;
};

/// Communes as the meshes of a crooked net, down and across.
class Net {
public:
    explicit Net(const Country& country)
        : side_{std::sqrt(country.part)},
          across_{std::max(2, static_cast<int>(std::lround(41 * side_ * std::sqrt(country.communes))))},
          down_{std::max(2, static_cast<int>(std::lround(81 * side_ * std::sqrt(country.communes))))},
          parts_{country.vertices_a_border} {}

    [[nodiscard]] int across() const { return across_; }
    [[nodiscard]] int down() const { return down_; }

    /// Vertices of the mesh's border, clockwise from its north-western corner, not closed.
    [[nodiscard]] std::vector<Corner> mesh(int row, int column) const {
        std::vector<Corner> ring;
        add(ring, {row, column, true}, false);
        add(ring, {row, column + 1, false}, false);
        add(ring, {row + 1, column, true}, true);
        add(ring, {row, column, false}, true);
        return ring;
    }

private:
    /// From corner (row, column) to the next one east or south.
    struct Border {
        int row;
        int column;
        bool eastward;
    };
    [[nodiscard]] Corner corner(int row, int column) const {
        const auto shift = [&](std::uint32_t salt, int at, int last) {
            if (at == 0 || at == last) return 0.0;  // the country's edge is straight
            return 0.5 * (unit(hash(row, column, salt)) - 0.5);
        };
        return {west + (column + shift(21, column, across_)) * degrees_wide * side_ / across_,
                north - (row + shift(22, row, down_)) * degrees_high * side_ / down_};
    }

    void add(std::vector<Corner>& ring, const Border& border, bool backward) const {
        const Corner a = corner(border.row, border.column);
        const Corner b =
            border.eastward ? corner(border.row, border.column + 1) : corner(border.row + 1, border.column);
        const bool edge = border.eastward ? border.row == 0 || border.row == down_
                                          : border.column == 0 || border.column == across_;
        const std::uint32_t seed = hash(border.row, border.column, border.eastward ? 23 : 24);
        for (int i = 0; i < parts_; ++i) {
            // Both neighbours compute a vertex from the same numbers, so that it has the same bits in both.
            const int place = backward ? parts_ - i : i;
            const double t = static_cast<double>(place) / parts_;
            const double away = edge ? 0 : 0.5 * t * (1 - t) * wiggle(t, seed);
            ring.push_back(
                {a.x + t * (b.x - a.x) - away * (b.y - a.y), a.y + t * (b.y - a.y) + away * (b.x - a.x)});
        }
    }

    static double wiggle(double t, std::uint32_t seed) {
        double sum = 0;
        double amplitude = 0.5;
        for (int octave = 0; octave < 4; ++octave, amplitude *= 0.55) {
            const double phase = 6.2831853 * unit(hash(octave, 0, seed));
            sum += amplitude * std::sin(6.2831853 * (1.7 + 2.9 * octave * octave) * t + phase);
        }
        return sum;
    }

    double side_;
    int across_;
    int down_;
    int parts_;
};

}  // namespace

std::string NationalInputs::communes() const {
    const Country usual;
    std::string file = folder_ + "/communes-" + std::to_string(std::lround(1 / country_.part));
    if (country_.communes != usual.communes || country_.vertices_a_border != usual.vertices_a_border) {
        file += "-" + std::to_string(std::lround(country_.communes * 100)) + "-" +
                std::to_string(country_.vertices_a_border);
    }
    file += ".gpkg";
    if (std::filesystem::exists(file)) return file;
    const std::string unfinished = folder_ + "/unfinished.gpkg";
    std::filesystem::remove(unfinished);
    GDALDatasetH dataset =
        GDALCreate(GDALGetDriverByName("GPKG"), unfinished.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
    if (dataset == nullptr) throw std::runtime_error{"cannot make " + unfinished};
    OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
    OSRImportFromEPSG(crs, 4326);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "communes", crs, wkbPolygon, nullptr);
    OSRDestroySpatialReference(crs);
    for (const char* const name : {"code", "name", "province"}) {
        OGRFieldDefnH field = OGR_Fld_Create(name, OFTString);
        OGR_L_CreateField(layer, field, 1);
        OGR_Fld_Destroy(field);
    }
    bool good = OGR_L_StartTransaction(layer) == OGRERR_NONE;
    const Net net{country_};
    for (int row = 0; row < net.down(); ++row) {
        for (int column = 0; column < net.across(); ++column) {
            OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
            for (const Corner& corner : net.mesh(row, column)) OGR_G_AddPoint_2D(ring, corner.x, corner.y);
            OGR_G_CloseRings(ring);
            OGRGeometryH polygon = OGR_G_CreateGeometry(wkbPolygon);
            OGR_G_AddGeometryDirectly(polygon, ring);
            OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
            const std::string code = std::to_string(10000 + row * net.across() + column);
            OGR_F_SetFieldString(feature, 0, code.c_str());
            OGR_F_SetFieldString(feature, 1, ("Commune " + code).c_str());
            OGR_F_SetFieldString(feature, 2, ("Province " + std::to_string(row / 10)).c_str());
            OGR_F_SetGeometryDirectly(feature, polygon);
            good = good && OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
            OGR_F_Destroy(feature);
        }
    }
    good = good && OGR_L_CommitTransaction(layer) == OGRERR_NONE;
    GDALClose(dataset);
    if (!good) throw std::runtime_error{"cannot write " + unfinished};
    std::filesystem::rename(unfinished, file);
    return file;
}

std::string NationalInputs::real_communes(const std::string& packed) const {
    std::string file = folder_ + "/communes_full.topojson";
    if (std::filesystem::exists(file)) return file;
    const std::string command = "xz -dkc '" + packed + "' > '" + file + ".part'";
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    if (std::system(command.c_str()) != 0) throw std::runtime_error{"cannot unpack " + packed};
    std::filesystem::rename(file + ".part", file);
    return file;
}

}  // namespace phusong::bench
