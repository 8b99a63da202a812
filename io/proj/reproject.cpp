#include "io/proj/reproject.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace phusong::io {

namespace {

struct Place {
    Point source;
    Point target;
};

Point between(const Point& a, const Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/// Distance of `p` from the line through two points; the same to the last bit when they change places.
double off_chord(Point a, Point b, const Point& p) {
    if (std::pair{b.x, b.y} < std::pair{a.x, a.y}) std::swap(a, b);
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = std::hypot(dx, dy);
    if (!(length > 0)) return std::hypot(p.x - a.x, p.y - a.y);
    return std::abs(dx * (p.y - a.y) - dy * (p.x - a.x)) / length;
}

class Densifier {
public:
    Densifier(CoordinateTransform& transform, double tolerance)
        : transform_{transform}, tolerance_{tolerance} {}

    [[nodiscard]] bool move(Ring& ring) {
        std::vector<Place> places = moved(ring);
        std::vector<Point> middles;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) middles.push_back(between(ring[i], ring[i + 1]));
        const std::vector<Place> middle_places = moved(middles);
        Ring out;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (std::isnan(places[i].target.x)) return false;
            out.push_back(places[i].target);
            if (i + 1 < places.size()) divide(places[i], places[i + 1], middle_places[i], 0, out);
        }
        ring = std::move(out);
        return true;
    }

private:
    [[nodiscard]] std::vector<Place> moved(const std::vector<Point>& points) {
        std::vector<double> x;
        std::vector<double> y;
        for (const Point& point : points) {
            x.push_back(point.x);
            y.push_back(point.y);
        }
        transform_.apply(x, y);
        std::vector<Place> places(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) places[i] = {points[i], {x[i], y[i]}};
        return places;
    }

    /// Adds the points between two neighbours of a ring, in order, without the two.
    void divide(const Place& from, const Place& to, const Place& middle, int depth, Ring& out) {
        constexpr int deepest = 12;  // 4095 points on one edge
        // A bend shows at the middle. Only the third-order part of a map's curvature can hide there; it
        // reaches a hundredth of a cell on edges of thousands of cells, which are looked at in the quarters,
        // too.
        constexpr double short_edge = 100000;  // tolerances: 1000 cells
        const double length = std::hypot(to.target.x - from.target.x, to.target.y - from.target.y);
        bool bends = off_chord(from.target, to.target, middle.target) > tolerance_;
        if (!bends && length <= short_edge * tolerance_) return;
        const std::vector<Place> quarters =
            moved({between(from.source, middle.source), between(middle.source, to.source)});
        for (const Place& quarter : quarters) {
            bends = bends || off_chord(from.target, to.target, quarter.target) > tolerance_;
        }
        if (!bends || depth == deepest || std::isnan(middle.target.x)) return;
        divide(from, middle, quarters[0], depth + 1, out);
        out.push_back(middle.target);
        divide(middle, to, quarters[1], depth + 1, out);
    }

    CoordinateTransform& transform_;
    double tolerance_;
};

}  // namespace

bool reproject(MultiPolygon& shape, CoordinateTransform& transform, double tolerance) {
    Densifier densifier{transform, tolerance};
    for (PolygonPart& part : shape.parts) {
        if (!densifier.move(part.shell)) return false;
        for (Ring& hole : part.holes) {
            if (!densifier.move(hole)) return false;
        }
    }
    return true;
}

}  // namespace phusong::io
