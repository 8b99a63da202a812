#include "algorithms/planning/coverage_lp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <map>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phusong {
namespace {

using GroupNumber = CoverageInstance::GroupNumber;

/// The shortest digits that read back as the same number, in every locale.
std::string text(double number) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

/// A row of terms, broken long before the 560 characters at which CPLEX gives up on a line.
class Terms {
public:
    explicit Terms(std::ostream& out) : out_{&out} {}

    void add(std::string_view sign, double factor, char variable, std::size_t number) {
        if (count_ > 0 && count_ % 8 == 0) *out_ << "\n  ";
        if (count_ > 0 || sign == "-") *out_ << ' ' << sign;
        *out_ << ' ';
        if (factor != 1) *out_ << text(factor) << ' ';
        *out_ << variable << number;
        ++count_;
    }

private:
    std::ostream* out_;
    std::size_t count_ = 0;
};

/// The parts that both questions share.
class Program {
public:
    Program(std::ostream& out, const CoverageInstance& instance) : out_{&out}, instance_{&instance} {
        for (GroupNumber group = 0; group < instance.group_count(); ++group) {
            if (instance.people(group) > Persons{} && !instance.candidates_of(group).empty())
                groups_.push_back(group);
        }
        for (std::size_t i = 0; i < instance.candidate_count(); ++i) {
            if (!instance.candidate(static_cast<CandidateNumber>(i)).locked_in) free_.push_back(i);
        }
    }

    [[nodiscard]] std::span<const GroupNumber> groups() const { return groups_; }

    void people(std::span<const GroupNumber> of_groups) {
        Terms terms{*out_};
        for (const GroupNumber group : of_groups)
            terms.add("+", instance_->people(group).value(), 'y', group);
    }
    /// @return whether there was any
    bool costs() {
        Terms terms{*out_};
        for (const std::size_t j : free_)
            terms.add("+", instance_->candidate(static_cast<CandidateNumber>(j)).cost.value(), 'x', j);
        return !free_.empty();
    }
    void sum(std::span<const std::size_t> candidates) {
        Terms terms{*out_};
        for (const std::size_t j : candidates) terms.add("+", 1, 'x', j);
    }
    [[nodiscard]] std::span<const std::size_t> free() const { return free_; }

    /// Nobody is covered but by a candidate that is on.
    void links() {
        for (const GroupNumber group : groups_) {
            *out_ << " g" << group << ':';
            Terms terms{*out_};
            terms.add("+", 1, 'y', group);
            for (const CandidateNumber j : instance_->candidates_of(group))
                terms.add("-", 1, 'x', static_cast<std::size_t>(j));
            *out_ << " <= 0\n";
        }
    }
    void end() {
        *out_ << "Bounds\n";
        for (const GroupNumber group : groups_) *out_ << " y" << group << " <= 1\n";
        for (std::size_t j = 0; j < instance_->candidate_count(); ++j) {
            if (instance_->candidate(static_cast<CandidateNumber>(j)).locked_in)
                *out_ << " x" << j << " = 1\n";
        }
        if (!free_.empty()) *out_ << "Binary\n";
        for (const std::size_t j : free_) *out_ << " x" << j << '\n';
        *out_ << "End\n";
    }

private:
    std::ostream* out_;
    const CoverageInstance* instance_;
    std::vector<GroupNumber> groups_;  ///< that somebody lives in and something covers
    std::vector<std::size_t> free_;    ///< candidates that are not locked in
};

}  // namespace

void write_lp(std::ostream& out, const CoverageInstance& instance, const CoverageLimit& limit) {
    Program program{out, instance};
    out << "\\ the most people within a limit\nMaximize\n people:";
    program.people(program.groups());
    out << "\nSubject To\n";
    program.links();
    if (limit.kind() == CoverageLimit::Kind::budget && !program.free().empty()) {
        out << " budget:";
        program.costs();
        out << " <= " << text(limit.cost().value()) << '\n';
    } else if (limit.kind() == CoverageLimit::Kind::sites && !program.free().empty()) {
        out << " sites:";
        program.sum(program.free());
        out << " <= " << limit.count() << '\n';
    } else if (limit.kind() == CoverageLimit::Kind::one_per_zone) {
        std::map<ZoneNumber, std::vector<std::size_t>> of_zone;
        for (const std::size_t j : program.free())
            of_zone[std::max(instance.candidate(static_cast<CandidateNumber>(j)).zone, outside_every_zone)]
                .push_back(j);
        for (const auto& [zone, candidates] : of_zone) {
            out << (zone < 0 ? " nowhere" : " zone" + std::to_string(zone)) << ':';
            program.sum(candidates);
            out << (zone < 0 ? " <= 0\n" : " <= 1\n");
        }
    }
    program.end();
}

void write_lp(std::ostream& out, const CoverageInstance& instance, const CoverageTarget& target) {
    Program program{out, instance};
    out << "\\ the least cost of a target\nMinimize\n cost:";
    if (!program.costs()) out << " 0 x0";
    out << "\nSubject To\n";
    program.links();
    if (target.in_all > Persons{}) {
        out << " target:";
        program.people(program.groups());
        out << " >= " << text(target.in_all.value()) << '\n';
    }
    for (std::size_t zone = 0; zone < target.of_zone.size(); ++zone) {
        if (target.of_zone[zone] <= Persons{}) continue;
        std::vector<GroupNumber> groups;
        std::ranges::copy_if(program.groups(), std::back_inserter(groups), [&](GroupNumber group) {
            return instance.zone(group) == static_cast<ZoneNumber>(zone);
        });
        out << " floor" << zone << ':';
        program.people(groups);
        if (groups.empty()) out << " 0 y" << program.groups().front();
        out << " >= " << text(target.of_zone[zone].value()) << '\n';
    }
    program.end();
}

}  // namespace phusong
