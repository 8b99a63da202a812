#pragma once

#include <stdexcept>

namespace phusong {

/// Somebody asked the run to stop.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error{"stopped before the end; nothing was written"} {}
};

}  // namespace phusong
