#include "io/text/shard_plan.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/errors.hpp"
#include "engine/fingerprint.hpp"
#include "engine/shard_split.hpp"
#include "io/text/study_file.hpp"
#include "io/text/study_writer.hpp"

namespace phusong::io {

namespace {

using PlanJson = nlohmann::ordered_json;
constexpr const char* plan_format = "phusong plan 1";

/// Nanoseconds as text: they do not survive every JSON reader as numbers.
std::string time_text(std::filesystem::file_time_type time) {
    return std::to_string(time.time_since_epoch().count());
}

std::filesystem::file_time_type time_of(const std::string& text) {
    return std::filesystem::file_time_type{std::filesystem::file_time_type::duration{std::stoll(text)}};
}

PlanJson range_json(NumberRange range) {
    return {range.first, range.end};
}

NumberRange range_of(const PlanJson& json) {
    return {json.at(0).get<std::size_t>(), json.at(1).get<std::size_t>()};
}

/// Shards follow each other from the first tile on, and each has some.
void require_ranges(const std::vector<PlannedShard>& shards) {
    NumberRange before;
    NumberRange tiles_before;
    for (const PlannedShard& shard : shards) {
        if (shard.kept.first != before.end || shard.kept.end <= shard.kept.first ||
            shard.tiles.first != tiles_before.end || shard.tiles.end <= shard.tiles.first) {
            throw InputError{"ranges"};
        }
        before = shard.kept;
        tiles_before = shard.tiles;
    }
    if (shards.empty()) throw InputError{"no shards"};
}

ShardPlan parsed(const std::string& text, const std::string& path) {
    const PlanJson json = PlanJson::parse(text);
    if (json.at("format") != plan_format) throw InputError{"format"};
    std::filesystem::path from = json.at("working_directory").get<std::string>();
    std::error_code error;
    if (from == std::filesystem::current_path(error)) from.clear();
    ShardPlan planned;
    planned.study = parse_study(json.at("study").get<std::string>(), "the study of '" + path + "'", from);
    planned.options.tile_side = json.at("tile_side").get<std::int32_t>();
    planned.made_by = json.at("made_by").get<std::string>();
    planned.name = std::stoull(json.at("name").get<std::string>(), nullptr, 16);
    for (const PlanJson& input : json.at("inputs")) {
        planned.inputs.push_back(
            {input.at("role").get<std::string>(),
             input.at("path").get<std::string>(),
             {input.at("sha256").get<std::string>(), input.at("bytes").get<std::uint64_t>()},
             time_of(input.at("modified").get<std::string>())});
    }
    for (const PlanJson& shard : json.at("shards")) {
        planned.shards.push_back(
            {range_of(shard.at("kept")), range_of(shard.at("tiles")), shard.at("cost").get<double>()});
    }
    require_ranges(planned.shards);
    return planned;
}

[[noreturn]] void refuse_input(const std::string& path) {
    throw InputError{fmt::format(
        "input '{}' is not the file that was planned with; plan again, or bring the file back", path)};
}

void refuse_other_count(const ShardPlan& planned, const std::vector<InputFile>& found) {
    if (planned.inputs.size() != found.size()) {
        throw InputError{"the plan names other inputs than its study; plan again"};
    }
}

}  // namespace

ShardPlan plan_shards(const Plan& plan, const PlanOptions& options, std::vector<InputFile> inputs,
                      std::string made_by, std::size_t shards) {
    ShardPlan planned{plan.study, options, std::move(inputs), std::move(made_by), {}, 0};
    const std::vector<NumberRange> kept = kept_shards(plan);
    const std::vector<double> of_tiles = tile_costs(plan);
    std::vector<double> costs;
    for (const NumberRange& tiles : kept) {
        const auto first = of_tiles.begin() + static_cast<std::ptrdiff_t>(tiles.first);
        costs.push_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(tiles.size()), 0.0));
    }
    const double all = std::accumulate(costs.begin(), costs.end(), 0.0);
    for (const NumberRange& range : split_evenly(costs, shards)) {
        PlannedShard shard{range, {kept[range.first].first, kept[range.end - 1].end}, 0};
        for (std::size_t i = range.first; i < range.end; ++i) shard.cost += costs[i] / all;
        planned.shards.push_back(shard);
    }
    planned.name = name_of(planned, plan);
    return planned;
}

std::uint64_t name_of(const ShardPlan& planned, const Plan& plan) {
    Fingerprint print;
    print.add(plan.fingerprint);
    print.add(kept_pass_name(plan, planned.made_by));
    for (const InputFile& input : planned.inputs) {
        print.add(input.role);
        print.add(input.digest.sha256);
    }
    for (const PlannedShard& shard : planned.shards) {
        print.add(std::uint64_t{shard.kept.first});
        print.add(std::uint64_t{shard.kept.end});
    }
    return print.value();
}

std::string shard_plan_text(const ShardPlan& planned) {
    PlanJson json;
    json["format"] = plan_format;
    json["name"] = fmt::format("{:016x}", planned.name);
    json["working_directory"] = std::filesystem::current_path().string();
    json["study"] = write_study(planned.study, {});
    json["tile_side"] = planned.options.tile_side;
    json["made_by"] = planned.made_by;
    json["inputs"] = PlanJson::array();
    for (const InputFile& input : planned.inputs) {
        json["inputs"].push_back({{"role", input.role},
                                  {"path", input.path},
                                  {"bytes", input.digest.bytes},
                                  {"sha256", input.digest.sha256},
                                  {"modified", time_text(input.modified)}});
    }
    json["shards"] = PlanJson::array();
    for (const PlannedShard& shard : planned.shards) {
        json["shards"].push_back({{"shard", json["shards"].size()},
                                  {"tiles", range_json(shard.tiles)},
                                  {"kept", range_json(shard.kept)},
                                  {"cost", shard.cost}});
    }
    return json.dump(2, ' ', false, PlanJson::error_handler_t::replace) + "\n";
}

ShardPlan read_shard_plan(const std::filesystem::path& path) {
    std::error_code ignored;
    std::ifstream file;
    if (std::filesystem::is_regular_file(path, ignored)) file.open(path, std::ios::binary);
    if (!file.is_open()) {
        throw InputError{
            fmt::format("plan '{}' cannot be read; name the file that phusong plan wrote", path.string())};
    }
    std::ostringstream text;
    text << file.rdbuf();
    try {
        return parsed(text.str(), path.string());
    } catch (const std::exception&) {
        throw InputError{fmt::format(
            "'{}' is no plan of this version of phusong, or is damaged; make it again with phusong plan",
            path.string())};
    }
}

void refuse_other_inputs(const ShardPlan& planned, const std::vector<InputFile>& seen) {
    refuse_other_count(planned, seen);
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const InputFile& wanted = planned.inputs[i];
        const InputFile& found = seen[i];
        if (found.digest.bytes != wanted.digest.bytes) refuse_input(found.path);
        const bool dated = found.modified != std::filesystem::file_time_type{};  // tables are not
        if (dated && found.modified == wanted.modified) continue;
        if (sha256_of_input(found) != wanted.digest.sha256) refuse_input(found.path);
    }
}

void refuse_other_digests(const ShardPlan& planned, const std::vector<InputFile>& digested) {
    refuse_other_count(planned, digested);
    for (std::size_t i = 0; i < digested.size(); ++i) {
        if (digested[i].digest.sha256 != planned.inputs[i].digest.sha256) refuse_input(digested[i].path);
    }
}

void refuse_other_plan(const ShardPlan& planned, const Plan& plan, const std::string& made_by) {
    if (made_by != planned.made_by) {
        throw InputError{
            "the plan was made with other versions of GDAL, PROJ or GEOS than those here, which may count "
            "otherwise; use the same everywhere, or plan again here"};
    }
    if (name_of(planned, plan) != planned.name) {
        throw InputError{
            "the plan does not fit this phusong or was edited; make it again with phusong plan, and use one "
            "version of phusong everywhere"};
    }
    const std::size_t kept = kept_shards(plan).size();
    std::size_t next = 0;
    for (const PlannedShard& shard : planned.shards) {
        if (shard.kept.first != next || shard.kept.end <= next)
            throw InputError{"the plan was edited; plan again"};
        next = shard.kept.end;
    }
    if (next != kept) throw InputError{"the plan was edited; make it again with phusong plan"};
}

}  // namespace phusong::io
