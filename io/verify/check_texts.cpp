#include "io/verify/check_texts.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"
#include "io/verify/whole_file.hpp"

namespace phusong::io {

namespace {

constexpr const char* because = "as in phusong.gpkg";

/// What stands there instead, up to the end of its line and not much longer than what was wanted.
std::string instead_of(std::string_view rest, std::string_view wanted) {
    constexpr std::size_t margin = 20;
    rest = rest.substr(0, std::min(rest.find('\n'), wanted.size() + margin));
    std::size_t end = rest.find(',', std::min(rest.size(), wanted.size() > 2 ? wanted.size() - 2 : 0));
    return std::string{rest.substr(0, end)};
}

std::string bare(std::string piece) {
    const auto separates = [](char c) { return c == '\n' || c == ',' || c == ';'; };
    while (!piece.empty() && separates(piece.back())) piece.pop_back();
    const std::size_t begins = piece.find_first_not_of(",;");
    return piece.substr(begins == std::string::npos ? 0 : begins);
}

/// A piece that is long (a country's outline) is shown from where it goes wrong.
void tell(const std::string& file, std::size_t row, const std::string& column, const std::string& piece,
          std::string_view rest, Findings& findings) {
    constexpr std::size_t longest = 200;
    std::size_t same = 0;
    if (piece.size() > longest) {
        while (same < rest.size() && same < piece.size() && rest[same] == piece[same]) ++same;
        same = same > 30 ? same - 30 : 0;
    }
    const std::string wanted = piece.substr(same, piece.size() > longest ? 60 : std::string::npos);
    findings.cell(file, row, column, bare(wanted), bare(instead_of(rest.substr(same), wanted)), because);
}

/// A file that is compared from its beginning to its end.
class Comparison {
public:
    Comparison(const std::filesystem::path& folder, std::string file, Findings& findings)
        : file_{std::move(file)}, text_{whole_file(folder / file_)}, findings_{findings} {}

    /// @return false at the first difference, which is then told
    bool row(std::size_t number, const std::vector<std::string>& pieces, const Table& table) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            const std::string_view rest = std::string_view{text_}.substr(at_);
            if (rest.substr(0, pieces[i].size()) != pieces[i]) {
                tell(file_, number, i < table.columns.size() ? table.columns[i].name : "geometry", pieces[i],
                     rest, findings_);
                return false;
            }
            at_ += pieces[i].size();
        }
        return true;
    }
    bool words(std::string_view wanted, const std::string& what) {
        if (std::string_view{text_}.substr(at_, wanted.size()) == wanted) {
            at_ += wanted.size();
            return true;
        }
        findings_.add(file_, what + " is not what phusong writes there");
        return false;
    }
    void end() {
        if (at_ != text_.size()) findings_.add(file_, "holds more rows than phusong.gpkg");
    }

private:
    std::string file_;
    std::string text_;
    std::size_t at_ = 0;
    Findings& findings_;
};

}  // namespace

void check_csv(const std::filesystem::path& folder, const Table& table, CsvDialect dialect,
               Findings& findings) {
    const std::string file = table.name + ".csv";
    if (!std::filesystem::exists(folder / file)) return;
    Comparison comparison{folder, file, findings};
    if (!comparison.row(1, csv_heading(table, dialect), table)) return;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (!comparison.row(row + 2, csv_pieces(table.rows[row], dialect), table)) return;
    }
    comparison.end();
    if (!std::filesystem::exists(folder / (file + "t"))) return;
    Comparison types{folder, file + "t", findings};
    if (types.words(csv_types(table), "a column type")) types.end();
}

void check_geojson(const std::filesystem::path& folder, const Table& table, const ToLonLat& to_lonlat,
                   Findings& findings) {
    const std::string file = table.name + ".geojson";
    if (!std::filesystem::exists(folder / file)) return;
    const auto on_globe = [&](const MultiPolygon& shape) { return to_lonlat(shape); };
    Comparison comparison{folder, file, findings};
    if (!comparison.words(geojson_opening(table), "the beginning")) return;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (!comparison.row(row + 1, geojson_pieces(table, row, on_globe), table)) return;
    }
    if (comparison.words(geojson_closing, "the end")) comparison.end();
}

}  // namespace phusong::io
