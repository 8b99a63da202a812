#pragma once

#include <nlohmann/json.hpp>

#include "engine/sources.hpp"
#include "engine/study.hpp"

namespace phusong::io {

/// What a layer's values mean, as manifests say it.
[[nodiscard]] nlohmann::ordered_json rule_json(const ServiceRule& rule);
/// "none, same CRS", or the operation.
[[nodiscard]] std::string operation_words(const std::string& operation);

/// What is known of an event, with the parameters as used and where each curve comes from.
/// @pre study.event and sources.event are set
[[nodiscard]] nlohmann::ordered_json event_json(const Study& study, const Sources& sources);

}  // namespace phusong::io
