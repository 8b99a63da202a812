#include "algorithms/outlines/shared_arcs.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace phusong {

namespace {

std::uint64_t key_of(DrawnPoint point) {
    return (std::uint64_t{static_cast<std::uint32_t>(point.x)} << 32U) | static_cast<std::uint32_t>(point.y);
}

DrawnRing without_repeats(const DrawnRing& ring) {
    DrawnRing kept;
    for (const DrawnPoint point : ring) {
        if (kept.empty() || point != kept.back()) kept.push_back(point);
    }
    while (kept.size() > 1 && kept.front() == kept.back()) kept.pop_back();
    return kept;
}

DrawnShape whole_units(const DrawnShape& shape) {
    DrawnShape drawn;
    for (const DrawnRing& ring : shape.rings) {
        DrawnRing kept = without_repeats(ring);
        if (twice_area(kept) != 0) drawn.rings.push_back(std::move(kept));
    }
    if (drawn.rings.empty()) {
        for (const DrawnRing& ring : shape.rings) {
            if (ring.empty()) continue;
            const auto [x, y] = ring.front();
            drawn.rings.push_back({{x, y}, {x + 1, y}, {x, y + 1}});
            break;
        }
    }
    return drawn;
}

/// Points where rings part or meet: where not all that pass come from and go to the same two neighbours.
std::unordered_set<std::uint64_t> nodes_of(std::span<const DrawnShape> shapes) {
    std::unordered_map<std::uint64_t, std::pair<DrawnPoint, DrawnPoint>> neighbours;
    std::unordered_set<std::uint64_t> nodes;
    for (const DrawnShape& shape : shapes) {
        for (const DrawnRing& ring : shape.rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const std::pair<DrawnPoint, DrawnPoint> both =
                    std::minmax(ring[(i + ring.size() - 1) % ring.size()], ring[(i + 1) % ring.size()]);
                const auto [seen, first] = neighbours.emplace(key_of(ring[i]), both);
                if (!first && seen->second != both) nodes.insert(key_of(ring[i]));
            }
        }
    }
    return nodes;
}

/// Gathers arcs, each once whichever way it is met.
class ArcSet {
public:
    explicit ArcSet(SharedArcs& arcs) : arcs_{arcs} {}

    SharedArcs::Step step(std::vector<DrawnPoint> points) {
        const auto begin = std::pair{points.front(), points[1]};
        const auto end = std::pair{points.back(), points[points.size() - 2]};
        const bool backwards = end < begin;
        if (backwards) std::reverse(points.begin(), points.end());
        // Between nodes nothing branches: two points tell the whole arc.
        const auto [known, added] = numbers_.emplace(std::min(begin, end), arcs_.arcs.size());
        if (added) {
            arcs_.arcs.push_back(std::move(points));
            arcs_.uses.push_back(0);
        }
        ++arcs_.uses[known->second];
        return {known->second, backwards};
    }

private:
    SharedArcs& arcs_;
    std::map<std::pair<DrawnPoint, DrawnPoint>, std::size_t> numbers_;
};

SharedArcs::Path path_of(DrawnRing ring, const std::unordered_set<std::uint64_t>& nodes, ArcSet& set) {
    const auto is_node = [&](DrawnPoint point) { return nodes.contains(key_of(point)); };
    auto start = std::find_if(ring.begin(), ring.end(), is_node);
    // A ring that meets no other begins at its smallest point, from whichever side it is seen.
    if (start == ring.end()) start = std::min_element(ring.begin(), ring.end());
    std::rotate(ring.begin(), start, ring.end());
    ring.push_back(ring.front());

    SharedArcs::Path path;
    std::vector<DrawnPoint> points{ring.front()};
    for (std::size_t i = 1; i < ring.size(); ++i) {
        points.push_back(ring[i]);
        if (i + 1 < ring.size() && !is_node(ring[i])) continue;
        path.push_back(set.step(std::exchange(points, {ring[i]})));
    }
    return path;
}

double squared(double number) {
    return number * number;
}

/// From a point to the nearest one of a straight piece, squared.
double squared_distance(DrawnPoint point, DrawnPoint a, DrawnPoint b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = squared(dx) + squared(dy);
    double along = 0;
    if (length > 0) along = std::clamp(((point.x - a.x) * dx + (point.y - a.y) * dy) / length, 0.0, 1.0);
    return squared(a.x + along * dx - point.x) + squared(a.y + along * dy - point.y);
}

struct Farthest {
    std::size_t index = 0;
    double squared_distance = -1;
};

/// Of the points between two of them, the one farthest from the line that joins those.
Farthest farthest_between(const std::vector<DrawnPoint>& points, std::size_t first, std::size_t last) {
    Farthest farthest;
    for (std::size_t i = first + 1; i < last; ++i) {
        const double distance = squared_distance(points[i], points[first], points[last]);
        if (distance > farthest.squared_distance) farthest = {i, distance};
    }
    return farthest;
}

std::vector<DrawnPoint> simplified(const std::vector<DrawnPoint>& points, double tolerance) {
    std::vector<char> keep(points.size(), 0);
    keep.front() = keep.back() = 1;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        const Farthest farthest = farthest_between(points, first, last);
        // A ring that meets no other has no line to begin with.
        const bool closed = points[first] == points[last];
        if (farthest.squared_distance < 0) continue;
        if (!closed && farthest.squared_distance <= squared(tolerance)) continue;
        keep[farthest.index] = 1;
        open.emplace_back(first, farthest.index);
        open.emplace_back(farthest.index, last);
    }
    std::vector<DrawnPoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (keep[i] != 0) kept.push_back(points[i]);
    }
    return kept;
}

DrawnRing ring_of(const std::vector<std::vector<DrawnPoint>>& arcs, const SharedArcs::Path& path) {
    DrawnRing ring;
    for (const auto [arc, backwards] : path) {
        const std::vector<DrawnPoint>& points = arcs[arc];
        if (backwards) {
            ring.insert(ring.end(), points.rbegin(), points.rend() - 1);
        } else {
            ring.insert(ring.end(), points.begin(), points.end() - 1);
        }
    }
    return ring;
}

/// Whether a ring is still what it was, if coarser.
bool holds(std::int64_t before, std::int64_t after) {
    return before > 0 ? 2 * after >= before : 2 * after <= before;
}

/// Islets that would be dots.
void drop_islets(SharedArcs& arcs, double tolerance) {
    for (std::vector<SharedArcs::Path>& shape : arcs.shapes) {
        std::vector<std::int64_t> areas;
        areas.reserve(shape.size());
        for (const SharedArcs::Path& path : shape)
            areas.push_back(std::abs(twice_area(ring_of(arcs.arcs, path))));
        const std::size_t largest =
            static_cast<std::size_t>(std::max_element(areas.begin(), areas.end()) - areas.begin());
        std::vector<SharedArcs::Path> kept;
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const bool alone = shape[i].size() == 1 && arcs.uses[shape[i].front().arc] == 1;
            if (alone && i != largest && static_cast<double>(areas[i]) < 2 * squared(tolerance)) {
                arcs.uses[shape[i].front().arc] = 0;
            } else {
                kept.push_back(std::move(shape[i]));
            }
        }
        shape = std::move(kept);
    }
}

}  // namespace

std::int64_t twice_area(const DrawnRing& ring) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const DrawnPoint a = ring[i];
        const DrawnPoint b = ring[(i + 1) % ring.size()];
        sum += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
    }
    return sum;
}

SharedArcs cut_into_arcs(std::span<const DrawnShape> shapes) {
    std::vector<DrawnShape> drawn;
    drawn.reserve(shapes.size());
    for (const DrawnShape& shape : shapes) drawn.push_back(whole_units(shape));
    const std::unordered_set<std::uint64_t> nodes = nodes_of(drawn);
    SharedArcs arcs;
    ArcSet set{arcs};
    for (DrawnShape& shape : drawn) {
        std::vector<SharedArcs::Path>& paths = arcs.shapes.emplace_back();
        for (DrawnRing& ring : shape.rings) paths.push_back(path_of(std::move(ring), nodes, set));
    }
    return arcs;
}

void simplify(SharedArcs& arcs, double tolerance) {
    drop_islets(arcs, tolerance);
    std::vector<double> tolerances(arcs.arcs.size(), tolerance);
    std::vector<std::vector<DrawnPoint>> fewer;
    fewer.reserve(arcs.arcs.size());
    for (const std::vector<DrawnPoint>& arc : arcs.arcs) fewer.push_back(simplified(arc, tolerance));
    // A ring that lost itself gets finer arcs, and so do its neighbours, who may need a second look.
    for (bool changed = true; changed;) {
        changed = false;
        for (const std::vector<SharedArcs::Path>& shape : arcs.shapes) {
            for (const SharedArcs::Path& path : shape) {
                const std::int64_t before = twice_area(ring_of(arcs.arcs, path));
                while (!holds(before, twice_area(ring_of(fewer, path)))) {
                    for (const SharedArcs::Step step : path) {
                        double& finer = tolerances[step.arc];
                        finer = finer < 0.5 ? 0 : finer / 2;
                        fewer[step.arc] = simplified(arcs.arcs[step.arc], finer);
                    }
                    changed = true;
                }
            }
        }
    }
    arcs.arcs = std::move(fewer);
}

std::vector<DrawnShape> shapes_of(const SharedArcs& arcs) {
    std::vector<DrawnShape> shapes;
    shapes.reserve(arcs.shapes.size());
    for (const std::vector<SharedArcs::Path>& paths : arcs.shapes) {
        DrawnShape& shape = shapes.emplace_back();
        for (const SharedArcs::Path& path : paths) shape.rings.push_back(ring_of(arcs.arcs, path));
    }
    return shapes;
}

DrawnShape boundary_of(const SharedArcs& arcs) {
    std::multimap<DrawnPoint, std::vector<DrawnPoint>> pieces;  // by the point they begin at
    for (const std::vector<SharedArcs::Path>& shape : arcs.shapes) {
        for (const SharedArcs::Path& path : shape) {
            for (const auto [arc, backwards] : path) {
                if (arcs.uses[arc] != 1) continue;
                std::vector<DrawnPoint> points = arcs.arcs[arc];
                if (backwards) std::reverse(points.begin(), points.end());
                const DrawnPoint begin = points.front();
                pieces.emplace(begin, std::move(points));
            }
        }
    }
    DrawnShape boundary;
    while (!pieces.empty()) {
        DrawnRing& ring = boundary.rings.emplace_back();
        // Rings that all go the same way leave as many arcs at a point as come to it: each closes.
        for (auto next = pieces.begin(); next != pieces.end(); next = pieces.find(ring.back())) {
            ring.insert(ring.end(), next->second.begin() + (ring.empty() ? 0 : 1), next->second.end());
            pieces.erase(next);
            if (ring.front() == ring.back()) break;
        }
        if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
    }
    return boundary;
}

}  // namespace phusong
