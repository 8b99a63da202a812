// usage: make_seeds FOLDER  writes what the fuzzers begin with, a folder each: things that are as they should
// be.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/partial_codec.hpp"
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

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path folder = argv[1];
    write(folder, "partial", "empty", encode(Partial{}));
    write(folder, "partial", "small", encode(small_partial()));
    write(folder, "tile_record", "small", encode(small_record()));
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
