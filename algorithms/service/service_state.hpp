#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>

#include "algorithms/service/service.hpp"

namespace phusong {

/// The answers of all layers of a study at one place, two bits a layer.
class ServiceState {
public:
    static constexpr std::size_t most_layers = 32;

    constexpr ServiceState() = default;
    [[nodiscard]] static constexpr ServiceState of_bits(std::uint64_t bits) {
        ServiceState state;
        state.bits_ = bits;
        return state;
    }

    /// @pre layer < most_layers
    [[nodiscard]] constexpr Service of(std::size_t layer) const {
        assert(layer < most_layers);
        return static_cast<Service>((bits_ >> (2 * layer)) & 3U);
    }
    [[nodiscard]] constexpr ServiceState with(std::size_t layer, Service service) const {
        assert(layer < most_layers);
        const std::uint64_t cleared = bits_ & ~(std::uint64_t{3} << (2 * layer));
        return of_bits(cleared | (static_cast<std::uint64_t>(service) << (2 * layer)));
    }
    /// The answers of the first layers alone. @pre layers <= most_layers
    [[nodiscard]] constexpr ServiceState first(std::size_t layers) const {
        assert(layers <= most_layers);
        if (layers == most_layers) return *this;
        return of_bits(bits_ & ((std::uint64_t{1} << (2 * layers)) - 1));
    }
    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

    friend constexpr auto operator<=>(ServiceState, ServiceState) = default;

private:
    std::uint64_t bits_ = 0;
};

}  // namespace phusong
