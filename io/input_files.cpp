#include "io/input_files.hpp"

#include <system_error>

#include "engine/errors.hpp"
#include "io/gdal/postgis.hpp"
#include "io/gdal/stored_object.hpp"
#include "io/text/postgis_name.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/study_files.hpp"

namespace phusong::io {

namespace {

/// The path of the first input whose size or time of change is no longer what it was; empty: none changed.
std::string changed_input(const std::vector<InputFile>& inputs) {
    for (const InputFile& input : inputs) {
        if (names_postgis(input.path)) {
            if (sha256_of_table(input.path, input.layer) != input.digest.sha256) return input.path;
            continue;
        }
        if (names_object(input.path)) {
            const ObjectState state = state_of_object(input.path);
            if (state.modified != input.modified || state.bytes != input.digest.bytes) return input.path;
            continue;
        }
        std::error_code missing;
        const auto modified = std::filesystem::last_write_time(input.path, missing);
        if (missing || modified != input.modified) return input.path;
        if (std::filesystem::file_size(input.path, missing) != input.digest.bytes) return input.path;
    }
    return "";
}

}  // namespace

std::vector<InputFile> seen_inputs(const Study& study) {
    std::vector<InputFile> inputs;
    for (const StudyFile& file : files_of(study)) {
        std::error_code missing;  // whoever opens it says so
        FileDigest digest;
        if (names_postgis(file.path)) {
            inputs.push_back({file.role, file.path, digest, {}, file.layer});
            continue;
        }
        if (names_object(file.path)) {
            const ObjectState state = state_of_object(file.path);
            inputs.push_back({file.role, file.path, {{}, state.bytes}, state.modified});
            continue;
        }
        digest.bytes = std::filesystem::file_size(file.path, missing);
        inputs.push_back(
            {file.role, file.path, digest, std::filesystem::last_write_time(file.path, missing)});
    }
    return inputs;
}

std::string sha256_of_input(const InputFile& input) {
    if (names_postgis(input.path)) return sha256_of_table(input.path, input.layer);
    if (names_object(input.path)) return sha256_of_object(input.path);
    return sha256_of(input.path).sha256;
}

void digest_inputs(std::vector<InputFile>& inputs) {
    for (InputFile& input : inputs) {
        input.digest.sha256 = sha256_of_input(input);
    }
}

void refuse_changed_inputs(const std::vector<InputFile>& inputs) {
    if (const std::string changed = changed_input(inputs); !changed.empty()) {
        throw InputError{"input '" + changed +
                         "' changed while the run read it; run again when nothing writes to it"};
    }
}

}  // namespace phusong::io
