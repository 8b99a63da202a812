#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// Something that a map shows of every commune, by classes.
struct Measure {
    enum class Kind : std::uint8_t {
        percent,  ///< of the people served: more is better
        people,   ///< without service: more is worse
        status    ///< of a target: XANH, VÀNG, ĐỎ, CẦN ĐO
    };
    std::string id;  ///< of file and control: "4g", "no_mobile", "people_dark", "status_5g"
    Kind kind = Kind::percent;
    std::string table;  ///< where the numbers are
    std::string column;
    std::string subject;  ///< technology, combination, or name of the target
    /// Where a class ends and the next begins: value < breaks[i] is class i or lower.
    std::vector<double> breaks;
    std::string classes;  ///< a digit a row of `communes`; '-' where nothing is known
};

/// What the tables of a result let a map show: technologies, people without service, people in the dark after
/// an event, and statuses of targets.
[[nodiscard]] std::vector<Measure> measures_of(const std::vector<Table>& tables);

/// The technologies of a study as its columns name them: "4g", "fibre_passed".
[[nodiscard]] std::vector<std::string> technology_words(const Table& communes);

/// Hexadecimal colours by class. Sequential, and told apart in grey and with any colour vision.
[[nodiscard]] const std::vector<std::string>& colours_of(Measure::Kind kind);

/// The words of a status in the order of its classes, the best first.
[[nodiscard]] const std::vector<std::string>& status_words();

}  // namespace phusong::io
