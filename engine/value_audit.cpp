#include "engine/value_audit.hpp"

#include <cmath>
#include <cstdio>

namespace phusong {

namespace {

std::string number(double value) {
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    char text[32];
    std::snprintf(text, sizeof text, "%.10g", value);
    return text;
}

}  // namespace

std::string ValueCount::words() const {
    const std::string range = lowest == highest ? number(lowest) : number(lowest) + " to " + number(highest);
    return range + " in " + std::to_string(cells) + (cells == 1 ? " cell" : " cells");
}

}  // namespace phusong
