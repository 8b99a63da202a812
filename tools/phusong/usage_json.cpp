#include "tools/phusong/usage_json.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

namespace phusong::cli {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames()) names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
    return names;
}

Json option_json(const CLI::Option& option) {
    const bool flag = option.get_items_expected_max() == 0;
    Json json;
    if (option.get_positional()) {
        json["name"] = option.get_name(true);
    } else {
        json["names"] = names_of(option);
        json["flag"] = flag;
        json["repeatable"] = option.get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
    }
    // What a check adds ("FLOAT in [0 - 100]") is for reading.
    json["type"] = flag ? "" : option.get_type_name().substr(0, option.get_type_name().find_first_of(" :"));
    json["values"] = flag ? "" : option.get_type_name();
    json["default"] = option.get_default_str();
    json["required"] = option.get_required();
    json["description"] = option.get_description();
    return json;
}

Json command_json(const CLI::App& app) {
    Json json{{"name", app.get_name()},
              {"description", app.get_description()},
              {"arguments", Json::array()},
              {"options", Json::array()},
              {"footer", app.get_footer()}};
    for (const CLI::Option* option : app.get_options()) {
        json[option->get_positional() ? "arguments" : "options"].push_back(option_json(*option));
    }
    return json;
}

}  // namespace

std::string usage_json(const CLI::App& app, const std::string& version) {
    Json json = command_json(app);
    json["version"] = version;
    json["commands"] = Json::array();
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        json["commands"].push_back(command_json(*command));
    }
    return json.dump(2) + "\n";
}

}  // namespace phusong::cli
