#include "engine/fates_codec.hpp"

#include <unordered_map>
#include <utility>

namespace phusong {

namespace {

/// Zones are numbered from `counted_twice` on.
constexpr std::uint64_t natural_of(ZoneNumber zone) {
    return static_cast<std::uint64_t>(zone - counted_twice);
}

/// Signed amounts as naturals, small ones small.
constexpr std::uint64_t zigzag(std::int64_t units) {
    return (static_cast<std::uint64_t>(units) << 1) ^ (units < 0 ? ~std::uint64_t{0} : 0);
}
constexpr std::int64_t unzigzag(std::uint64_t natural) {
    return static_cast<std::int64_t>((natural >> 1) ^ (~(natural & 1U) + 1));
}

void write_sets(PackedWriter& out, std::span<const ServingSets::SetNumber> used, const ServingSets& sets) {
    std::vector<std::uint64_t> sizes;
    std::vector<std::uint64_t> sites;
    for (const ServingSets::SetNumber set : used) {
        sizes.push_back(sets[set].size());
        for (const SiteNumber site : sets[set]) sites.push_back(static_cast<std::uint64_t>(site));
    }
    out.column(sizes);
    out.column(sites);
}

ServingSets read_sets(PackedReader& in, std::size_t site_count) {
    const PackedColumn sizes = in.column();
    const PackedColumn numbers = in.column();
    std::vector<std::size_t> begin(sizes.size() + 1);
    std::vector<SiteNumber> sites(numbers.size());
    std::size_t at = 0;
    for (std::size_t set = 0; set < sizes.size(); ++set) {
        if (sizes[set] > numbers.size() - at) {
            in.fail();
            return {};
        }
        std::uint64_t least = 0;  // of the next site: they ascend strictly
        for (const std::size_t end = at + sizes[set]; at < end; ++at) {
            const std::uint64_t site = numbers[at];
            if (site < least || site >= site_count) {
                in.fail();
                return {};
            }
            least = site + 1;
            sites[at] = static_cast<SiteNumber>(site);
        }
        begin[set + 1] = at;
    }
    if (at != numbers.size()) {
        in.fail();
        return {};
    }
    return {std::move(begin), std::move(sites)};
}

/// Rows that follow each other and have the same key.
struct KeyColumns {
    std::vector<std::uint64_t> zones;
    std::vector<std::uint64_t> states;
    std::vector<std::uint64_t> row_counts;
};

KeyColumns keys_of(std::span<const SharedFates::Row> rows) {
    KeyColumns keys;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const LedgerKey& key = rows[at].key;
        if (at == 0 || key != rows[at - 1].key) {
            keys.zones.push_back(natural_of(key.zone));
            keys.states.push_back(key.state.bits());
            keys.row_counts.push_back(0);
        }
        ++keys.row_counts.back();
    }
    return keys;
}

}  // namespace

void write_fates(PackedWriter& out, std::span<const SharedFates::Row> rows, const ServingSets& sets) {
    std::unordered_map<ServingSets::SetNumber, std::uint64_t> places;
    std::vector<ServingSets::SetNumber> used;
    for (const SharedFates::Row& row : rows) {
        if (places.try_emplace(row.set, used.size()).second) used.push_back(row.set);
    }
    write_sets(out, used, sets);
    const auto column_of = [&](auto value) {
        std::vector<std::uint64_t> values;
        values.reserve(rows.size());
        for (const SharedFates::Row& row : rows) values.push_back(value(row));
        out.column(values);
    };
    column_of([&](const SharedFates::Row& row) { return places.at(row.set); });
    column_of([](const SharedFates::Row& row) { return zigzag(row.amount.people.units()); });
    column_of([](const SharedFates::Row& row) { return zigzag(row.amount.area.units()); });
    const KeyColumns keys = keys_of(rows);
    out.column(keys.zones);
    out.column(keys.states);
    out.column(keys.row_counts);
}

FatesRead read_fates(PackedReader& in, std::size_t zone_count, std::size_t site_count) {
    FatesRead read;
    read.sets = read_sets(in, site_count);
    const PackedColumn sets = in.column();
    const PackedColumn people = in.column();
    const PackedColumn areas = in.column();
    const PackedColumn zones = in.column();
    const PackedColumn states = in.column();
    const PackedColumn row_counts = in.column();
    if (people.size() != sets.size() || areas.size() != sets.size() || states.size() != zones.size() ||
        row_counts.size() != zones.size()) {
        in.fail();
        return read;
    }
    read.rows.reserve(sets.size());
    std::size_t at = 0;
    for (std::size_t run = 0; run < zones.size() && in.good(); ++run) {
        if (row_counts[run] > sets.size() - at || zones[run] >= natural_of(0) + zone_count) {
            in.fail();
            break;
        }
        const LedgerKey key{static_cast<ZoneNumber>(zones[run]) + counted_twice,
                            ServiceState::of_bits(states[run])};
        for (const std::size_t end = at + row_counts[run]; at < end; ++at) {
            if (sets[at] >= read.sets.size()) in.fail();
            read.rows.push_back(
                {key,
                 static_cast<ServingSets::SetNumber>(sets[at]),
                 {Persons::of_units(unzigzag(people[at])), Area::of_units(unzigzag(areas[at]))}});
        }
    }
    if (at != sets.size()) in.fail();
    return read;
}

}  // namespace phusong
