#include "io/text/csv.hpp"

#include <string>

#include "io/files/checked_file.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

std::string cell(const std::string& text) {
    std::string safe = text;
    if (!safe.empty() && std::string_view{"=+-@\t\r"}.find(safe.front()) != std::string_view::npos) {
        safe.insert(safe.begin(), '\'');
    }
    if (safe.find_first_of("\",\n\r") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string cell(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return cell(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
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

std::vector<std::string> csv_heading(const Table& table) {
    std::vector<std::string> pieces;
    for (const TableColumn& column : table.columns) pieces.push_back(cell(column.name) + ',');
    if (!pieces.empty()) pieces.back().back() = '\n';
    return pieces;
}

std::vector<std::string> csv_pieces(const std::vector<TableValue>& row) {
    std::vector<std::string> pieces;
    pieces.reserve(row.size());
    for (const TableValue& value : row) pieces.push_back(cell(value) + ',');
    if (!pieces.empty()) pieces.back().back() = '\n';
    return pieces;
}

std::string csv_types(const Table& table) {
    std::string line;
    for (const TableColumn& column : table.columns)
        line += (line.empty() ? "" : ",") + type_word(column.kind);
    return line + '\n';
}

void write_csv(const std::filesystem::path& path, const Table& table) {
    CheckedFile file{path};
    for (const std::string& piece : csv_heading(table)) file.write(piece);
    if (table.columns.empty()) file.write("\n");
    for (const auto& row : table.rows) {
        for (const std::string& piece : csv_pieces(row)) file.write(piece);
    }
    file.finish();
    write_types(path, table);
}

}  // namespace phusong::io
