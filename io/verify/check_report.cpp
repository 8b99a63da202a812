#include "io/verify/check_report.hpp"

#include <algorithm>
#include <string>

#include "io/report/report.hpp"
#include "io/verify/whole_file.hpp"

namespace phusong::io {

void check_report(const std::filesystem::path& folder, const std::vector<Table>& tables,
                  const nlohmann::json& manifest, Findings& findings) {
    if (!std::filesystem::exists(folder / "report.html")) return;
    const std::string found = whole_file(folder / "report.html");
    if (found.find("page " + page_fingerprint() + "\"") == std::string::npos) return;
    const std::string wanted = report_page(folder, tables, manifest);
    if (found == wanted) return;
    const auto parting = std::mismatch(wanted.begin(), wanted.end(), found.begin(), found.end()).second;
    const auto line = 1 + std::count(found.begin(), parting, '\n');
    findings.add("report.html",
                 "does not show what phusong.gpkg and manifest.json hold: the first difference is in line " +
                     std::to_string(line));
}

}  // namespace phusong::io
