#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace phusong {

/// A corner in a drawing: whole units, x to the right, y down.
struct DrawnPoint {
    std::int32_t x = 0;
    std::int32_t y = 0;

    friend auto operator<=>(const DrawnPoint&, const DrawnPoint&) = default;
};

/// A closed line; its first point is not repeated at the end.
using DrawnRing = std::vector<DrawnPoint>;

/// Shells and holes alike: what lies inside an odd number of rings is inside.
struct DrawnShape {
    std::vector<DrawnRing> rings;

    friend bool operator==(const DrawnShape&, const DrawnShape&) = default;
};

/// Shapes as arcs: pieces of border between the points where borders meet. What two shapes have in common is
/// one arc, so that whatever is done to it is done to both, and no gap opens between them. (The idea of
/// TopoJSON: M. Bostock, "How to infer topology", 2013.)
struct SharedArcs {
    /// An arc of a ring, and which way the ring goes along it.
    struct Step {
        std::size_t arc = 0;
        bool backwards = false;
    };
    using Path = std::vector<Step>;

    std::vector<std::vector<DrawnPoint>> arcs;  ///< first and last point alike: a ring that meets no other
    std::vector<std::size_t> uses;              ///< of each arc: by how many rings
    std::vector<std::vector<Path>> shapes;      ///< shape -> ring -> its arcs in order
};

/// Rings without an area, which narrow ones are in whole units, are left out; a shape that would have none
/// left becomes a triangle of half a unit at its first point.
/// @param shapes each with at least one point
[[nodiscard]] SharedArcs cut_into_arcs(std::span<const DrawnShape> shapes);

/// Leaves out points that lie no farther than `tolerance` from what stays (Douglas and Peucker 1973, on each
/// arc once). Every ring keeps its direction, three points and half of its area: its arcs stay finer where
/// that needs it. Rings with less area than tolerance^2 go, where they touch nothing and their shape has a
/// larger one.
/// Borders may come to cross each other within the tolerance.
void simplify(SharedArcs& arcs, double tolerance);

/// The shapes again, in the order they came.
[[nodiscard]] std::vector<DrawnShape> shapes_of(const SharedArcs& arcs);

/// The outer border of all shapes together, gaps between them included: the arcs that one ring alone uses.
[[nodiscard]] DrawnShape boundary_of(const SharedArcs& arcs);

/// Twice the area of a ring, positive where it goes clockwise as drawn.
[[nodiscard]] std::int64_t twice_area(const DrawnRing& ring);

}  // namespace phusong
