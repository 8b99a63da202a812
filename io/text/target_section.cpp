#include "io/text/target_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "io/text/coverage_section.hpp"
#include "io/text/number.hpp"
#include "io/text/toml_text.hpp"

namespace phusong::io {

namespace {

constexpr double millionths_a_percent = 1e6;

constexpr std::array rules{std::pair{TargetInput::Rule::any_operator, "any_operator"},
                           std::pair{TargetInput::Rule::best_operator, "best_operator"}};
constexpr std::array scopes{std::pair{TargetInput::Scope::everything, "all"},
                            std::pair{TargetInput::Scope::province, "province"},
                            std::pair{TargetInput::Scope::commune, "commune"}};

template <typename Words, typename Value>
void read_word(const Section& section, const char* key, const Words& words, Value& value) {
    const auto text = section.text(key);
    if (!text) return;
    std::string known;
    for (const auto& [meant, word] : words) {
        if (*text == word) {
            value = meant;
            return;
        }
        known += (known.empty() ? "" : ", ") + std::string{word};
    }
    section.fail(fmt::format("'{}' is one of {}", key, known), section.node(key));
}

template <typename Words, typename Value>
std::string word_of(const Words& words, Value value) {
    const auto* const found =
        std::find_if(words.begin(), words.end(), [&](const auto& word) { return word.first == value; });
    return found->second;
}

/// "2025-12-31": sorts as it reads.
bool is_date(const std::string& text) {
    const std::string pattern = "dddd-dd-dd";
    return text.size() == pattern.size() &&
           std::equal(text.begin(), text.end(), pattern.begin(),
                      [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; });
}

}  // namespace

std::string rule_word(TargetInput::Rule rule) {
    return word_of(rules, rule);
}

std::string scope_word(TargetInput::Scope scope) {
    return word_of(scopes, scope);
}

std::optional<std::int64_t> millionths_of(const Section& section, std::string_view key) {
    const auto percent = section.number(key);
    if (!percent) return std::nullopt;
    if (!(*percent > 0 && *percent <= 100)) {
        section.fail(fmt::format("'{}' must be more than 0 and at most 100", key), section.node(key));
    }
    return std::max<std::int64_t>(1, std::llround(*percent * millionths_a_percent));
}

std::string percent_of(std::int64_t millionths) {
    return shortest(static_cast<double>(millionths) / millionths_a_percent);
}

TargetInput target_of(const Section& section, const std::vector<std::string>& known) {
    section.allow_only({"name", "technology", "rule", "percent", "deadline", "scope", "tolerance_points"});
    TargetInput target;
    target.name = section.text("name").value_or("");
    target.technology = technology_of(section, known);
    const auto millionths = millionths_of(section, "percent");
    if (!millionths) section.fail("'percent' is missing; write percent = 90");
    target.millionths = *millionths;
    read_word(section, "rule", rules, target.rule);
    read_word(section, "scope", scopes, target.scope);
    target.deadline = section.text("deadline").value_or("");
    if (!target.deadline.empty() && !is_date(target.deadline)) {
        section.fail("'deadline' is a day, such as \"2025-12-31\"", section.node("deadline"));
    }
    target.tolerance_points = section.number("tolerance_points").value_or(target.tolerance_points);
    if (!(target.tolerance_points >= 0 && target.tolerance_points <= 100)) {
        section.fail("'tolerance_points' must be 0 to 100", section.node("tolerance_points"));
    }
    return target;
}

std::string title_of(const TargetInput& target) {
    if (!target.name.empty()) return target.name;
    std::string title = target.technology + ' ' + percent_of(target.millionths) + " %";
    if (!target.deadline.empty()) title += " by " + target.deadline;
    return title;
}

std::string target_lines(const TargetInput& target) {
    std::string out = "\n[[target]]\n";
    if (!target.name.empty()) out += "name = " + quoted(target.name) + '\n';
    out += "technology = " + quoted(target.technology) + '\n';
    out += fmt::format("percent = {}  # of the people\n", percent_of(target.millionths));
    out += fmt::format("rule = \"{}\"  # or best_operator, any_operator\n", rule_word(target.rule));
    out += fmt::format("scope = \"{}\"  # all, province or commune\n", scope_word(target.scope));
    if (!target.deadline.empty()) out += "deadline = " + quoted(target.deadline) + '\n';
    out += fmt::format("tolerance_points = {}  # farther away is red\n", shortest(target.tolerance_points));
    return out;
}

}  // namespace phusong::io
