#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "engine/errors.hpp"
#include "engine/run.hpp"
#include "engine/shard_part.hpp"
#include "io/files/part_files.hpp"
#include "io/files/replace_file.hpp"
#include "io/gdal/startup.hpp"
#include "io/open_sources.hpp"
#include "io/study_run.hpp"
#include "io/text/shard_plan.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/kept_pass.hpp"
#include "tools/phusong/progress.hpp"
#include "tools/phusong/stop_signals.hpp"
#include "tools/phusong/study_arguments.hpp"

namespace phusong::cli {

namespace {

namespace fs = std::filesystem;

/// @throws InputError when there is no such shard
std::size_t shard_number(std::string_view text, std::size_t count) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number >= count) {
        throw InputError{fmt::format(
            "--shard {}: the plan has shards 0 to {}; write one, or several as 0-3,7", text, count - 1)};
    }
    return number;
}

/// "0-3,7": in this order.
std::vector<std::size_t> shard_numbers(std::string_view text, std::size_t count) {
    std::vector<std::size_t> numbers;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        const std::size_t dash = one.find('-');
        const std::size_t first = shard_number(one.substr(0, dash), count);
        const std::size_t last =
            dash == std::string_view::npos ? first : shard_number(one.substr(dash + 1), count);
        if (last < first) {
            throw InputError{fmt::format("--shard {}: from {} down to {} there are none; write {}-{}", one,
                                         first, last, last, first)};
        }
        for (std::size_t number = first; number <= last; ++number) numbers.push_back(number);
        if (comma == std::string_view::npos) return numbers;
        text = text.substr(comma + 1);
    }
}

/// A name that ends in .part is the file of one shard; any other is a folder with a file for each.
fs::path part_path(const RunShardArguments& arguments, std::size_t shard, bool one) {
    if (one && fs::path{arguments.out}.extension() == ".part") return arguments.out;
    std::error_code error;
    fs::create_directories(arguments.out, error);
    if (error) {
        throw StorageError{fmt::format("folder '{}' cannot be made: {}", arguments.out, error.message())};
    }
    return fs::path{arguments.out} / fmt::format("{:06}.part", shard);
}

/// A study that was planned, opened again.
struct OpenedPlan {
    std::vector<io::InputFile> inputs;
    Sources sources;
    Plan plan;
};

/// Shards that are to be counted, and the files for them.
using WantedShards = std::map<std::size_t, fs::path>;

/// Puts the pieces of each shard into its file as soon as all of them are there, whoever counted them.
class PartWriter : public PassStore {
public:
    PartWriter(const io::ShardPlan& planned, const std::vector<io::InputFile>& inputs,
               const WantedShards& wanted)
        : planned_{&planned}, inputs_{&inputs} {
        for (const auto& [shard, path] : wanted) {
            const NumberRange kept = planned.shards[shard].kept;
            for (std::size_t piece = kept.first; piece < kept.end; ++piece) shard_of_[piece] = shard;
            parts_[shard].path = path;
        }
    }

    [[nodiscard]] std::string made_by() const override { return planned_->made_by; }
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> get(std::size_t /*piece*/) const override {
        return std::nullopt;
    }
    void put(std::size_t piece, std::span<const std::uint8_t> bytes) override {
        const std::size_t shard = shard_of_.at(piece);
        Part& part = parts_.at(shard);
        {
            const std::scoped_lock lock{mutex_};
            part.pieces[piece].assign(bytes.begin(), bytes.end());
            if (part.pieces.size() < planned_->shards[shard].kept.size()) return;
        }
        write(shard, part);
    }

private:
    struct Part {
        fs::path path;
        std::map<std::size_t, std::vector<std::uint8_t>> pieces;
    };

    void write(std::size_t shard, Part& part) const {
        ShardPart whole{planned_->name, shard, planned_->shards[shard].kept, {}};
        for (const auto& [piece, bytes] : part.pieces) whole.shards.emplace_back(bytes);
        const std::vector<std::uint8_t> bytes = encode(whole);
        part.pieces.clear();
        io::refuse_changed_inputs(*inputs_);
        io::replace_file(part.path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    }

    const io::ShardPlan* planned_;
    const std::vector<io::InputFile>* inputs_;
    std::map<std::size_t, std::size_t> shard_of_;
    std::map<std::size_t, Part> parts_;
    std::mutex mutex_;
};

/// Shards that follow each other, counted in one go: each raster is opened once, and no block decoded twice
/// that lies in two of them.
std::vector<NumberRange> runs_of(const WantedShards& wanted) {
    std::vector<NumberRange> runs;
    for (const auto& [shard, path] : wanted) {
        if (runs.empty() || runs.back().end != shard) runs.push_back({shard, shard});
        runs.back().end = shard + 1;
    }
    return runs;
}

OpenedPlan open_plan(const RunArguments& run, const io::ShardPlan& planned) {
    std::vector<io::InputFile> inputs = io::seen_inputs(planned.study);
    io::refuse_other_inputs(planned, inputs);
    Sources sources = io::open_sources(planned.study, open_options_of(run, planned.study, threads_of(run)));
    Plan plan = make_plan(planned.study, sources, planned.options);
    io::refuse_other_plan(planned, plan, pass_made_by());
    return {std::move(inputs), std::move(sources), std::move(plan)};
}

}  // namespace

int run_shard_command(const RunShardArguments& arguments) {
    io::start_gdal();
    const io::ShardPlan planned = io::read_shard_plan(arguments.plan);
    refuse_remote(planned.study, arguments.run.allow_remote);
    const std::vector<std::size_t> numbers = shard_numbers(arguments.shards, planned.shards.size());
    WantedShards wanted;
    for (const std::size_t shard : numbers) {
        fs::path path = part_path(arguments, shard, numbers.size() == 1);
        if (!io::part_is_there(planned, shard, path)) wanted.emplace(shard, std::move(path));
    }
    if (!arguments.run.quiet && wanted.size() < numbers.size()) {
        std::cerr << printable(fmt::format("{} of {} shards were there already",
                                           numbers.size() - wanted.size(), numbers.size()))
                  << '\n';
    }
    if (wanted.empty()) return done;

    const OpenedPlan opened = open_plan(arguments.run, planned);
    Progress progress{"counting people", arguments.run.quiet};
    std::size_t tiles = 0;
    for (const auto& [shard, path] : wanted) tiles += planned.shards[shard].tiles.size();
    std::size_t tiles_before = 0;
    PartWriter parts{planned, opened.inputs, wanted};
    for (const NumberRange shards : runs_of(wanted)) {
        const io::PlannedShard& first = planned.shards[shards.first];
        const io::PlannedShard& last = planned.shards[shards.end - 1];
        RunOptions options;
        options.threads = threads_of(arguments.run);
        options.cancel = &stop_requested();
        options.store = &parts;
        options.inputs_are_known = true;
        options.progress = [&](std::size_t done_tiles, std::size_t) {
            progress.update(tiles_before + done_tiles, tiles);
        };
        keep_shards(opened.plan, opened.sources, {first.kept.first, last.kept.end}, options);
        tiles_before += last.tiles.end - first.tiles.first;
    }
    return done;
}

}  // namespace phusong::cli
