#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "algorithms/damage/serving_groups.hpp"
#include "algorithms/planning/coverage_instance.hpp"
#include "algorithms/zones/polygon.hpp"
#include "algorithms/zones/zone.hpp"

namespace phusong {

/// A place where a site may be built.
struct RolloutCandidate {
    enum class Origin : std::uint8_t {
        given,  ///< by the study
        mast,   ///< of the study's sites, without the technology
        found   ///< where many people live without it
    };
    Origin origin = Origin::found;
    std::string id;  ///< of places that were found: "new-1", the most promising first
    Point place;     ///< in the study's CRS; longitude and latitude once it is kept
    double radius_m = 0;
    Cost cost;
    bool existing = false;  ///< will be there in any case: its cost is sunk
    /// The commune in which it reaches most people without the technology, the first of equal ones;
    /// outside_every_zone: it reaches nobody.
    ZoneNumber home = outside_every_zone;

    friend bool operator==(const RolloutCandidate&, const RolloutCandidate&) = default;
};

/// One commune, as far as plans need it.
struct RolloutCommune {
    std::string code;
    std::string name;
    std::string province;
    Persons people;   ///< by yes and no, as all numbers here
    Persons served;   ///< for certain
    Persons unknown;  ///< whose service nobody knows: neither served, nor in a group

    friend bool operator==(const RolloutCommune&, const RolloutCommune&) = default;
};

/// What rollout plans of one technology are made from; no cell is needed any more.
struct RolloutGrounds {
    std::string technology;
    std::vector<RolloutCandidate> candidates;
    std::vector<RolloutCommune> communes;  ///< by zone number
    Persons people;                        ///< everybody, nobody twice
    Persons served;
    Persons unknown;
    /// People without the technology for certain, by commune and by the candidates that would reach them;
    /// raked where the study rakes. Nobody reaches the people of an empty set. Of every commune they add up
    /// to its people without the technology. People in a cell that several communes share count in the one
    /// that owns most of it; where communes overlap, in each of them.
    std::vector<ServingGroups::Row> rows;
    ServingSets sets;

    /// Who would be covered by which candidate. @throws QuantityOverflow
    [[nodiscard]] CoverageInstance instance() const;
};

}  // namespace phusong
