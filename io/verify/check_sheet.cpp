#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <string>

#include "engine/errors.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/scoped_option.hpp"
#include "io/verify/check_texts.hpp"
#include "io/workbook.hpp"

namespace phusong::io {

namespace {

constexpr const char* workbook_name = "phusong.xlsx";

/// As a workbook stores it: 16 digits.
std::string stored_text(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return fmt::format("{:.16G}", static_cast<double>(*whole));
    if (const auto* number = std::get_if<double>(&value))
        return std::isfinite(*number) ? fmt::format("{:.16G}", *number) : "";
    return "";
}

std::string found_text(OGRFeatureH feature, std::size_t column) {
    const auto field = static_cast<int>(column);
    if (field >= OGR_F_GetFieldCount(feature) || OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return "";
    return OGR_F_GetFieldAsString(feature, field);
}

/// Control characters as ECMA-376 writes what XML cannot hold (ST_Xstring), which GDAL's reader leaves so.
std::string spelt_out(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U && c != '\t' && c != '\n') {
            out += fmt::format("_x{:04X}_", unsigned{byte});
        } else {
            out += c;
        }
    }
    return out;
}

/// Longer texts are cut, and end in "...".
bool same_text(const std::string& wanted, const std::string& found) {
    if (wanted == found || spelt_out(wanted) == found) return true;
    constexpr std::size_t cut = 3;
    return wanted.size() > WorkbookLimits{}.characters && found.size() > cut && found.ends_with("...") &&
           wanted.starts_with(found.substr(0, found.size() - cut));
}

/// @return whether all of the row is as it should be
bool check_row(OGRFeatureH feature, const Table& table, const std::vector<TableValue>& wanted,
               std::size_t number, Findings& findings) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const std::string text = stored_text(wanted[c]);
        const std::string found = found_text(feature, c);
        if (same_text(text, found)) continue;
        findings.cell(workbook_name, number, table.columns[c].name, text, found,
                      "as in phusong.gpkg, sheet '" + table.name + "'");
        return false;
    }
    return true;
}

}  // namespace

void check_sheet(const std::filesystem::path& folder, const Table& table, Findings& findings) {
    const std::filesystem::path path = folder / workbook_name;
    if (!std::filesystem::exists(path) || findings.concern(workbook_name)) return;
    RegisterOGRXLSX();
    const ScopedOption no_headings{"OGR_XLSX_HEADERS", "DISABLE"};
    const ScopedOption texts{"OGR_XLSX_FIELD_TYPES", "STRING"};
    const ErrorScope errors;
    constexpr const char* const drivers[] = {"XLSX", nullptr};
    const DatasetHandle dataset{
        GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, nullptr, nullptr)};
    if (!dataset) throw InputError{"cannot be read: " + errors.message()};
    OGRLayerH sheet = GDALDatasetGetLayerByName(dataset.get(), table.name.c_str());
    if (sheet == nullptr) return;
    std::vector<TableValue> headings;
    for (const TableColumn& column : table.columns) headings.emplace_back(column.name);
    // The last row of a sheet that is full says how many rows are in the CSV file only.
    const std::size_t room = WorkbookLimits{}.rows - 1;
    const std::size_t rows = table.rows.size() <= room ? table.rows.size() : room - 1;
    std::size_t read = 0;
    FeatureHandle feature{OGR_L_GetNextFeature(sheet)};
    for (; feature && read <= rows; feature.reset(OGR_L_GetNextFeature(sheet)), ++read) {
        const std::vector<TableValue>& wanted = read == 0 ? headings : table.rows[read - 1];
        if (!check_row(feature.get(), table, wanted, read + 1, findings)) return;
    }
    const bool too_many = feature != nullptr && table.rows.size() <= room;
    if (read != rows + 1 || too_many) {
        findings.add(workbook_name, "sheet '" + table.name + "' holds " + (too_many ? "more than " : "") +
                                        std::to_string(read) + " rows, wanted " + std::to_string(rows + 1));
    }
}

}  // namespace phusong::io
