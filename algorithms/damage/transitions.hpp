#pragma once

#include <array>
#include <cstddef>

#include "algorithms/ledger/ledger.hpp"
#include "algorithms/ledger/questions.hpp"
#include "algorithms/service/service.hpp"

namespace phusong {

/// People and land by what one question answers before and after an event. Everybody is in one of nine
/// cells, so before - lost + gained + change in unknown = after, exactly.
class Transitions {
public:
    /// @throws QuantityOverflow
    void add(Service before, Service after, const LedgerAmount& amount);
    /// @throws QuantityOverflow
    void merge(const Transitions& other);
    /// Of what was counted twice. @throws QuantityOverflow
    void subtract(const Transitions& other);

    [[nodiscard]] const LedgerAmount& of(Service before, Service after) const {
        return amounts_[index_of(before, after)];
    }
    [[nodiscard]] Answer before() const;
    [[nodiscard]] Answer after() const;
    [[nodiscard]] const LedgerAmount& lost() const { return of(Service::served, Service::unserved); }
    [[nodiscard]] const LedgerAmount& gained() const { return of(Service::unserved, Service::served); }
    /// Either side is not known, but not both.
    [[nodiscard]] LedgerAmount unclear() const;

    friend bool operator==(const Transitions&, const Transitions&) = default;

private:
    static std::size_t index_of(Service before, Service after) {
        return 3 * static_cast<std::size_t>(before) + static_cast<std::size_t>(after);
    }

    std::array<LedgerAmount, 9> amounts_;
};

}  // namespace phusong
