#include "io/text/replace_input.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "engine/errors.hpp"
#include "io/text/file_argument.hpp"

namespace phusong::io {

namespace {

using NamedFile = std::pair<std::string, FileLayer*>;

std::string argument_name(const CoverageInput& layer) {
    return layer.operator_name.empty() ? layer.technology : layer.technology + ":" + layer.operator_name;
}

std::vector<NamedFile> named_files(Study& study) {
    std::vector<NamedFile> files;
    for (CoverageInput& layer : study.coverage) files.emplace_back(argument_name(layer), &layer.file);
    files.emplace_back("population", &study.population.file);
    files.emplace_back("communes", &study.communes.file);
    if (study.settlements) files.emplace_back("settlements", &study.settlements->file);
    if (study.sites) files.emplace_back("sites", &study.sites->file);
    if (!study.event) return files;
    for (CoverageInput& layer : study.event->after) {
        files.emplace_back("after:" + argument_name(layer), &layer.file);
    }
    std::vector<DamageInput>& damage = study.event->damage;
    for (DamageInput& layer : damage) {
        files.emplace_back(damage.size() == 1 ? "damage" : "damage:" + layer.cause, &layer.file);
    }
    return files;
}

}  // namespace

void replace_input(Study& study, const std::string& name, const std::string& file) {
    FileLayer* found = nullptr;
    std::vector<std::string> names;
    for (const auto& [own, layer] : named_files(study)) {
        names.push_back(own);
        if (own != name) continue;
        if (found != nullptr) {
            throw InputError{fmt::format(
                "the study has several inputs called '{}'; change the study file and give it with --study",
                name)};
        }
        found = layer;
    }
    if (found == nullptr) {
        throw InputError{
            fmt::format("the study has no input '{}' to replace; it has {}", name, fmt::join(names, ", "))};
    }
    const FileArgument argument = parse_file_argument(file);
    found->path = argument.path;
    found->layer.clear();
    found->band = 0;
    set_bracket(*found, argument.bracket);
}

}  // namespace phusong::io
