#pragma once

#include <cstddef>
#include <vector>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/service/service_state.hpp"

namespace phusong {

/// Which cells a dead zone is made of.
struct PatchRule {
    std::vector<std::size_t> layers;  ///< no service by any of them
    bool corners_join = true;         ///< connectivity 8; else 4
    /// Cells without people join those with people, but do not belong.
    bool populated_only = true;
    /// Not empty: layers of the time after an event. Cells that had service by `layers` before it and have
    /// none by these belong (mất sóng).
    std::vector<std::size_t> layers_after{};

    [[nodiscard]] bool of_an_event() const { return !layers_after.empty(); }

    /// Whether a cell surely misses the service that the rule asks for.
    [[nodiscard]] bool misses(ServiceState state) const {
        return any_of(state, asked()) == Service::unserved && (!of_an_event() || had_service(state));
    }
    /// Whether it surely has it.
    [[nodiscard]] bool has(ServiceState state) const { return any_of(state, asked()) == Service::served; }
    /// Whether it may miss it, and nobody knows.
    [[nodiscard]] bool may_miss(ServiceState state) const {
        return any_of(state, asked()) == Service::unknown && (!of_an_event() || had_service(state));
    }

    friend bool operator==(const PatchRule&, const PatchRule&) = default;

private:
    [[nodiscard]] const std::vector<std::size_t>& asked() const {
        return of_an_event() ? layers_after : layers;
    }
    [[nodiscard]] bool had_service(ServiceState state) const {
        return any_of(state, layers) == Service::served;
    }
};

}  // namespace phusong
