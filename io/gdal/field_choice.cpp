#include "io/gdal/field_choice.hpp"

namespace phusong::io {

std::optional<std::string> obvious_field(const std::vector<VectorField>& fields,
                                         std::span<const char* const> names) {
    for (const char* const name : names) {
        for (const VectorField& field : fields) {
            if (EQUAL(field.name.c_str(), name)) return field.name;
        }
    }
    return std::nullopt;
}

std::optional<int> named_or_obvious_field(const VectorLayer& layer, const std::string& named,
                                          std::span<const char* const> names, const std::string& purpose,
                                          Problems& problems) {
    if (!named.empty()) return layer.field(named, purpose);
    const auto found = obvious_field(layer.fields(), names);
    if (!found) return std::nullopt;
    problems.push_back({layer.quoted(), "took field '" + *found + "' as " + purpose});
    return layer.find_field(*found);
}

}  // namespace phusong::io
