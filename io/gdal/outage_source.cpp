#include "io/gdal/outage_source.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/read_polygons.hpp"
#include "io/gdal/site_rows.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

std::optional<double> hours_in(const std::string& text, const EventInput& event, const std::string& where) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
    if (const auto hours = number_of(text)) return hours;
    return hours_from_event(text, event, where);
}

/// @param where names the feature or row
OutageTime outage_time(const std::string& lost, const std::string& restored, const EventInput& event,
                       const std::string& where) {
    OutageTime time;
    time.lost = hours_in(lost, event, where + ": the time of the loss").value_or(0);
    time.restored = hours_in(restored, event, where + ": the time of the restoration");
    if (time.restored && *time.restored < time.lost) {
        throw InputError{where + ": power is restored before it is lost"};
    }
    return time;
}

bool is_csv(const std::string& path) {
    std::string extension = std::filesystem::path{path}.extension().string();
    for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return extension == ".csv";
}

std::vector<Outage> outages_of_table(const PowerOutageInput& input, const EventInput& event) {
    const CsvTable table = read_csv(input.file.path, input.file.encoding);
    const std::size_t zone = table.column("power_zone");
    const auto column = [&](const std::string& named, const char* usual) {
        return named.empty() ? table.find(usual) : std::optional{table.column(named)};
    };
    const auto lost = column(input.lost_field, "lost");
    const auto restored = column(input.restored_field, "restored");
    std::vector<Outage> outages;
    for (const CsvTable::Row& row : table.rows) {
        const std::string where = "grid power " + table.where(row);
        if (row.cells[zone].empty()) throw InputError{where + ": the power_zone is missing"};
        outages.push_back(
            {{},
             row.cells[zone],
             outage_time(lost ? row.cells[*lost] : "", restored ? row.cells[*restored] : "", event, where)});
    }
    return outages;
}

std::vector<Outage> outages_of_polygons(const PowerOutageInput& input, const EventInput& event,
                                        const std::string& study_crs, const GridSpec& study_grid,
                                        Problems& problems) {
    VectorLayer layer{input.file, LayerWish{LayerContents::polygons, true, "", ""}, "grid power", problems};
    const auto field = [&](const std::string& named, const char* purpose) {
        return named.empty() ? std::nullopt : std::optional{layer.field(named, purpose)};
    };
    const auto lost = field(input.lost_field, "when grid power was lost");
    const auto restored = field(input.restored_field, "when grid power was restored");
    std::vector<Outage> outages;
    std::vector<MultiPolygon> shapes;
    std::vector<std::string> features;
    layer.for_each([&](const VectorLayer::Feature& feature) {
        const std::string subject = layer.quoted() + ", " + feature.words();
        const auto text = [&](const std::optional<int>& of) {
            return of ? feature.text(*of).value_or("") : std::string{};
        };
        const OutageTime time = outage_time(text(lost), text(restored), event, "grid power " + subject);
        GatheredPolygons gathered = feature.polygons();
        if (!gathered.remark.empty()) problems.push_back({subject, "geometry: " + gathered.remark});
        if (!gathered.shape.parts.empty()) repair_and_tell(gathered.shape, subject, problems);
        if (gathered.shape.parts.empty()) {
            problems.push_back({subject, "has no area: no site loses power by it"});
            return;
        }
        shapes.push_back(std::move(gathered.shape));
        features.push_back(feature.words());
        outages.push_back({{}, "", time});
    });
    static_cast<void>(bring_into_study(shapes, layer.crs(), study_crs, study_grid, layer.quoted(),
                                       [&](std::size_t i) { return features[i]; }));
    for (std::size_t i = 0; i < shapes.size(); ++i) outages[i].shape = std::move(shapes[i]);
    return outages;
}

}  // namespace

std::vector<Outage> read_outages(const PowerOutageInput& input, const EventInput& event,
                                 const std::string& study_crs, const GridSpec& study_grid,
                                 Problems& problems) {
    return is_csv(input.file.path) ? outages_of_table(input, event)
                                   : outages_of_polygons(input, event, study_crs, study_grid, problems);
}

}  // namespace phusong::io
