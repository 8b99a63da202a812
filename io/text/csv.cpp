#include "io/text/csv.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "io/files/checked_file.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

/// Whether a spreadsheet may take what begins so for a formula; Japanese and Chinese ones also in full width.
bool may_be_formula(std::string_view text) {
    constexpr std::string_view wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    if (text.empty()) return false;
    return std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos ||
           std::any_of(std::begin(wide), std::end(wide),
                       [&](std::string_view sign) { return text.starts_with(sign); });
}

char separator(CsvDialect dialect) {
    return dialect == CsvDialect::excel_vi ? ';' : ',';
}

std::string cell(const std::string& text, CsvDialect dialect) {
    std::string safe = csv_text(text);
    const char special[] = {'"', '\n', '\r', separator(dialect)};
    if (safe.find_first_of(std::string_view{special, sizeof special}) == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string cell(const TableValue& value, CsvDialect dialect) {
    if (const auto* text = std::get_if<std::string>(&value)) return cell(*text, dialect);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) {
        std::string digits = shortest(*number);
        if (dialect == CsvDialect::excel_vi) std::replace(digits.begin(), digits.end(), '.', ',');
        return digits;
    }
    return "";
}

std::string type_word(TableColumn::Kind kind) {
    switch (kind) {
        case TableColumn::Kind::text:
            return "\"String\"";
        case TableColumn::Kind::integer:
            return "\"Integer64\"";
        case TableColumn::Kind::real:
            return "\"Real\"";
    }
    return "";
}

void write_types(std::filesystem::path path, const Table& table) {
    CheckedFile file{path.replace_extension(".csvt")};
    file.write(csv_types(table));
    file.finish();
}

}  // namespace

std::string csv_text(std::string_view text) {
    std::string safe;
    bool begins = true;  // a cell: of the file, or of a reader whose locale separates by something else
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (begins && may_be_formula(text.substr(i))) safe += '\'';
        const char c = text[i];
        begins = c == ';' || c == '\t' || c == '\n' || c == '\r';
        const auto byte = static_cast<unsigned char>(c);
        if (byte == 0x7FU) {
            safe += "\u2421";
        } else if (byte < 0x20U && !begins) {
            // U+2400 and on picture the control characters, in their order.
            safe += "\xE2\x90";
            safe += static_cast<char>(0x80U + byte);
        } else {
            safe += c;
        }
    }
    return safe;
}

std::vector<std::string> csv_heading(const Table& table, CsvDialect dialect) {
    std::vector<std::string> pieces;
    for (const TableColumn& column : table.columns)
        pieces.push_back(cell(column.name, dialect) + separator(dialect));
    if (!pieces.empty()) pieces.back().back() = '\n';
    if (!pieces.empty() && dialect == CsvDialect::excel_vi) pieces.front().insert(0, "\xEF\xBB\xBF");
    return pieces;
}

std::vector<std::string> csv_pieces(const std::vector<TableValue>& row, CsvDialect dialect) {
    std::vector<std::string> pieces;
    pieces.reserve(row.size());
    for (const TableValue& value : row) pieces.push_back(cell(value, dialect) + separator(dialect));
    if (!pieces.empty()) pieces.back().back() = '\n';
    return pieces;
}

std::string csv_types(const Table& table) {
    std::string line;
    for (const TableColumn& column : table.columns)
        line += (line.empty() ? "" : ",") + type_word(column.kind);
    return line + '\n';
}

void write_csv(const std::filesystem::path& path, const Table& table, CsvDialect dialect) {
    CheckedFile file{path};
    for (const std::string& piece : csv_heading(table, dialect)) file.write(piece);
    if (table.columns.empty()) file.write("\n");
    for (const auto& row : table.rows) {
        for (const std::string& piece : csv_pieces(row, dialect)) file.write(piece);
    }
    file.finish();
    write_types(path, table);
}

}  // namespace phusong::io
