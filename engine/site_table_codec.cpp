#include "engine/site_table_codec.hpp"

#include <array>
#include <utility>

namespace phusong {

namespace {

void write_optional(PackedWriter& out, const std::optional<double>& value) {
    out.count(value ? 1 : 0);
    if (value) out.number(*value);
}

std::optional<double> read_optional(PackedReader& in) {
    if (in.natural() == 0) return std::nullopt;
    return in.number();
}

void write_gust(PackedWriter& out, const std::optional<Gust>& gust) {
    write_optional(out, gust ? std::optional{gust->metres_per_second()} : std::nullopt);
}

std::optional<Gust> read_gust(PackedReader& in) {
    const std::optional<double> speed = read_optional(in);
    if (!speed) return std::nullopt;
    return Gust::of_metres_per_second(*speed);
}

template <typename Word>
Word read_word(PackedReader& in, Word last) {
    const std::uint64_t value = in.natural();
    if (value > static_cast<std::uint64_t>(last)) {
        in.fail();
        return Word{};
    }
    return static_cast<Word>(value);
}

void write_texts(PackedWriter& out, const std::vector<std::string>& texts) {
    out.count(texts.size());
    for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> read_texts(PackedReader& in) {
    std::vector<std::string> texts(in.count());
    for (std::string& text : texts) text = in.text();
    return texts;
}

/// Hours and metres of a site that may be missing, in the order of the bytes.
constexpr std::array optional_numbers{&SiteRecord::battery_hours,       &SiteRecord::plinth_m,
                                      &SiteRecord::since_hours,         &SiteRecord::repair_hours,
                                      &SiteRecord::flood_depth_m,       &SiteRecord::power_lost_hours,
                                      &SiteRecord::power_restored_hours};

/// A site without any text, number or parent takes a byte for each of its fields.
constexpr std::size_t least_site_bytes = 11 + optional_numbers.size() + 2;

void write_site(PackedWriter& out, const SiteRecord& site) {
    out.text(site.id);
    out.text(site.operator_name);
    write_texts(out, site.technologies);
    out.number(site.position.x);
    out.number(site.position.y);
    out.number(site.radius_m);
    write_texts(out, site.parents);
    out.text(site.power_zone);
    for (const auto member : optional_numbers) write_optional(out, site.*member);
    write_gust(out, site.design_gust);
    write_gust(out, site.gust);
    out.count(site.generator ? (*site.generator ? 2 : 1) : 0);
    out.natural(static_cast<std::uint64_t>(site.status));
    out.natural(static_cast<std::uint64_t>(site.cause));
}

SiteRecord read_site(PackedReader& in) {
    SiteRecord site;
    site.id = in.text();
    site.operator_name = in.text();
    site.technologies = read_texts(in);
    site.position.x = in.number();
    site.position.y = in.number();
    site.radius_m = in.number();
    site.parents = read_texts(in);
    site.power_zone = in.text();
    for (const auto member : optional_numbers) site.*member = read_optional(in);
    site.design_gust = read_gust(in);
    site.gust = read_gust(in);
    if (const std::uint64_t generator = in.natural(); generator > 0) site.generator = generator == 2;
    site.status = read_word(in, Status::unknown);
    site.cause = read_word(in, OutageCause::unattributed);
    return site;
}

void write_points(PackedWriter& out, const std::vector<CurvePoint>& points) {
    out.count(points.size());
    for (const CurvePoint& point : points) {
        out.number(point.intensity);
        out.number(point.probability);
    }
}

std::vector<CurvePoint> read_points(PackedReader& in) {
    std::vector<CurvePoint> points(in.count());
    for (CurvePoint& point : points) {
        point.intensity = in.number();
        point.probability = in.number();
    }
    return points;
}

void write_curve(PackedWriter& out, const FragilityCurve& curve) {
    out.count(curve.index());
    if (const auto* lognormal = std::get_if<LognormalCurve>(&curve)) {
        out.number(lognormal->median);
        out.number(lognormal->beta);
    } else if (const auto* table = std::get_if<TabulatedCurve>(&curve)) {
        write_points(out, table->points);
    } else {
        write_points(out, std::get<StepCurve>(curve).steps);
    }
}

FragilityCurve read_curve(PackedReader& in) {
    const std::uint64_t kind = in.natural();
    if (kind == 0) {
        LognormalCurve curve;
        curve.median = in.number();
        curve.beta = in.number();
        return curve;
    }
    if (kind == 1) return TabulatedCurve{read_points(in)};
    if (kind != 2) in.fail();
    return StepCurve{read_points(in)};
}

void write_rules(PackedWriter& out, const HazardRules& rules) {
    out.count(rules.structure ? 1 : 0);
    if (rules.structure) write_curve(out, *rules.structure);
    for (const double value : {rules.lattice_tower.median_to_design_gust, rules.lattice_tower.beta,
                               rules.battery.median_hours, rules.battery.sigma, rules.plinth.height_metres,
                               rules.plinth.deviation_metres, rules.hazard_error}) {
        out.number(value);
    }
    write_gust(out, rules.default_design_gust);
    write_curve(out, rules.grid_power);
    out.count(rules.sources.size());
    for (const auto& [name, source] : rules.sources) {
        out.text(name);
        out.text(source);
    }
}

HazardRules read_rules(PackedReader& in) {
    HazardRules rules;
    if (in.natural() != 0) rules.structure = read_curve(in);
    for (double* const value :
         {&rules.lattice_tower.median_to_design_gust, &rules.lattice_tower.beta, &rules.battery.median_hours,
          &rules.battery.sigma, &rules.plinth.height_metres, &rules.plinth.deviation_metres,
          &rules.hazard_error}) {
        *value = in.number();
    }
    rules.default_design_gust = read_gust(in);
    rules.grid_power = read_curve(in);
    rules.sources.resize(in.count());
    for (auto& [name, source] : rules.sources) {
        name = in.text();
        source = in.text();
    }
    return rules;
}

}  // namespace

void write_site_table(PackedWriter& out, const SiteTable& table) {
    out.text(table.name);
    out.count(table.wind_known ? 1 : 0);
    out.count(table.wind_modelled ? 1 : 0);
    out.count(table.synthetic ? 1 : 0);
    write_rules(out, table.rules);
    out.count(table.sites.size());
    for (const SiteRecord& site : table.sites) write_site(out, site);
}

SiteTable read_site_table(PackedReader& in) {
    SiteTable table;
    table.name = in.text();
    table.wind_known = in.natural() != 0;
    table.wind_modelled = in.natural() != 0;
    table.synthetic = in.natural() != 0;
    table.rules = read_rules(in);
    const std::size_t sites = in.count(least_site_bytes);
    table.sites.reserve(sites);
    for (std::size_t n = sites; n > 0 && in.good(); --n) table.sites.push_back(read_site(in));
    return table;
}

}  // namespace phusong
