#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/study.hpp"

namespace phusong {

/// The layers of a study that speak of one technology.
struct Technology {
    std::string name;                 ///< "4g"
    std::string meaning;              ///< of fibre: passed, connected or subscribed; else empty
    std::vector<std::size_t> layers;  ///< numbers of study.coverage, in its order
    /// The one layer that tells the part of the households; people are then counted by it. Unset (no such
    /// layer, or several operators, whose parts cannot be joined): people are counted by yes and no.
    bool by_share = false;
};

/// Technologies in the order in which the study first names them.
[[nodiscard]] std::vector<Technology> technologies_of(const Study& study);

/// 2g, 3g, 4g, 5g and later: what a telephone can use.
[[nodiscard]] bool is_mobile(const std::string& technology);

/// A question about several technologies at once, such as "4g without 5g".
struct Combination {
    std::string name;                  ///< of the columns: "no_mobile", "4g_without_5g"
    std::string title;                 ///< in words
    std::vector<std::size_t> with;     ///< layers of which any must serve; empty: no such condition
    std::vector<std::size_t> without;  ///< layers of which none may serve
};

/// The combinations that follow from a study's technologies: nobody's mobile, nothing at all, and each
/// technology without the next one.
[[nodiscard]] std::vector<Combination> combinations_of(const std::vector<Technology>& technologies);

}  // namespace phusong
