#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_files.hpp"
#include "io/text/study_writer.hpp"

namespace phusong::test {
namespace {

const std::string study_text = R"(
[communes]
path = "c.gpkg"
[population]
path = "p.tif"
values = "people_per_cell"
[[coverage]]
technology = "5g"
path = "5g.tif"
)";

Study with(const std::string& lines) {
    return io::parse_study(study_text + lines, "s.toml", "/data");
}

std::string message(const std::string& lines) {
    try {
        static_cast<void>(with(lines));
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("A rollout that names its technology alone has sensible defaults") {
    const RolloutInput input = with("[rollout]\ntechnology = \"5g\"\n").rollout.value();
    CHECK(input == [] {
        RolloutInput expected;
        expected.technology = "5g";
        return expected;
    }());
}

TEST_CASE("Every key of a rollout is read, and written so that it reads back") {
    const Study study = with(R"([rollout]
technology = "5g"
radius_m = 1500
site_cost = 4.25
mast_cost = 0
masts = false
most_found = 7
currency = "tỷ đồng"
sites = 12
budget = 30.5
percent = 99.97
floor_percent = 50
satellite_cost_per_person = 0.02
)");
    const RolloutInput& input = study.rollout.value();
    CHECK(input.radius_m == 1500);
    CHECK(input.site_cost == Cost::round(4.25));
    CHECK(input.mast_cost == Cost{});
    CHECK_FALSE(input.masts);
    CHECK(input.most_found == 7);
    CHECK(input.currency == "tỷ đồng");
    CHECK(input.ask.sites == 12U);
    CHECK(input.ask.budget == Cost::round(30.5));
    CHECK(input.ask.target_millionths == 99'970'000);
    CHECK(input.ask.floor_millionths == 50'000'000);
    CHECK(input.ask.alternative_cost_per_person == Cost::round(0.02));
    CHECK(io::parse_study(io::write_study(study, "/data"), "s.toml", "/data") == study);
}

TEST_CASE("Candidates have a file and columns, relative to the study") {
    const Study study = with(R"([rollout]
technology = "5g"
[rollout.candidates]
path = "k.gpkg[tram]"
id = "ma"
cost = "gia"
radius = "r"
existing = "co"
)");
    const CandidatesInput& candidates = study.rollout->candidates.value();
    CHECK(candidates.file.path == "/data/k.gpkg");
    CHECK(candidates.file.layer == "tram");
    CHECK(candidates.cost_field == "gia");
    CHECK(io::files_of(study).back() == io::StudyFile{"candidates of the rollout", "/data/k.gpkg"});
    CHECK(io::parse_study(io::write_study(study, "/data"), "s.toml", "/data") == study);
}

TEST_CASE("A rollout without a level goes for what the study promises everybody") {
    const std::string rollout = "[rollout]\ntechnology = \"5g\"\n";
    const std::string target = "[[target]]\ntechnology = \"5g\"\npercent = 90\n";
    CHECK(with(rollout + target).rollout->ask.target_millionths == 90'000'000);
    CHECK(with(rollout + "percent = 50\n" + target).rollout->ask.target_millionths == 50'000'000);
    CHECK_FALSE(with(rollout + target + "scope = \"commune\"\n").rollout->ask.target_millionths);
    CHECK_FALSE(with(rollout + target + "rule = \"best_operator\"\n").rollout->ask.target_millionths);
}

TEST_CASE("A slip in a rollout is refused with its line and key") {
    const std::string rollout = "[rollout]\ntechnology = \"5g\"\n";
    CHECK(message("[rollout]\n").find("'technology' is missing") != std::string::npos);
    CHECK(message("[rollout]\ntechnology = \"4g\"\n").find("there are 5g") != std::string::npos);
    CHECK(message(rollout + "radius_m = 0\n").find("line 12, [rollout]: 'radius_m'") != std::string::npos);
    CHECK(message(rollout + "site_cost = -1\n").find("'site_cost'") != std::string::npos);
    CHECK(message(rollout + "budget = 1e15\n").find("'budget'") != std::string::npos);
    CHECK(message(rollout + "percent = 101\n").find("'percent'") != std::string::npos);
    CHECK(message(rollout + "floor_percent = 50\n").find("percent = 90 as well") != std::string::npos);
    CHECK(message(rollout + "sites = 1.5\n").find("'sites'") != std::string::npos);
    CHECK(message(rollout + "mast_cost = 1\n[rollout.candidates]\npath = \"k.csv\"\n").find("'mast_cost'") !=
          std::string::npos);
    CHECK(message(rollout + "[rollout.candidates]\nid = \"x\"\n").find("'path' is missing") !=
          std::string::npos);
}

}  // namespace phusong::test
