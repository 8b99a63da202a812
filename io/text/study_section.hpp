#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/errors.hpp"

namespace phusong::io {

/// One table of a study file, with words for what is wrong in it. Each accessor gives nothing where the key
/// is not there, and throws InputError naming file, line and table where its value is of another type.
class Section {
public:
    Section(const toml::table& table, std::string file, std::string name)
        : table_{table}, file_{std::move(file)}, name_{std::move(name)} {}

    [[noreturn]] void fail(const std::string& what, const toml::node* node = nullptr) const {
        const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
        throw InputError{"study '" + file_ + "', line " + std::to_string(line) + ", " + name_ + ": " + what};
    }
    void allow_only(std::initializer_list<std::string_view> keys) const {
        for (const auto& [key, value] : table_) {
            if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
            std::string list;
            for (const std::string_view known : keys) list += (list.empty() ? "" : ", ") + std::string{known};
            fail("unknown key '" + std::string{key.str()} + "'; known are " + list, &value);
        }
    }
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        auto value = node->value_exact<std::string>();
        if (!value) fail("'" + std::string{key} + "' must be a text in quotes", node);
        return value;
    }
    [[nodiscard]] std::string needed_text(std::string_view key, const std::string& example) const {
        const auto value = text(key);
        if (!value || value->empty()) fail("'" + std::string{key} + "' is missing; write " + example);
        return *value;
    }
    [[nodiscard]] std::optional<double> number(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        if (!node->is_number()) fail("'" + std::string{key} + "' must be a number", node);
        return node->value<double>();
    }
    /// A number within limits. @param what "hours, 0 to 48"
    [[nodiscard]] std::optional<double> number_within(std::string_view key, double least, double most,
                                                      const std::string& what) const {
        const auto value = number(key);
        if (value && !(*value >= least && *value <= most)) {
            fail("'" + std::string{key} + "' must be " + what, node(key));
        }
        return value;
    }
    [[nodiscard]] std::optional<std::int32_t> integer(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        const auto value = node->value_exact<std::int64_t>();
        if (!value || *value < 0 || *value > 1000000)
            fail("'" + std::string{key} + "' must be a whole number", node);
        return static_cast<std::int32_t>(*value);
    }
    [[nodiscard]] std::optional<bool> yes_or_no(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        const auto value = node->value_exact<bool>();
        if (!value) fail("'" + std::string{key} + "' must be true or false", node);
        return value;
    }
    [[nodiscard]] std::vector<double> numbers(std::string_view key) const {
        std::vector<double> values;
        const toml::node* node = table_.get(key);
        if (node == nullptr) return values;
        if (!node->is_array()) fail("'" + std::string{key} + "' must be a list of numbers", node);
        for (const toml::node& item : *node->as_array()) {
            if (!item.is_number()) fail("'" + std::string{key} + "' must be a list of numbers", node);
            values.push_back(item.value_or(0.0));
        }
        return values;
    }
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const {
        std::vector<std::string> values;
        const toml::node* node = table_.get(key);
        if (node == nullptr) return values;
        if (!node->is_array()) fail("'" + std::string{key} + "' must be a list of texts", node);
        for (const toml::node& item : *node->as_array()) {
            const auto value = item.value_exact<std::string>();
            if (!value) fail("'" + std::string{key} + "' must be a list of texts", node);
            values.push_back(*value);
        }
        return values;
    }
    [[nodiscard]] std::optional<Section> section(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        if (!node->is_table()) fail("'" + std::string{key} + "' must be a table", node);
        // A table of a list keeps its number: "[[coverage]] 2".
        return Section{*node->as_table(), file_, name_.rfind("[[", 0) == 0 ? name_ : "[" + inside(key) + "]"};
    }
    /// The tables of [[key]] in order; nothing when the key is not there. `key = []` has none.
    [[nodiscard]] std::optional<std::vector<Section>> sections(std::string_view key) const {
        const toml::node* node = table_.get(key);
        if (node == nullptr) return std::nullopt;
        const std::string heading = "[[" + inside(key) + "]]";
        if (!node->is_array()) fail("'" + std::string{key} + "' must be written as " + heading, node);
        std::vector<Section> tables;
        for (const toml::node& item : *node->as_array()) {
            if (!item.is_table()) fail("'" + std::string{key} + "' must be written as " + heading, node);
            tables.emplace_back(*item.as_table(), file_, heading + " " + std::to_string(tables.size() + 1));
        }
        return tables;
    }
    [[nodiscard]] const toml::node* node(std::string_view key) const { return table_.get(key); }
    /// In alphabetical order.
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> all;
        for (const auto& [key, value] : table_) all.emplace_back(key.str());
        return all;
    }

private:
    /// "event.sites" for a key of [event].
    [[nodiscard]] std::string inside(std::string_view key) const {
        return (name_.size() < 2 ? "" : name_.substr(1, name_.size() - 2) + ".") + std::string{key};
    }

    const toml::table& table_;
    std::string file_;
    std::string name_;
};

}  // namespace phusong::io
