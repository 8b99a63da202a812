#include "engine/rollout_archive.hpp"

#include <algorithm>
#include <utility>

namespace phusong {

namespace {

constexpr ArchiveKind rollout_kind{"PHUSONGR", 1, "a rollout"};

template <typename Value, typename Write>
void write_optional(PackedWriter& out, const std::optional<Value>& value, const Write& write) {
    out.count(value ? 1 : 0);
    if (value) write(*value);
}

template <typename Read>
auto read_optional(PackedReader& in, const Read& read) -> std::optional<decltype(read())> {
    if (in.natural() == 0) return std::nullopt;
    return read();
}

void write_ask(PackedWriter& out, const RolloutAsk& ask) {
    const auto write_cost = [&](Cost cost) { out.integer(cost.units()); };
    write_optional(out, ask.sites, [&](std::size_t sites) { out.count(sites); });
    write_optional(out, ask.budget, write_cost);
    write_optional(out, ask.target_millionths, [&](std::int64_t level) { out.integer(level); });
    out.integer(ask.floor_millionths);
    write_optional(out, ask.alternative_cost_per_person, write_cost);
}

RolloutAsk read_ask(PackedReader& in) {
    const auto read_cost = [&] { return Cost::of_units(in.integer()); };
    RolloutAsk ask;
    ask.sites = read_optional(in, [&] { return static_cast<std::size_t>(in.natural()); });
    ask.budget = read_optional(in, read_cost);
    ask.target_millionths = read_optional(in, [&] { return in.integer(); });
    ask.floor_millionths = in.integer();
    ask.alternative_cost_per_person = read_optional(in, read_cost);
    return ask;
}

void write_candidate(PackedWriter& out, const RolloutCandidate& candidate) {
    out.natural(static_cast<std::uint64_t>(candidate.origin));
    out.text(candidate.id);
    out.number(candidate.place.x);
    out.number(candidate.place.y);
    out.number(candidate.radius_m);
    out.integer(candidate.cost.units());
    out.count(candidate.existing ? 1 : 0);
    out.integer(candidate.home);
}

RolloutCandidate read_candidate(PackedReader& in, std::size_t communes) {
    RolloutCandidate candidate;
    const std::uint64_t origin = in.natural();
    if (origin > static_cast<std::uint64_t>(RolloutCandidate::Origin::found)) in.fail();
    candidate.origin = static_cast<RolloutCandidate::Origin>(origin);
    candidate.id = in.text();
    candidate.place.x = in.number();
    candidate.place.y = in.number();
    candidate.radius_m = in.number();
    candidate.cost = Cost::of_units(in.integer());
    candidate.existing = in.natural() != 0;
    candidate.home = in.small();
    if (candidate.cost < Cost{}) in.fail();
    if (candidate.home < outside_every_zone || candidate.home >= static_cast<ZoneNumber>(communes)) in.fail();
    return candidate;
}

void write_commune(PackedWriter& out, const RolloutCommune& commune) {
    out.text(commune.code);
    out.text(commune.name);
    out.text(commune.province);
    for (const Persons people : {commune.people, commune.served, commune.unknown}) {
        out.integer(people.units());
    }
}

RolloutCommune read_commune(PackedReader& in) {
    RolloutCommune commune;
    commune.code = in.text();
    commune.name = in.text();
    commune.province = in.text();
    for (Persons* people : {&commune.people, &commune.served, &commune.unknown}) {
        *people = Persons::of_units(in.integer());
    }
    return commune;
}

/// Rows with the sets that they use, numbered in the order of the rows.
void write_rows(PackedWriter& out, const RolloutGrounds& grounds) {
    std::vector<ServingSets::SetNumber> numbers(grounds.sets.size());
    std::vector<ServingSets::SetNumber> used;
    for (const ServingGroups::Row& row : grounds.rows) {
        if (numbers[row.set] != 0) continue;
        used.push_back(row.set);
        numbers[row.set] = static_cast<ServingSets::SetNumber>(used.size());
    }
    out.count(used.size());
    for (const ServingSets::SetNumber set : used) {
        out.count(grounds.sets[set].size());
        SiteNumber before = 0;
        for (const SiteNumber number : grounds.sets[set]) out.integer(number - std::exchange(before, number));
    }
    out.count(grounds.rows.size());
    for (const ServingGroups::Row& row : grounds.rows) {
        out.integer(row.zone);
        out.natural(numbers[row.set] - 1);
        out.integer(row.people.units());
    }
}

ServingSets read_sets(PackedReader& in, std::size_t candidates) {
    std::vector<std::size_t> begin{0};
    std::vector<SiteNumber> sites;
    const std::size_t sets = in.count();
    for (std::size_t set = 0; set < sets; ++set) {
        const std::size_t size = in.count();
        std::int64_t number = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::int64_t step = in.integer();
            const bool fits = (i == 0 ? step >= 0 : step > 0) && step < static_cast<std::int64_t>(candidates);
            if (fits) number += step;
            if (!fits || number >= static_cast<std::int64_t>(candidates)) {
                in.fail();
                return {};
            }
            sites.push_back(static_cast<SiteNumber>(number));
        }
        begin.push_back(sites.size());
    }
    return {std::move(begin), std::move(sites)};
}

void read_rows(PackedReader& in, RolloutGrounds& grounds) {
    grounds.sets = read_sets(in, grounds.candidates.size());
    const std::size_t rows = in.count();
    for (std::size_t i = 0; i < rows && in.good(); ++i) {
        ServingGroups::Row row;
        row.zone = in.small();
        const std::uint64_t set = in.natural();
        row.people = Persons::of_units(in.integer());
        const bool fits = row.zone >= 0 && row.zone < static_cast<ZoneNumber>(grounds.communes.size()) &&
                          set < grounds.sets.size() && row.people >= Persons{};
        if (!fits) return in.fail();
        row.set = static_cast<ServingSets::SetNumber>(set);
        grounds.rows.push_back(row);
    }
}

}  // namespace

RolloutArchive rollout_archive_of(const Plan& plan, const StudyResult& result, bool synthetic,
                                  const std::function<Point(Point)>& to_lonlat) {
    RolloutArchive archive;
    archive.study_name = plan.study.name;
    archive.currency = plan.study.rollout->currency;
    archive.ask = plan.study.rollout->ask;
    archive.grounds = result.rollout->grounds;
    for (RolloutCandidate& candidate : archive.grounds.candidates)
        candidate.place = to_lonlat(candidate.place);
    archive.synthetic = synthetic;
    return archive;
}

std::vector<std::uint8_t> encode_rollout(const RolloutArchive& archive) {
    PackedWriter out = archive_writer(rollout_kind);
    out.text(archive.study_name);
    out.text(archive.currency);
    write_ask(out, archive.ask);
    out.count(archive.synthetic ? 1 : 0);
    const RolloutGrounds& grounds = archive.grounds;
    out.text(grounds.technology);
    for (const Persons people : {grounds.people, grounds.served, grounds.unknown})
        out.integer(people.units());
    out.count(grounds.communes.size());
    for (const RolloutCommune& commune : grounds.communes) write_commune(out, commune);
    out.count(grounds.candidates.size());
    for (const RolloutCandidate& candidate : grounds.candidates) write_candidate(out, candidate);
    write_rows(out, grounds);
    return sealed(rollout_kind, std::move(out));
}

RolloutArchive decode_rollout(std::span<const std::uint8_t> bytes) {
    PackedReader in = opened(rollout_kind, bytes);
    RolloutArchive archive;
    archive.study_name = in.text();
    archive.currency = in.text();
    archive.ask = read_ask(in);
    archive.synthetic = in.natural() != 0;
    RolloutGrounds& grounds = archive.grounds;
    grounds.technology = in.text();
    for (Persons* people : {&grounds.people, &grounds.served, &grounds.unknown}) {
        *people = Persons::of_units(in.integer());
    }
    grounds.communes.resize(in.count());
    for (RolloutCommune& commune : grounds.communes) commune = read_commune(in);
    grounds.candidates.resize(in.count());
    for (RolloutCandidate& candidate : grounds.candidates) {
        candidate = read_candidate(in, grounds.communes.size());
    }
    read_rows(in, grounds);
    if (!in.good() || !in.at_end()) throw ArchiveFormatError{"damaged"};
    return archive;
}

}  // namespace phusong
