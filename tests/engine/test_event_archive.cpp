#include "engine/event_archive.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/fates_codec.hpp"

namespace phusong::test {
namespace {

using Sites = std::vector<SiteNumber>;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t site_count = 300;  // more than one byte can number

SiteRecord site(std::size_t number) {
    SiteRecord record;
    record.id = "trạm-" + std::to_string(number);
    record.operator_name = number % 2 == 0 ? "Viettel" : "";
    record.technologies = {"4g", "5g"};
    record.position = {105.5 + static_cast<double>(number), 18.7};
    record.radius_m = 1234.5;
    if (number > 0) record.parents = {"trạm-" + std::to_string(number - 1)};
    if (number % 3 == 0) record.battery_hours = 4;
    if (number % 3 == 1) record.generator = true;
    if (number % 5 == 0) record.design_gust = Gust::of_metres_per_second(45);
    if (number % 7 == 0) {
        record.status = Status::down;
        record.cause = OutageCause::power;
        record.power_lost_hours = -2.5;
    }
    return record;
}

SharedFates fates() {
    const ServiceState served = ServiceState{}.with(0, Service::served);
    const ServiceState lost = served.with(1, Service::unserved).with(0, Service::unknown);
    SharedFates shared;
    shared.add({1, served}, Sites{0, 255, 299}, {Persons::round(12.25), Area::of_units(1)});
    shared.add({0, served}, Sites{3}, {Persons::round(1e6), Area::of_units(std::int64_t{1} << 40)});
    shared.add({0, served}, Sites{}, {Persons::round(3), Area{}});
    shared.add({0, lost}, Sites{3}, {Persons{}, Area::of_units(5)});
    shared.add({outside_every_zone, served}, Sites{0, 1}, {Persons::round(7), Area::of_units(9)});
    shared.add({counted_twice, served}, Sites{3}, {Persons::of_units(-4), Area::of_units(-3)});
    return shared;
}

EventArchive archive(const SharedFates& shared) {
    EventArchive kept;
    kept.study_name = "Nghệ An";
    kept.event.name = "Bualoi";
    kept.event.hours = {0, 6, 72};
    kept.event.customers = {{"Viettel", 0.5}};
    kept.plan.after_layer = {1, std::nullopt};
    kept.plan.questions = {{LossQuestion::Kind::any_mobile, "mobile", {0}}};
    kept.plan.site_layers.assign(site_count, {0});
    kept.plan.site_alive.assign(site_count, Status::up);
    kept.plan.sites.name = "sites.csv";
    for (std::size_t number = 0; number < site_count; ++number) kept.plan.sites.sites.push_back(site(number));
    kept.fates = shared.rows();
    kept.sets = shared.sets();
    kept.codes = {"16744", "00001"};
    kept.names = {"Cửa Lò", ""};
    kept.people = {Persons::round(1e6), Persons::round(12.25)};
    kept.synthetic = true;
    return kept;
}

bool refused(std::span<const std::uint8_t> bytes) {
    try {
        static_cast<void>(decode_archive(bytes));
        return false;
    } catch (const ArchiveFormatError&) {
        return true;
    }
}

Bytes packed(const SharedFates& shared) {
    PackedWriter out;
    write_fates(out, shared.rows(), shared.sets());
    return out.take();
}

}  // namespace

TEST_CASE("An event comes back from its archive as it was kept") {
    const EventArchive kept = archive(fates());
    const EventArchive read = decode_archive(encode_archive(kept));
    CHECK(read.study_name == kept.study_name);
    CHECK(read.event.name == kept.event.name);
    CHECK(read.event.hours == kept.event.hours);
    CHECK(read.event.customers == kept.event.customers);
    CHECK(read.plan.after_layer == kept.plan.after_layer);
    CHECK(read.plan.questions == kept.plan.questions);
    CHECK(read.plan.site_layers == kept.plan.site_layers);
    CHECK(read.plan.sites == kept.plan.sites);
    CHECK(read.codes == kept.codes);
    CHECK(read.names == kept.names);
    CHECK(read.people == kept.people);
    CHECK(read.synthetic);
    SharedFates again;
    for (const SharedFates::Row& row : read.fates) again.add(row.key, read.sets[row.set], row.amount);
    CHECK(again == fates());
}

TEST_CASE("Equal events give equal bytes, whatever numbers their sets have") {
    SharedFates renumbered;
    static_cast<void>(renumbered.intern(Sites{5, 6}));
    const std::vector<SharedFates::Row> rows = fates().rows();
    const SharedFates first = fates();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        renumbered.add(row->key, first.sets()[row->set], row->amount);
    }
    CHECK(encode_archive(archive(renumbered)) == encode_archive(archive(first)));
    const EventArchive read = decode_archive(encode_archive(archive(first)));
    CHECK(encode_archive(read) == encode_archive(archive(first)));
}

TEST_CASE("An archive with any byte changed, cut off or left over is refused") {
    const Bytes whole = encode_archive(archive(fates()));
    REQUIRE_FALSE(refused(whole));
    Bytes damaged = whole;
    std::size_t unnoticed = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int flip : {0x01, 0x80, 0xFF}) {
            damaged[at] = static_cast<std::uint8_t>(whole[at] ^ flip);
            if (!refused(damaged)) ++unnoticed;
        }
        damaged[at] = whole[at];
    }
    CHECK(unnoticed == 0);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        if (!refused(std::span{whole}.first(size))) ++unnoticed;
    }
    CHECK(unnoticed == 0);
    damaged.push_back(0);
    CHECK(refused(damaged));
}

TEST_CASE("An archive of another version says so, whatever its checksum") {
    Bytes bytes = encode_archive(archive(fates()));
    bytes[16] = 1;
    CHECK_THROWS_WITH(decode_archive(bytes), Catch::Contains("format version 1") && Catch::Contains("run"));
}

// Without a checksum before them: nothing may be read or named that is not there.
TEST_CASE("Damaged fates name no commune, set or site that is not there") {
    const Bytes whole = packed(fates());
    Bytes damaged = whole;
    std::size_t bad = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (unsigned value = 0; value < 256; ++value) {
            damaged[at] = static_cast<std::uint8_t>(value);
            PackedReader in{damaged};
            const FatesRead read = read_fates(in, 2, site_count);
            if (!in.good()) continue;
            for (const SharedFates::Row& row : read.rows) {
                if (row.key.zone < counted_twice || row.key.zone >= 2) ++bad;
                if (row.set >= read.sets.size()) ++bad;
            }
            for (ServingSets::SetNumber set = 0; set < read.sets.size(); ++set) {
                SiteNumber last = -1;
                for (const SiteNumber number : read.sets[set]) {
                    if (number <= last || static_cast<std::size_t>(number) >= site_count) ++bad;
                    last = number;
                }
            }
        }
        damaged[at] = whole[at];
    }
    CHECK(bad == 0);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        PackedReader in{std::span{whole}.first(size)};
        static_cast<void>(read_fates(in, 2, site_count));
        if (in.good()) ++bad;
    }
    CHECK(bad == 0);
}

TEST_CASE("Columns of every width come back, and none that cannot be there") {
    for (unsigned bits = 0; bits <= 64; ++bits) {
        const std::uint64_t greatest = bits == 0 ? 0 : ~std::uint64_t{0} >> (64 - bits);
        PackedWriter out;
        out.column(std::vector<std::uint64_t>{0, greatest, greatest / 3});
        out.natural(77);
        const Bytes bytes = out.take();
        PackedReader in{bytes};
        const PackedColumn column = in.column();
        REQUIRE(column.size() == 3);
        CHECK(column[0] == 0);
        CHECK(column[1] == greatest);
        CHECK(column[2] == greatest / 3);
        CHECK(in.natural() == 77);
        CHECK((in.good() && in.at_end()));
        PackedReader cut{std::span{bytes}.first(bytes.size() - 2)};
        CHECK(cut.column().size() == 0);
        CHECK_FALSE(cut.good());
    }
    for (const Bytes& bytes : {Bytes{0, 0}, Bytes{9, 0}, Bytes{1}, Bytes{1, 0xFF, 0xFF, 0xFF, 0x7F}}) {
        PackedReader in{bytes};
        CHECK(in.column().size() == 0);
        CHECK_FALSE(in.good());
    }
}

}  // namespace phusong::test
