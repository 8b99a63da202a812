#include "tests/bench/national_study.hpp"

#include <gdal.h>

#include <atomic>
#include <cstdlib>
#include <numeric>
#include <thread>

namespace phusong::bench {

/// Decodes every block of one file; blocks are handed out to threads one by one.
void decode_all(const std::string& file, std::size_t threads) {
    std::atomic<int> next{0};
    const auto work = [&] {
        GDALDatasetH dataset = GDALOpenEx(file.c_str(), GDAL_OF_RASTER, nullptr, nullptr, nullptr);
        if (dataset == nullptr) std::abort();
        GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
        int columns = 0;
        int rows = 0;
        GDALGetBlockSize(band, &columns, &rows);
        const int across = (GDALGetRasterBandXSize(band) + columns - 1) / columns;
        const int down = (GDALGetRasterBandYSize(band) + rows - 1) / rows;
        std::vector<std::byte> block(
            static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) *
            static_cast<std::size_t>(GDALGetDataTypeSizeBytes(GDALGetRasterDataType(band))));
        for (int i = next++; i < across * down; i = next++) {
            if (GDALReadBlock(band, i % across, i / across, block.data()) != CE_None) std::abort();
        }
        GDALClose(dataset);
    };
    std::vector<std::jthread> pool;
    for (std::size_t t = 1; t < threads; ++t) pool.emplace_back(work);
    work();
}

Study study_of(const NationalFiles& files) {
    Study study;
    study.name = "national";
    study.communes.file.path = files.communes;
    study.communes.code_field = "code";
    study.communes.name_field = "code";
    study.communes.file.crs = files.communes.ends_with(".topojson") ? "EPSG:4326" : "";
    study.population.file.path = files.population;
    constexpr std::size_t kinds = 3;
    const char* const technologies[kinds] = {"4g", "5g", "fibre"};
    for (std::size_t i = 0; i < files.coverage.size(); ++i) {
        CoverageInput layer;
        layer.technology = technologies[i % kinds];
        if (files.coverage.size() > kinds) layer.operator_name = "operator " + std::to_string(i / kinds + 1);
        layer.file.path = files.coverage[i];
        study.coverage.push_back(layer);
    }
    std::vector<std::string> mobile{"4g"};
    if (files.coverage.size() > 1) mobile.emplace_back("5g");
    study.dead_zones = {{"no_mobile", mobile, 8, true, 0, 0}};
    return study;
}

std::vector<std::size_t> all_tiles(const Plan& plan) {
    std::vector<std::size_t> tiles(plan.tiling.size());
    std::iota(tiles.begin(), tiles.end(), std::size_t{0});
    return tiles;
}

}  // namespace phusong::bench
