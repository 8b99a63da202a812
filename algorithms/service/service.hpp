#pragma once

#include <cstdint>

namespace phusong {

/// The answer to "is there service here?". No data is an answer of its own, never "unserved".
enum class Service : std::uint8_t { unserved = 0, served = 1, unknown = 2 };

/// Kleene's "or": served if either is, unserved only when both are.
[[nodiscard]] constexpr Service either(Service a, Service b) {
    if (a == Service::served || b == Service::served) return Service::served;
    if (a == Service::unknown || b == Service::unknown) return Service::unknown;
    return Service::unserved;
}

/// Kleene's "and": unserved if either is, served only when both are.
[[nodiscard]] constexpr Service both(Service a, Service b) {
    if (a == Service::unserved || b == Service::unserved) return Service::unserved;
    if (a == Service::unknown || b == Service::unknown) return Service::unknown;
    return Service::served;
}

/// Kleene's "not".
[[nodiscard]] constexpr Service negated(Service a) {
    if (a == Service::unknown) return Service::unknown;
    return a == Service::served ? Service::unserved : Service::served;
}

}  // namespace phusong
