#include "io/gdal/candidate_source.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/errors.hpp"
#include "io/gdal/field_choice.hpp"
#include "io/gdal/points_into_study.hpp"
#include "io/gdal/vector_layer.hpp"
#include "io/text/number.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

constexpr std::array id_names{"id", "site_id", "candidate_id", "ma_tram", "ma", "code"};
constexpr std::array cost_names{"cost", "chi_phi"};
constexpr std::array radius_names{"radius_m", "ban_kinh_m"};
constexpr std::array existing_names{"existing"};
constexpr double highest_cost = 1e12;
constexpr double longest_radius_m = 200'000;

class CandidateReader {
public:
    CandidateReader(VectorLayer& layer, const RolloutInput& input, Problems& problems)
        : layer_{layer}, input_{input} {
        const CandidatesInput& named = *input.candidates;
        const auto field = [&](const std::string& own, std::span<const char* const> usual,
                               const char* what) -> std::optional<int> {
            if (!own.empty()) return layer.field(own, std::string{what} + " of the candidates");
            const auto name = obvious_field(layer.fields(), usual);
            return name ? layer.find_field(*name) : std::nullopt;
        };
        id_ = field(named.id_field, id_names, "id");
        cost_ = field(named.cost_field, cost_names, "cost");
        radius_ = field(named.radius_field, radius_names, "radius");
        existing_ = field(named.existing_field, existing_names, "existing");
        if (!id_)
            problems.push_back(
                {layer.quoted(), "has no field for the ids of the candidates; they are numbered from 1"});
        if (!cost_) {
            problems.push_back({layer.quoted(), "has no field for the cost of the candidates; each costs " +
                                                    shortest(input.site_cost.value()) +
                                                    ", as site_cost states"});
        }
        if (!radius_) {
            problems.push_back(
                {layer.quoted(), "has no field for the radius of the candidates; each serves " +
                                     shortest(input.radius_m) + " m, as radius_m states"});
        }
    }

    [[nodiscard]] std::vector<CandidateSite> read() {
        std::vector<CandidateSite> sites;
        layer_.for_each([&](const VectorLayer::Feature& feature) { sites.push_back(site_of(feature)); });
        return sites;
    }

private:
    [[nodiscard]] CandidateSite site_of(const VectorLayer::Feature& feature) {
        ++number_;
        where_ = layer_.has_rows() ? fmt::format("row {}", number_ + 1) : feature.words();
        CandidateSite site;
        site.position = position_of(feature);
        site.id = text(feature, id_).value_or(std::to_string(number_));
        if (const auto [other, first] = row_of_id_.emplace(site.id, where_); !first) {
            fail("the id '" + site.id + "' stands in " + other->second +
                 " as well; give each candidate its own");
        }
        site.cost = Cost::round(number(feature, cost_, "cost", 0, highest_cost, "zero or more")
                                    .value_or(input_.site_cost.value()));
        site.radius_m = number(feature, radius_, "radius", 1, longest_radius_m, "metres, 1 to 200000")
                            .value_or(input_.radius_m);
        if (const auto word = text(feature, existing_)) {
            const auto answer = yes_or_no(*word);
            if (!answer) fail("existing is '" + *word + "'; write yes or no");
            site.existing = *answer;
        }
        return site;
    }
    [[nodiscard]] Point position_of(const VectorLayer::Feature& feature) const {
        const GatheredPoint gathered = feature.point();
        if (!gathered.fault.empty()) fail(gathered.fault);
        if (!gathered.position) fail("the candidate has no position");
        if (gathered.positions > 1) fail("the candidate has several positions; give it one");
        if (layer_.crs_assumed()) require_degrees(*gathered.position, layer_.quoted() + ", " + where_);
        return *gathered.position;
    }
    [[nodiscard]] static std::optional<std::string> text(const VectorLayer::Feature& feature,
                                                         std::optional<int> field) {
        if (!field) return std::nullopt;
        const auto stored = feature.text(*field);
        if (!stored || trimmed(*stored).empty()) return std::nullopt;
        return trimmed(*stored);
    }
    [[nodiscard]] std::optional<double> number(const VectorLayer::Feature& feature, std::optional<int> field,
                                               const char* what, double least, double most,
                                               const char* wanted) const {
        const auto stored = text(feature, field);
        if (!stored) return std::nullopt;
        const auto value = number_of(*stored);
        if (!value || !(*value >= least && *value <= most)) {
            fail(fmt::format("{} is '{}'; write {}", what, *stored, wanted));
        }
        return value;
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw InputError{"candidates " + layer_.quoted() + ", " + where_ + ": " + what};
    }

    VectorLayer& layer_;
    const RolloutInput& input_;
    std::optional<int> id_;
    std::optional<int> cost_;
    std::optional<int> radius_;
    std::optional<int> existing_;
    std::size_t number_ = 0;
    std::string where_;  ///< "row 7", "feature 7"
    std::map<std::string, std::string> row_of_id_;
};

/// @return the operation used; empty: none was needed
std::string bring_into_study(std::vector<CandidateSite>& sites, const VectorLayer& layer,
                             const std::string& study_crs, const GridSpec& grid, Problems& problems) {
    std::vector<Point> positions;
    positions.reserve(sites.size());
    for (const CandidateSite& site : sites) positions.push_back(site.position);
    std::string operation = bring_points_into_study(positions, layer, study_crs);
    std::size_t outside = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        if (std::isnan(positions[i].x)) {
            throw InputError{"candidates " + layer.quoted() + ": '" + sites[i].id +
                             "' has no position in the CRS of the population raster"};
        }
        sites[i].position = positions[i];
        const double column = grid.column_at(positions[i].x);
        const double row = grid.row_at(positions[i].y);
        if (!(column >= 0 && column < grid.columns && row >= 0 && row < grid.rows)) ++outside;
    }
    if (!sites.empty() && outside == sites.size()) {
        throw InputError{"candidates " + layer.quoted() +
                         " all lie outside the population raster; check their CRS"};
    }
    if (outside > 0) {
        problems.push_back(
            {"candidates " + layer.quoted(),
             fmt::format("{} of {} stand outside the population raster; they are kept, as they "
                         "may reach into it",
                         outside, sites.size())});
    }
    return operation;
}

}  // namespace

CandidatesSource read_candidates(const RolloutInput& input, const std::string& study_crs,
                                 const GridSpec& grid, Problems& problems) {
    const LayerWish wish{LayerContents::points, true, "", ""};
    VectorLayer layer{input.candidates->file, wish, "candidates of the rollout", problems};
    CandidatesSource source;
    source.name = input.candidates->file.path;
    source.synthetic = layer.synthetic();
    source.candidates = CandidateReader{layer, input, problems}.read();
    source.operation = bring_into_study(source.candidates, layer, study_crs, grid, problems);
    if (source.candidates.empty()) {
        problems.push_back({"candidates " + layer.quoted(), "holds none; nobody is added"});
    }
    return source;
}

}  // namespace phusong::io
