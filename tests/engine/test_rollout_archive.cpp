#include "engine/rollout_archive.hpp"

#include <catch2/catch.hpp>

#include "engine/rollout.hpp"

namespace phusong::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

RolloutArchive archive() {
    RolloutArchive kept;
    kept.study_name = "Nghệ An";
    kept.currency = "tỷ đồng";
    kept.ask.budget = Cost::round(2.5);
    kept.ask.target_millionths = 90'000'000;
    kept.synthetic = true;
    RolloutGrounds& grounds = kept.grounds;
    grounds.technology = "5g";
    grounds.people = Persons::round(20);
    grounds.served = Persons::round(5.5);
    grounds.unknown = Persons::round(0.5);
    grounds.communes = {{"00001", "Cửa Lò", "Nghệ An", Persons::round(12), Persons::round(5.5), {}},
                        {"16744", "", "", Persons::round(8), {}, Persons::round(0.5)}};
    grounds.candidates = {
        {RolloutCandidate::Origin::given, "A,1", {105.1, 18.9}, 1500.5, Cost::round(2), false, 0},
        {RolloutCandidate::Origin::mast, "M", {105.2, 18.8}, 900, Cost{}, true, 1},
        {RolloutCandidate::Origin::found,
         "new-1",
         {-0.5, 0},
         1,
         Cost::round(0.25),
         false,
         outside_every_zone}};
    // The second set is of no row.
    const auto both = grounds.sets.intern(std::vector<SiteNumber>{0, 2});
    static_cast<void>(grounds.sets.intern(std::vector<SiteNumber>{1, 2}));
    const auto nobody = grounds.sets.intern({});
    const auto one = grounds.sets.intern(std::vector<SiteNumber>{1});
    grounds.rows = {
        {0, nobody, Persons::round(2.5)}, {0, both, Persons::round(4)}, {1, one, Persons::round(7.5)}};
    return kept;
}

bool refused(std::span<const std::uint8_t> bytes) {
    try {
        static_cast<void>(decode_rollout(bytes));
        return false;
    } catch (const ArchiveFormatError&) {
        return true;
    }
}

}  // namespace

TEST_CASE("A rollout comes back from its archive as it was kept") {
    const RolloutArchive kept = archive();
    const RolloutArchive read = decode_rollout(encode_rollout(kept));
    CHECK(read.study_name == kept.study_name);
    CHECK(read.currency == kept.currency);
    CHECK(read.ask == kept.ask);
    CHECK(read.synthetic);
    CHECK(read.grounds.technology == "5g");
    CHECK(read.grounds.people == kept.grounds.people);
    CHECK(read.grounds.served == kept.grounds.served);
    CHECK(read.grounds.unknown == kept.grounds.unknown);
    CHECK(read.grounds.communes == kept.grounds.communes);
    CHECK(read.grounds.candidates == kept.grounds.candidates);
    REQUIRE(read.grounds.rows.size() == kept.grounds.rows.size());
    for (std::size_t i = 0; i < read.grounds.rows.size(); ++i) {
        const ServingGroups::Row& a = read.grounds.rows[i];
        const ServingGroups::Row& b = kept.grounds.rows[i];
        CHECK(a.zone == b.zone);
        CHECK(a.people == b.people);
        const auto here = read.grounds.sets[a.set];
        const auto there = kept.grounds.sets[b.set];
        CHECK(std::vector<SiteNumber>(here.begin(), here.end()) ==
              std::vector<SiteNumber>(there.begin(), there.end()));
    }
    CHECK(encode_rollout(read) == encode_rollout(kept));
    CHECK(plan_rollout(read.ask, read.grounds).by_budget->steps ==
          plan_rollout(kept.ask, kept.grounds).by_budget->steps);
}

TEST_CASE("A rollout that was cut off or changed anywhere is refused") {
    const Bytes whole = encode_rollout(archive());
    for (std::size_t size = 0; size < whole.size(); ++size) CHECK(refused(std::span{whole}.first(size)));
    Bytes damaged = whole;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        damaged[at] ^= 0x10U;
        CHECK(refused(damaged));
        damaged[at] = whole[at];
    }
    CHECK_FALSE(refused(whole));
}

TEST_CASE("What no rollout can hold is refused though its checksum is right") {
    RolloutArchive wrong = archive();
    SECTION("a home beyond the communes") {
        wrong.grounds.candidates[0].home = 2;
    }
    SECTION("fewer than no people") {
        wrong.grounds.rows[0].people = Persons::round(-1);
    }
    SECTION("a negative cost") {
        wrong.grounds.candidates[0].cost = Cost::round(-1);
    }
    SECTION("people of a commune that is not there") {
        wrong.grounds.rows[2].zone = 2;
    }
    SECTION("a set of a candidate that is not there") {
        wrong.grounds.candidates.pop_back();
    }
    CHECK(refused(encode_rollout(wrong)));
}

}  // namespace phusong::test
