#pragma once

#include <stdexcept>

namespace phusong {

/// Somebody asked the run to stop.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error{"stopped before the end; nothing was written"} {}
    using std::runtime_error::runtime_error;
};

}  // namespace phusong
