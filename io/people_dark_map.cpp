#include "io/people_dark_map.hpp"

#include "io/files/checked_file.hpp"
#include "io/result_tables.hpp"

namespace phusong::io {

namespace {

constexpr double outside = -1;

/// From nothing over yellow to dark red, on a scale of powers: most cells have few people.
constexpr const char* style = R"(<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="AllStyleCategories">
  <pipe>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" classificationMin="0"
                    classificationMax="1000">
      <rastershader>
        <colorrampshader colorRampType="DISCRETE" classificationMode="1" minimumValue="0" maximumValue="1000">
          <item value="0.5" label="nobody" color="#ffffff" alpha="0"/>
          <item value="5" label="up to 5" color="#ffffb2" alpha="255"/>
          <item value="20" label="up to 20" color="#fecc5c" alpha="255"/>
          <item value="100" label="up to 100" color="#fd8d3c" alpha="255"/>
          <item value="500" label="up to 500" color="#f03b20" alpha="255"/>
          <item value="inf" label="more" color="#bd0026" alpha="255"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
  </pipe>
</qgis>
)";

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

PeopleDarkMap::PeopleDarkMap(const Plan& plan, const Sources& sources, const std::filesystem::path& path)
    : path_{path} {
    if (plan.event) sink_ = std::make_unique<RasterSink>(path, layout_of(plan, sources));
}

void PeopleDarkMap::ask_for(RunOptions& options) {
    if (!sink_) return;
    options.dark = [this](Window window, std::span<const float> people) { sink_->write(0, window, people); };
}

void PeopleDarkMap::finish() {
    if (!sink_) return;
    sink_->finish();
    CheckedFile file{std::filesystem::path{path_}.replace_extension(".qml")};
    file.write(style);
    file.finish();
}

}  // namespace phusong::io
