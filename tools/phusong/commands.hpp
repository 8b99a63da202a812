#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/study.hpp"

namespace phusong::cli {

struct RunArguments {
    std::optional<std::string> study_file;
    Study study;  ///< from flags, when there is no study file
    std::string out;
    std::size_t threads = 0;  ///< 0: one a processor
    std::size_t memory_mib = 1024;
    bool overwrite = false;
    bool quiet = false;
    bool json = false;
    std::string progress = "auto";              ///< or "json": a line an object
    std::optional<std::string> service_raster;  ///< overrides the study's
    bool distance = false;                      ///< distance.tif also where the study asks for none
    std::optional<std::string> csv_dialect;     ///< overrides the study's
    bool web_tiles = false;                     ///< phusong.pmtiles also where the study asks for none
    std::string to_postgis;                     ///< database for the tables, too; empty: none
    bool allow_remote = false;                  ///< a study file may name what is not on this machine
    std::string keep;                           ///< folder that the pass is kept in; empty: none
    bool resume = false;                        ///< takes what is kept there, where it still holds
};

struct UpdateArguments {
    std::string kept;  ///< folder of a kept pass
    std::optional<std::string> study_file;
    std::vector<std::string> replace;  ///< INPUT=FILE
    RunArguments run;                  ///< `out` empty: where the results of the kept pass are
};

struct PlanArguments {
    RunArguments run;  ///< `out`: file of the plan
    std::size_t shards = 64;
    std::string slurm;  ///< script for Slurm to write; empty: none
};

struct RunShardArguments {
    std::string plan;
    std::string shards;  ///< "3", "0-7,12"
    std::string out;     ///< file, or folder for several
    RunArguments run;    ///< threads, memory, quiet
};

struct MergeArguments {
    std::string plan;
    std::vector<std::string> parts;
    RunArguments run;
};

struct InitArguments {
    Study study;
    std::string out;  ///< study file to write; empty: standard output
};

struct WhatIfArguments {
    std::string results;   ///< folder that a run wrote
    std::string down;      ///< CSV: id, optionally status and cause
    std::size_t top = 10;  ///< communes to show
    bool json = false;
};

struct RestoreArguments {
    std::string results;         ///< folder that a run wrote
    std::optional<double> hour;  ///< from the event's time; unset: when most people are in the dark
    // What the study says unless set.
    std::optional<std::int32_t> crews;
    std::optional<double> site_hours;
    std::optional<double> feeder_hours;
    std::optional<double> generator_hours;
    std::size_t top = 10;  ///< repairs to show
    bool json = false;
};

struct RolloutArguments {
    std::string results;  ///< folder that a run wrote
    // What the study says unless one of the first three is set.
    std::optional<std::size_t> sites;
    std::optional<double> budget;
    std::optional<double> percent;
    std::optional<double> floor_percent;
    std::optional<double> satellite_cost_per_person;
    std::string lp;        ///< file for the question as a linear program; empty: none
    std::string out;       ///< folder for the tables; empty: none
    std::size_t top = 10;  ///< sites of each plan to show
    bool json = false;
};

struct DrawArguments {
    std::string results;   ///< folder that a run wrote
    std::string out;       ///< new folder for the pictures
    std::string language;  ///< "vi" or "en"; empty: the study's
    int width = 1600;      ///< of the PNG files, in pixels
};

// Each returns the exit code; trouble is thrown. These need no library of maps:
int init_command(const InitArguments& arguments);
int whatif_command(const WhatIfArguments& arguments);
int restore_command(const RestoreArguments& arguments);
int rollout_command(const RolloutArguments& arguments);

// These read or write maps:
int run_command(const RunArguments& arguments);
/// The same for a study that is there already.
int run_study(const RunArguments& arguments, const Study& study);
int update_command(const UpdateArguments& arguments);
int plan_command(const PlanArguments& arguments);
int run_shard_command(const RunShardArguments& arguments);
int merge_command(const MergeArguments& arguments);
int check_command(const RunArguments& arguments);
int describe_command(const std::string& path);
int verify_command(const std::string& results);
int draw_command(const DrawArguments& arguments);

/// Who carries out what needs the libraries of maps, which take longer to load than many a question to
/// answer: `phusong-maps` does it, `phusong` hands it over. A command that reads or writes maps belongs here.
struct MapCommands {
    std::function<int(const RunArguments&)> run;
    std::function<int(const UpdateArguments&)> update;
    std::function<int(const PlanArguments&)> plan;
    std::function<int(const RunShardArguments&)> run_shard;
    std::function<int(const MergeArguments&)> merge;
    std::function<int(const RunArguments&)> check;
    std::function<int(const std::string&)> describe;
    std::function<int(const std::string&)> verify;
    std::function<int(const DrawArguments&)> draw;
    /// Name and version of each library that decides a result.
    std::function<std::vector<std::pair<std::string, std::string>>()> versions;
};

}  // namespace phusong::cli
