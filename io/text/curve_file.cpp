#include "io/text/curve_file.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "engine/errors.hpp"
#include "io/path_policy.hpp"
#include "io/text/shipped_curves.hpp"
#include "io/text/text_encoding.hpp"

// Not study_section: the words of a curve are its own.
#include <toml++/toml.h>

namespace phusong::io {

namespace {

class CurveReader {
public:
    CurveReader(std::string_view text, std::string name) : name_{std::move(name)} {
        if (const std::string wide = wide_encoding(text); !wide.empty()) {
            throw InputError{"curve '" + name_ + "' is " + wide + " text; convert it to UTF-8"};
        }
        try {
            table_ = toml::parse(text, name_);
        } catch (const toml::parse_error& error) {
            throw InputError{"curve '" + name_ + "', line " + std::to_string(error.source().begin.line) +
                             ": " + std::string{error.description()}};
        }
    }

    [[nodiscard]] Curve read() const {
        Curve curve;
        const std::string kind = text("kind", true);
        curve.name = text("name", false);
        if (curve.name.empty()) curve.name = std::filesystem::path{name_}.stem().string();
        curve.quantity = text("quantity", true);
        curve.unit = text("unit", true);
        curve.source = text("source", true);
        curve.note = text("note", false);
        if (table_.contains("hazard_error")) curve.hazard_error = number("hazard_error", 0);
        const bool battery = kind == "battery";
        if (curve.unit != (battery ? "h" : "m/s")) {
            fail("unit is \"m/s\" of winds and \"h\" of batteries, not \"" + curve.unit + "\"", "unit");
        }
        if (battery) {
            allow({"median_hours", "sigma"});
            curve.shape = BatteryLife{above_zero("median_hours"), number("sigma", 0)};
        } else if (kind == "lattice_tower") {
            allow({"median_to_design_gust", "beta"});
            curve.shape = LatticeTowerRule{above_zero("median_to_design_gust"), number("beta", 0)};
        } else if (kind == "lognormal") {
            allow({"median", "beta"});
            curve.shape = FragilityCurve{LognormalCurve{above_zero("median"), number("beta", 0)}};
        } else if (kind == "tabulated") {
            allow({"points"});
            curve.shape = FragilityCurve{TabulatedCurve{points("points")}};
        } else if (kind == "steps") {
            allow({"steps"});
            curve.shape = FragilityCurve{StepCurve{points("steps")}};
        } else {
            fail("kind \"" + kind +
                     "\" is not known; write lattice_tower, lognormal, tabulated, steps or battery",
                 "kind");
        }
        return curve;
    }

private:
    [[noreturn]] void fail(const std::string& what, std::string_view key = "") const {
        const toml::node* node = table_.get(key);
        const std::string line = node == nullptr ? "" : ", line " + std::to_string(node->source().begin.line);
        throw InputError{"curve '" + name_ + "'" + line + ": " + what};
    }
    [[nodiscard]] std::string text(std::string_view key, bool needed) const {
        const auto value = table_[key].value_exact<std::string>();
        if (!value && table_.contains(key)) fail("'" + std::string{key} + "' must be a text in quotes", key);
        if (needed && (!value || value->empty())) fail("'" + std::string{key} + "' is missing");
        return value.value_or("");
    }
    [[nodiscard]] double number(std::string_view key, double least) const {
        const auto value = table_[key].value<double>();
        if (!value || !std::isfinite(*value) || *value < least) {
            fail("'" + std::string{key} + "' must be a number of zero or more", key);
        }
        return *value;
    }
    [[nodiscard]] double above_zero(std::string_view key) const {
        const double value = number(key, 0);
        if (value == 0) fail("'" + std::string{key} + "' must be more than 0", key);
        return value;
    }
    /// [[intensity, probability], ...], intensities ascending, probabilities 0..1 and never falling.
    [[nodiscard]] std::vector<CurvePoint> points(std::string_view key) const {
        std::vector<CurvePoint> all;
        const toml::array* rows = table_[key].as_array();
        const std::string wanted = "'" + std::string{key} +
                                   "' is a list of [intensity, probability], intensities ascending, "
                                   "probabilities 0 to 1 and not falling";
        if (rows == nullptr || rows->empty()) fail(wanted, key);
        for (const toml::node& row : *rows) {
            const toml::array* pair = row.as_array();
            if (pair == nullptr || pair->size() != 2) fail(wanted, key);
            const auto intensity = (*pair)[0].value<double>();
            const auto probability = (*pair)[1].value<double>();
            const bool good = intensity && probability && std::isfinite(*intensity) && *probability >= 0 &&
                              *probability <= 1 &&
                              (all.empty() ||
                               (all.back().intensity < *intensity && all.back().probability <= *probability));
            if (!good) fail(wanted, key);
            all.push_back({*intensity, *probability});
        }
        return all;
    }
    void allow(std::initializer_list<std::string_view> keys) const {
        constexpr std::string_view common[] = {"name",   "kind", "quantity",    "unit",
                                               "source", "note", "hazard_error"};
        for (const auto& [key, value] : table_) {
            if (std::find(std::begin(common), std::end(common), key.str()) != std::end(common)) continue;
            if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
            fail("unknown key '" + std::string{key.str()} + "' for this kind of curve", key.str());
        }
    }

    std::string name_;
    toml::table table_;
};

}  // namespace

bool is_shipped_curve(std::string_view name) {
    const auto all = shipped_curves();
    return std::any_of(all.begin(), all.end(), [&](const ShippedCurve& curve) { return curve.name == name; });
}

Curve read_curve(const std::string& name_or_path) {
    std::string names;
    for (const ShippedCurve& curve : shipped_curves()) {
        if (curve.name == name_or_path) return parse_curve(curve.text, name_or_path);
        names += (names.empty() ? "" : ", ") + std::string{curve.name};
    }
    std::string path;
    try {
        path = checked_input_path(name_or_path);
    } catch (const InputError& error) {
        throw InputError{"curve " + std::string{error.what()} + "; phusong's own curves are " + names};
    }
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw StorageError{"curve '" + name_or_path + "' cannot be read"};
    return parse_curve(text.str(), name_or_path);
}

Curve parse_curve(std::string_view text, const std::string& name) {
    return CurveReader{text, name}.read();
}

}  // namespace phusong::io
