#include "io/text/study_files.hpp"

#include "io/text/curve_file.hpp"

namespace phusong::io {

namespace {

void add_event(const EventInput& event, std::vector<StudyFile>& files) {
    const auto add = [&](const std::string& role, const std::string& path) {
        if (!path.empty()) files.push_back({role, path});
    };
    for (const CoverageInput& layer : event.after) add("after: " + layer.label(), layer.file.path);
    for (const DamageInput& damage : event.damage) add("damage", damage.file.path);
    if (event.sites) {
        add("sites of the event", event.sites->file.path);
        add("footprints of the sites", event.sites->footprints.path);
    }
    if (event.status) add("status of the sites", event.status->path);
    if (event.wind) {
        add("wind", event.wind->raster.path);
        add("storm track", event.wind->track.path);
    }
    if (event.flood_depth) add("flood depth", event.flood_depth->path);
    for (const PowerOutageInput& power : event.power) add("grid power", power.file.path);
    if (!event.sites) return;
    for (const auto& [role, curve] : {std::pair{"curve of structures", &event.structure_curve},
                                      std::pair{"curve of grid power", &event.grid_power_curve},
                                      std::pair{"curve of batteries", &event.battery_curve}}) {
        if (!is_shipped_curve(*curve)) add(role, *curve);
    }
}

}  // namespace

std::vector<StudyFile> files_of(const Study& study) {
    std::vector<StudyFile> files{{"communes", study.communes.file.path, study.communes.file.layer},
                                 {"population", study.population.file.path}};
    for (const CoverageInput& layer : study.coverage) files.push_back({layer.label(), layer.file.path});
    if (study.settlements)
        files.push_back({"settlements", study.settlements->file.path, study.settlements->file.layer});
    if (study.sites) files.push_back({"sites", study.sites->file.path, study.sites->file.layer});
    if (study.rollout && study.rollout->candidates) {
        files.push_back({"candidates of the rollout", study.rollout->candidates->file.path});
    }
    if (study.event) add_event(*study.event, files);
    return files;
}

}  // namespace phusong::io
