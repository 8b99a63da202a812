#include "io/service_map.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "io/result_tables.hpp"

namespace phusong::io {

namespace {

constexpr std::uint8_t unknown_value = 255;
constexpr float no_share = -1;

RasterLayout layout_of(const Plan& plan, const Sources& sources, ServiceMap::When when) {
    RasterLayout layout;
    const bool classes = plan.study.service_raster == ServiceRaster::study_cells;
    layout.grid = classes ? plan.study_grid : plan.population_grid;
    layout.crs = sources.population->description().crs;
    layout.pixel = classes ? RasterLayout::Pixel::byte : RasterLayout::Pixel::float32;
    layout.nodata = classes ? unknown_value : static_cast<double>(no_share);
    layout.overviews = classes ? RasterLayout::Overviews::commonest : RasterLayout::Overviews::mean;
    for (const Technology& technology : plan.technologies)
        layout.bands.push_back(technology_word(technology));
    if (classes) {
        // Blue and orange stay apart for colour-blind readers; unknown is see-through grey.
        layout.palette = {{0, {217, 95, 14, 255}, "unserved"},
                          {1, {44, 127, 184, 255}, "served"},
                          {unknown_value, {150, 150, 150, 0}, "unknown"}};
    }
    layout.metadata.emplace_back("PHUSONG_STUDY", plan.study.name);
    if (when == ServiceMap::When::after_event) {
        layout.metadata.emplace_back("PHUSONG_AFTER_EVENT", plan.study.event->name);
    }
    layout.metadata.emplace_back("PHUSONG_VALUES", classes ? "0 unserved, 1 served, 255 unknown, any operator"
                                                           : "part of the cell served by any operator, 0..1");
    if (is_synthetic(sources)) layout.metadata.emplace_back("SYNTHETIC", "YES");
    return layout;
}

}  // namespace

ServiceMap::ServiceMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path, When when)
    : plan_{plan}, when_{when} {
    if (plan.study.service_raster == ServiceRaster::none) return;
    if (when == When::after_event && !plan.event) return;
    sink_ = std::make_unique<RasterSink>(path, layout_of(plan, sources, when));
}

void ServiceMap::write(const ServiceTile& tile) {
    if (!sink_) return;
    const Answers& answers = when_ == When::before ? tile.of_technology : tile.after;
    if (plan_.study.service_raster == ServiceRaster::study_cells) {
        write_classes(tile.study_window, answers);
    } else {
        write_shares(tile.study_window, answers);
    }
}

void ServiceMap::write_classes(const Window& study, const Answers& answers) {
    std::vector<std::uint8_t> values(study.cell_count());
    for (std::size_t t = 0; t < answers.size(); ++t) {
        std::transform(answers[t].begin(), answers[t].end(), values.begin(), [](Service service) {
            return service == Service::unknown ? unknown_value : static_cast<std::uint8_t>(service);
        });
        sink_->write(static_cast<int>(t), study, values);
    }
}

void ServiceMap::write_shares(const Window& study, const Answers& answers) {
    const std::int32_t k = plan_.refine;
    const Window window{study.row / k, study.column / k, study.rows / k, study.columns / k};
    std::vector<float> values(window.cell_count());
    for (std::size_t t = 0; t < answers.size(); ++t) {
        for (std::int32_t row = window.row; row < window.row_end(); ++row) {
            for (std::int32_t column = window.column; column < window.column_end(); ++column) {
                int served = 0;
                int known = 0;
                for (std::int32_t i = row * k; i < (row + 1) * k; ++i) {
                    for (std::int32_t j = column * k; j < (column + 1) * k; ++j) {
                        const Service service = answers[t][study.index_of({i, j})];
                        served += service == Service::served ? 1 : 0;
                        known += service == Service::unknown ? 0 : 1;
                    }
                }
                values[window.index_of({row, column})] =
                    known == 0 ? no_share : static_cast<float>(served) / static_cast<float>(known);
            }
        }
        sink_->write(static_cast<int>(t), window, values);
    }
}

void ServiceMap::finish() {
    if (sink_) sink_->finish();
}

}  // namespace phusong::io
