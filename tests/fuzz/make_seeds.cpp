// usage: make_seeds FOLDER  writes what the fuzzers begin with, a folder each: things that are as they should
// be.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/event_archive.hpp"
#include "engine/kept_shard.hpp"
#include "engine/partial_codec.hpp"
#include "engine/rollout_archive.hpp"
#include "engine/shard_part.hpp"
#include "engine/site_table_codec.hpp"
#include "engine/tile_record.hpp"

namespace {

using namespace phusong;
using Bytes = std::vector<std::uint8_t>;

void write(const std::filesystem::path& folder, const std::string& target, const std::string& name,
           const Bytes& bytes) {
    std::filesystem::create_directories(folder / target);
    std::ofstream file{folder / target / name, std::ios::binary};
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

void write(const std::filesystem::path& folder, const std::string& target, const std::string& name,
           const std::string& text) {
    write(folder, target, name, Bytes(text.begin(), text.end()));
}

Partial small_partial() {
    Partial partial;
    partial.fingerprint = 7;
    static_cast<void>(partial.tiles.add(0, 2));
    partial.ledger.add({0, ServiceState{}.with(0, Service::served)}, {Persons::round(5), Area::round(8000)});
    partial.ledger.add({outside_every_zone, {}}, {Persons::round(1), Area::round(100)});
    partial.ledger.add_served({0, 0}, Persons::round(2.5));
    partial.raster_total = Persons::round(6);
    partial.layers.resize(1);
    partial.spread.add({0, 0}, Persons::round(3));
    partial.patches.emplace_back(Tiling{{0, 0, 4, 8}, 4, 4}, true);
    return partial;
}

TileRecord small_record() {
    TileRecord record;
    record.study_window = {0, 0, 2, 4};
    record.refine = 2;
    record.states = {{0, 0, 4, ServiceState{}}, {1, 0, 4, ServiceState{}.with(0, Service::served)}};
    record.owners = {{0, 0, 4, 0}, {1, 0, 2, 1}};
    record.population = {Persons::round(4), Persons::round(9)};
    record.cut = {{{1, 2}, Persons::round(0.5)}};
    return record;
}

EventArchive small_event() {
    EventArchive archive;
    archive.study_name = "s";
    archive.event.name = "storm";
    archive.event.hours = {0, 6};
    archive.event.customers = {{"A", 0.5}};
    archive.plan.after_layer = {1, std::nullopt};
    archive.plan.questions = {{LossQuestion::Kind::any_mobile, "mobile", {0}}};
    archive.plan.site_layers = {{0}, {0}};
    archive.plan.site_alive = {Status::up, Status::down};
    archive.plan.sites.sites.resize(2);
    archive.plan.sites.sites[0].id = "a";
    archive.plan.sites.sites[1].id = "b";
    archive.plan.sites.sites[1].parents = {"a"};
    SharedFates fates;
    fates.add({0, {}}, std::vector<SiteNumber>{0, 1}, {Persons::round(12), Area::of_units(1)});
    fates.add({outside_every_zone, {}}, std::vector<SiteNumber>{}, {Persons::round(3), {}});
    archive.fates = fates.rows();
    archive.sets = fates.sets();
    archive.codes = {"1"};
    archive.names = {"n"};
    archive.people = {Persons::round(12)};
    return archive;
}

RolloutArchive small_rollout() {
    RolloutArchive archive;
    archive.ask.budget = Cost::round(2);
    RolloutGrounds& grounds = archive.grounds;
    grounds.technology = "5g";
    grounds.people = Persons::round(20);
    grounds.served = Persons::round(5);
    grounds.communes = {{"1", "n", "p", Persons::round(20), Persons::round(5), {}}};
    grounds.candidates = {{RolloutCandidate::Origin::given, "a", {105, 18}, 900, Cost::round(2), false, 0},
                          {RolloutCandidate::Origin::mast, "m", {105, 18}, 900, Cost{}, true, 0}};
    const auto both = grounds.sets.intern(std::vector<SiteNumber>{0, 1});
    grounds.rows = {{0, both, Persons::round(15)}};
    return archive;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path folder = argv[1];
    write(folder, "partial", "empty", encode(Partial{}));
    write(folder, "partial", "small", encode(small_partial()));
    write(folder, "tile_record", "small", encode(small_record()));
    const Bytes record = encode(small_record());
    const Bytes event = encode_archive(small_event());
    const Bytes rollout = encode_rollout(small_rollout());
    const Bytes shard = encode(KeptShard{7, 0, {{0, 0, 1, 2}}, {5}, small_partial(), {record}});
    // A seed that is refused would leave the fuzzer before the door, and nobody would know.
    static_cast<void>(decode_archive(event));
    static_cast<void>(decode_rollout(rollout).grounds.instance());
    static_cast<void>(KeptShardView{shard}.partial());
    write(folder, "archive", "event", event);
    write(folder, "archive", "rollout", rollout);
    write(folder, "archive", "shard", shard);
    write(folder, "archive", "part", encode(ShardPart{7, 0, {0, 1}, {shard}}));
    PackedWriter sites;
    write_site_table(sites, {});
    write(folder, "site_table", "empty", sites.take());
    write(folder, "cell_shares", "triangle", Bytes{0, 0, 40, 3, 90, 0, 200, 7});
    write(folder, "cell_shares", "ring", Bytes(101, 77));
    for (std::uint8_t kind = 0; kind < 4; ++kind) {
        Bytes rule(41, kind);
        write(folder, "service_rule", std::to_string(kind), rule);
    }
    write(folder, "storm_track", "two_fixes",
          std::string{"SID,NAME,ISO_TIME,LAT,LON,USA_LAT,USA_LON,USA_WIND,USA_PRES,USA_POCI,USA_RMW\n"
                      "1,BUALOI,2025-09-28 06:00:00,17.5,107.5,17.5,107.5,75,970,1004,20\n"
                      "1,BUALOI,2025-09-28 12:00:00,18.5,106.0,18.5,106.0,70,975,1004,20\n"});
    write(folder, "study_file", "small",
          std::string{
              "[study]\nname = \"s\"\n[communes]\npath = \"c.gpkg\"\ncode = \"code\"\n[population]\n"
              "path = \"p.tif\"\nvalues = \"people_per_cell\"\n[[coverage]]\ntechnology = \"4g\"\n"
              "path = \"4g.tif\"\nrule = \"signal\"\nthreshold_dbm = -105\n[[dead_zones]]\n"
              "name = \"a\"\ntechnologies = [\"4g\"]\n[[target]]\ntechnology = \"4g\"\npercent = 90\n"});
    return 0;
}
