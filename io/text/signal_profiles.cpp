#include "io/text/signal_profiles.hpp"

#include <map>

#include "engine/errors.hpp"

namespace phusong::io {

double profile_threshold_dbm(const std::string& profile, const std::string& technology) {
    // TRAI coverage map rules, November 2024; Ofcom Connected Nations. Source notes: datasets/README.md.
    static const std::map<std::string, std::map<std::string, double>> profiles{
        {"trai-2024", {{"2g", -95}, {"3g", -99}, {"4g", -110}, {"5g", -110}}},
        {"ofcom", {{"2g", -81}, {"3g", -100}, {"4g", -105}, {"5g", -110}}}};
    const auto found = profiles.find(profile);
    if (found == profiles.end()) {
        throw InputError{"signal profile '" + profile + "' is not known; there are trai-2024 and ofcom"};
    }
    const auto threshold = found->second.find(technology);
    if (threshold == found->second.end()) {
        throw InputError{"signal profile '" + profile + "' has no threshold for " + technology +
                         "; write threshold_dbm"};
    }
    return threshold->second;
}

}  // namespace phusong::io
