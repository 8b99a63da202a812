#include "tools/phusong/target_summary.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "engine/targets.hpp"
#include "io/targets_table.hpp"
#include "io/text/target_section.hpp"
#include "tools/phusong/display.hpp"

namespace phusong::cli {

namespace {

constexpr std::array all_statuses{TargetStatus::green, TargetStatus::yellow, TargetStatus::red,
                                  TargetStatus::measure};

/// "communes: 3 XANH, 120 ĐỎ, 7 CẦN ĐO".
std::string counts_text(const Target& target, const std::vector<PlaceResult>& places, std::string_view of) {
    std::array<std::size_t, all_statuses.size()> counts{};
    for (const PlaceResult& place : places) {
        if (place.has_people()) ++counts[static_cast<std::size_t>(held_against(target, place).status)];
    }
    std::string out;
    for (const TargetStatus status : all_statuses) {
        const std::size_t count = counts[static_cast<std::size_t>(status)];
        if (count == 0) continue;
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, io::status_word(status));
    }
    return fmt::format("{}: {}", of, out.empty() ? "nobody lives there" : out);
}

std::string line_of(const Target& target, const StudyResult& result) {
    const bool best = target.input.rule == TargetInput::Rule::best_operator;
    std::string out = fmt::format("  {}, {}: ", printable(io::title_of(target.input)),
                                  best ? "best operator" : "any operator");
    if (result.total.has_people()) {
        const TargetResult held = held_against(target, result.total);
        out += fmt::format("{}, {} of all people, {} short; ", io::status_word(held.status),
                           percent_text(held.answer),
                           people_text(Persons::round(static_cast<double>(held.short_people))));
    }
    if (result.provinces.size() > 1) out += counts_text(target, result.provinces, "provinces") + "; ";
    return out + counts_text(target, result.communes, "communes") + '\n';
}

}  // namespace

std::string targets_text(const Plan& plan, const StudyResult& result) {
    if (plan.study.targets.empty()) return "";
    std::string out = "Targets:\n";
    for (const Target& target : targets_of(plan.study.targets, plan.technologies))
        out += line_of(target, result);
    return out;
}

}  // namespace phusong::cli
