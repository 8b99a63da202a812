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
    std::optional<std::string> service_raster;  ///< overrides the study's
    bool distance = false;                      ///< distance.tif also where the study asks for none
    std::string keep;                           ///< folder that the pass is kept in; empty: none
    bool resume = false;                        ///< takes what is kept there, where it still holds
};

struct UpdateArguments {
    std::string kept;  ///< folder of a kept pass
    std::optional<std::string> study_file;
    std::vector<std::string> replace;  ///< INPUT=FILE
    RunArguments run;                  ///< `out` empty: where the results of the kept pass are
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
int check_command(const RunArguments& arguments);
int describe_command(const std::string& path);
int verify_command(const std::string& results);

/// Who carries out what needs the libraries of maps, which take longer to load than many a question to
/// answer: `phusong-maps` does it, `phusong` hands it over. A command that reads or writes maps belongs here.
struct MapCommands {
    std::function<int(const RunArguments&)> run;
    std::function<int(const UpdateArguments&)> update;
    std::function<int(const RunArguments&)> check;
    std::function<int(const std::string&)> describe;
    std::function<int(const std::string&)> verify;
    /// Name and version of each library that decides a result.
    std::function<std::vector<std::pair<std::string, std::string>>()> versions;
};

}  // namespace phusong::cli
