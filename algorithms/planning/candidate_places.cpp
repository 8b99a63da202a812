#include "algorithms/planning/candidate_places.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <span>
#include <utility>

#include "algorithms/grid/earth_distance.hpp"

namespace phusong {

namespace {

constexpr double blocks_a_radius = 4;
constexpr double most_blocks = 4e6;

double height_of_cell(const GridSpec& grid, const EarthSurface& surface) {
    const Cell middle{grid.rows / 2, grid.columns / 2};
    const Point centre = centre_of(grid, middle);
    return metres_between(surface, centre, {centre.x, centre.y + grid.cell_height});
}

/// Cells of a footprint around any cell of a row.
class Footprints {
public:
    Footprints(const GridSpec& grid, const EarthSurface& surface, double radius_m) : grid_{grid} {
        const double height = height_of_cell(grid, surface);
        const auto reach = static_cast<std::int32_t>(radius_m / height);
        half_.resize(static_cast<std::size_t>(grid.rows));
        for (std::int32_t row = 0; row < grid.rows; ++row) {
            const Point centre = centre_of(grid, {row, grid.columns / 2});
            const double width = metres_between(surface, centre, {centre.x + grid.cell_width, centre.y});
            for (std::int32_t away = 0; away <= reach; ++away) {
                const double left = radius_m * radius_m - height * away * height * away;
                half_[static_cast<std::size_t>(row)].push_back(
                    static_cast<std::int32_t>(std::sqrt(std::max(0.0, left)) / width));
            }
        }
    }

    /// Calls `visit(row, first column, one past the last)` for every row of the footprint inside the grid.
    template <typename Visit>
    void each_row(Cell centre, const Visit& visit) const {
        const std::vector<std::int32_t>& half = half_[static_cast<std::size_t>(centre.row)];
        const auto reach = static_cast<std::int32_t>(half.size()) - 1;
        for (std::int32_t row = std::max(0, centre.row - reach);
             row <= std::min(grid_.rows - 1, centre.row + reach); ++row) {
            const std::int32_t across = half[static_cast<std::size_t>(std::abs(row - centre.row))];
            visit(row, std::max(0, centre.column - across),
                  std::min(grid_.columns, centre.column + across + 1));
        }
    }

private:
    GridSpec grid_;
    std::vector<std::vector<std::int32_t>> half_;  ///< of a centre's row, by rows away: columns to a side
};

/// What speaks for a place: people within its footprint, then people in the cell itself, so that a site
/// stands among those whom it serves; then what comes first in row-major order.
struct Offer {
    double within = 0;
    double here = 0;
    Cell cell;
    /// Whether the other one is better.
    bool operator<(const Offer& other) const {
        if (within != other.within) return within < other.within;
        if (here != other.here) return here < other.here;
        return other.cell < cell;
    }
};

/// People left within a footprint of each cell.
class OpenDemand {
public:
    OpenDemand(const DemandMap& demand, const Footprints& footprints)
        : demand_{demand}, footprints_{footprints}, left_{demand.people} {
        within_.resize(left_.size());
        for (std::int32_t row = 0; row < demand.grid.rows; ++row) {
            for (std::int32_t column = 0; column < demand.grid.columns; ++column) {
                within_[index({row, column})] = count({row, column});
            }
        }
    }
    /// As last counted.
    [[nodiscard]] Offer offer(Cell cell) const {
        return {within_[index(cell)], demand_.people[index(cell)], cell};
    }
    /// Counts anew, because people around may have been served since.
    [[nodiscard]] Offer fresh_offer(Cell cell) {
        within_[index(cell)] = count(cell);
        return offer(cell);
    }
    void serve(Cell centre) {
        footprints_.each_row(centre, [&](std::int32_t row, std::int32_t first, std::int32_t end) {
            const auto begin = left_.begin() + static_cast<std::ptrdiff_t>(index({row, first}));
            std::fill(begin, begin + (end - first), 0.0);
        });
    }

private:
    [[nodiscard]] std::size_t index(Cell cell) const {
        return static_cast<std::size_t>(cell.row) * static_cast<std::size_t>(demand_.grid.columns) +
               static_cast<std::size_t>(cell.column);
    }
    [[nodiscard]] double count(Cell centre) const {
        double sum = 0;
        footprints_.each_row(centre, [&](std::int32_t row, std::int32_t first, std::int32_t end) {
            const std::size_t at = index({row, first});
            for (std::size_t i = at; i < at + static_cast<std::size_t>(end - first); ++i) sum += left_[i];
        });
        return sum;
    }

    const DemandMap& demand_;
    const Footprints& footprints_;
    std::vector<double> left_;
    std::vector<double> within_;
};

/// Offers that no other one of the near cells betters, the best first.
std::vector<Offer> local_maxima(const OpenDemand& demand, const GridSpec& grid, const Footprints& near,
                                double least_people) {
    std::vector<Offer> maxima;
    for (std::int32_t row = 0; row < grid.rows; ++row) {
        for (std::int32_t column = 0; column < grid.columns; ++column) {
            const Offer offer = demand.offer({row, column});
            if (offer.within < least_people) continue;
            bool best = true;
            near.each_row(offer.cell, [&](std::int32_t other_row, std::int32_t first, std::int32_t end) {
                for (std::int32_t c = first; c < end && best; ++c) {
                    best = !(offer < demand.offer({other_row, c}));
                }
            });
            if (best) maxima.push_back(offer);
        }
    }
    std::sort(maxima.begin(), maxima.end(), [](const Offer& a, const Offer& b) { return b < a; });
    return maxima;
}

/// Takes offers while they add enough people to those taken before.
class Places {
public:
    Places(OpenDemand& demand, std::size_t most, double least_people)
        : demand_{demand}, most_{most}, least_people_{least_people} {}

    [[nodiscard]] bool full() const { return cells_.size() >= most_; }
    void take(Cell cell) {
        cells_.push_back(cell);
        demand_.serve(cell);
    }
    void take_maxima(const std::vector<Offer>& maxima) {
        for (const Offer& offer : maxima) {
            if (full()) return;
            if (demand_.fresh_offer(offer.cell).within >= least_people_) take(offer.cell);
        }
    }
    /// An offer never rises while places are taken, so the first one that still holds is the best.
    void take_best(const GridSpec& grid) {
        std::vector<Offer> offers;
        for (std::int32_t row = 0; row < grid.rows; ++row) {
            for (std::int32_t column = 0; column < grid.columns; ++column) {
                const Offer offer = demand_.offer({row, column});
                if (offer.within >= least_people_) offers.push_back(offer);
            }
        }
        std::priority_queue<Offer> queue{std::less<Offer>{}, std::move(offers)};
        while (!queue.empty() && !full()) {
            const Offer best = queue.top();
            queue.pop();
            const Offer now = demand_.fresh_offer(best.cell);
            if (now.within < least_people_) continue;
            if (now < best) {
                queue.push(now);
            } else {
                take(now.cell);
            }
        }
    }
    [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }

private:
    OpenDemand& demand_;
    std::size_t most_;
    double least_people_;
    std::vector<Cell> cells_;
};

}  // namespace

std::int32_t demand_block_side(const GridSpec& grid, const EarthSurface& surface, double radius_m) {
    const double wanted = std::floor(radius_m / blocks_a_radius / height_of_cell(grid, surface));
    const double cells = static_cast<double>(grid.rows) * grid.columns;
    const double least = std::ceil(std::sqrt(cells / most_blocks));
    return static_cast<std::int32_t>(std::clamp(std::max(wanted, least), 1.0, 1e6));
}

GridSpec demand_grid(const GridSpec& grid, std::int32_t block_side) {
    GridSpec coarse = grid;
    coarse.cell_width *= block_side;
    coarse.cell_height *= block_side;
    coarse.rows = (grid.rows + block_side - 1) / block_side;
    coarse.columns = (grid.columns + block_side - 1) / block_side;
    return coarse;
}

std::vector<Point> candidate_places(const DemandMap& demand, const EarthSurface& surface, double radius_m,
                                    std::size_t most, double least_people) {
    const Footprints footprints{demand.grid, surface, radius_m};
    OpenDemand open{demand, footprints};
    const Footprints near{demand.grid, surface, radius_m / 2};
    Places places{open, most, least_people};
    places.take_maxima(local_maxima(open, demand.grid, near, least_people));
    places.take_best(demand.grid);
    std::vector<Point> centres;
    centres.reserve(places.cells().size());
    for (const Cell cell : places.cells()) centres.push_back(centre_of(demand.grid, cell));
    return centres;
}

}  // namespace phusong
