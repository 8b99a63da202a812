#include "io/people_dark_map.hpp"

#include "io/result_tables.hpp"

namespace phusong::io {

namespace {

constexpr double outside = -1;

RasterLayout layout_of(const Plan& plan, const Sources& sources) {
    RasterLayout layout;
    layout.grid = plan.population_grid;
    layout.crs = sources.population->description().crs;
    layout.bands = {"people without " + plan.event->questions.front().name + " service"};
    layout.pixel = RasterLayout::Pixel::float32;
    layout.nodata = outside;
    layout.unit = "people";
    layout.metadata.emplace_back("PHUSONG_STUDY", plan.study.name);
    layout.metadata.emplace_back("PHUSONG_AFTER_EVENT", plan.study.event->name);
    if (is_synthetic(sources)) layout.metadata.emplace_back("SYNTHETIC", "YES");
    return layout;
}

}  // namespace

PeopleDarkMap::PeopleDarkMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path) {
    if (plan.event) sink_ = std::make_unique<RasterSink>(path, layout_of(plan, sources));
}

void PeopleDarkMap::ask_for(RunOptions& options) {
    if (!sink_) return;
    options.dark = [this](Window window, std::span<const float> people) { sink_->write(0, window, people); };
}

void PeopleDarkMap::finish() {
    if (sink_) sink_->finish();
}

}  // namespace phusong::io
