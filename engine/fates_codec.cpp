#include "engine/fates_codec.hpp"

#include <limits>
#include <unordered_map>

namespace phusong {

void write_fates(PackedWriter& out, std::span<const SharedFates::Row> rows, const ServingSets& sets) {
    std::unordered_map<ServingSets::SetNumber, std::uint64_t> places;
    std::vector<ServingSets::SetNumber> used;
    for (const SharedFates::Row& row : rows) {
        if (places.try_emplace(row.set, used.size()).second) used.push_back(row.set);
    }
    out.count(used.size());
    for (const ServingSets::SetNumber set : used) {
        out.count(sets[set].size());
        SiteNumber last = 0;
        for (const SiteNumber site : sets[set]) {
            out.natural(static_cast<std::uint64_t>(site - last));
            last = site;
        }
    }
    out.count(rows.size());
    for (const SharedFates::Row& row : rows) {
        out.integer(row.key.zone);
        out.natural(row.key.state.bits());
        out.natural(places.at(row.set));
        out.integer(row.amount.people.units());
        out.integer(row.amount.area.units());
    }
}

FatesRead read_fates(PackedReader& in) {
    FatesRead read;
    std::vector<ServingSets::SetNumber> numbers;
    std::vector<SiteNumber> sites;
    for (std::size_t n = in.count(); n > 0 && in.good(); --n) {
        sites.resize(in.count());
        std::uint64_t last = 0;
        for (SiteNumber& site : sites) {
            const std::uint64_t step = in.natural();
            // Sites ascend strictly; only the first may be number 0.
            if ((step == 0 && &site != sites.data()) ||
                last + step > std::numeric_limits<SiteNumber>::max()) {
                in.fail();
                return read;
            }
            last += step;
            site = static_cast<SiteNumber>(last);
        }
        numbers.push_back(read.sets.intern(sites));
    }
    for (std::size_t n = in.count(); n > 0 && in.good(); --n) {
        SharedFates::Row row;
        row.key.zone = in.small();
        row.key.state = ServiceState::of_bits(in.natural());
        const std::uint64_t set = in.natural();
        row.amount.people = Persons::of_units(in.integer());
        row.amount.area = Area::of_units(in.integer());
        if (set >= numbers.size()) {
            in.fail();
            return read;
        }
        row.set = numbers[static_cast<std::size_t>(set)];
        read.rows.push_back(row);
    }
    return read;
}

}  // namespace phusong
