#include "engine/damage_maps.hpp"

#include <algorithm>
#include <cmath>

#include "algorithms/grid/tile_view.hpp"
#include "algorithms/zones/burn.hpp"

namespace phusong {

namespace {

Severity severity_of(double s, std::int32_t redundancy) {
    if (std::isnan(s)) return {0, 0, 1};
    return {redundancy > 0 ? std::pow(s, redundancy) : 0, s, s};
}

bool meets(const Window& a, const Window& b) {
    return a.row < b.row_end() && b.row < a.row_end() && a.column < b.column_end() &&
           b.column < a.column_end();
}

/// Severities of one cause, by technology.
class CauseTile {
public:
    CauseTile(std::size_t technologies, Window window) : window_{window}, of_technology_(technologies) {}

    void add(const DamageShape& shape, std::int32_t redundancy) {
        if (!meets(shape.shape.bounds, window_)) return;
        inside_.assign(window_.cell_count(), 0);
        burn(shape.shape, 1, {window_, inside_});
        const Severity severity = severity_of(shape.severity, redundancy);
        for (const std::size_t t : shape.technologies) {
            std::vector<Severity>& cells = cells_of(t);
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (inside_[i] != 0) cells[i] = same_cause(cells[i], severity);
            }
        }
    }
    void add(const LayerTile& raster, const DamageLayer& layer) {
        const auto hits = [](double s) { return !(s <= 0); };
        if (std::none_of(raster.shares.begin(), raster.shares.end(), hits)) return;
        for (const std::size_t t : layer.technologies) {
            std::vector<Severity>& cells = cells_of(t);
            for (std::size_t i = 0; i < cells.size(); ++i) {
                cells[i] = same_cause(cells[i], severity_of(raster.shares[i], layer.redundancy));
            }
        }
    }
    void merge_into(DamageTile& tile) const {
        for (std::size_t t = 0; t < of_technology_.size(); ++t) {
            if (of_technology_[t].empty()) continue;
            std::vector<Severity>& cells = tile.of_technology[t];
            if (cells.empty()) {
                cells = of_technology_[t];
                continue;
            }
            for (std::size_t i = 0; i < cells.size(); ++i) {
                cells[i] = different_causes(cells[i], of_technology_[t][i]);
            }
        }
    }

private:
    std::vector<Severity>& cells_of(std::size_t technology) {
        std::vector<Severity>& cells = of_technology_[technology];
        if (cells.empty()) cells.resize(window_.cell_count());
        return cells;
    }

    Window window_;
    std::vector<std::vector<Severity>> of_technology_;
    std::vector<std::uint8_t> inside_;
};

}  // namespace

bool DamageTile::touched() const {
    return std::any_of(of_technology.begin(), of_technology.end(),
                       [](const std::vector<Severity>& cells) { return !cells.empty(); });
}

Severity same_cause(const Severity& a, const Severity& b) {
    return {std::max(a.low, b.low), std::max(a.headline, b.headline), std::max(a.most, b.most)};
}

Severity different_causes(const Severity& a, const Severity& b) {
    const auto joined = [](double x, double y) { return 1 - (1 - x) * (1 - y); };
    return {joined(a.low, b.low), joined(a.headline, b.headline), joined(a.most, b.most)};
}

DamageTile damage_on(const Plan& plan, Window study_window, std::span<const LayerTile> rasters) {
    DamageTile tile;
    tile.of_technology.resize(plan.technologies.size());
    const EventPlan& event = *plan.event;
    for (std::size_t cause = 0; cause < event.causes.size(); ++cause) {
        CauseTile of_cause{plan.technologies.size(), study_window};
        std::size_t raster = 0;
        for (const DamageLayer& layer : event.damage) {
            const bool mine = layer.cause == cause;
            if (layer.is_raster) {
                if (mine) of_cause.add(rasters[raster], layer);
                ++raster;
            }
            if (!mine) continue;
            for (const DamageShape& shape : layer.shapes) of_cause.add(shape, layer.redundancy);
        }
        of_cause.merge_into(tile);
    }
    return tile;
}

}  // namespace phusong
