#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace phusong {

/// Keeps bytes aside for the length of a run, so that memory does not grow with the size of the country.
class Scratch {
public:
    Scratch() = default;
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    virtual ~Scratch() = default;

    /// Any number of threads. @return the handle for `get` @throws StorageError
    [[nodiscard]] virtual std::size_t put(std::span<const std::uint8_t> bytes) = 0;
    /// Any number of threads. @throws StorageError
    [[nodiscard]] virtual std::vector<std::uint8_t> get(std::size_t handle) const = 0;
};

}  // namespace phusong
