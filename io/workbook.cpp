#include "io/workbook.hpp"

#include <cpl_conv.h>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "io/files/checked_file.hpp"
#include "io/files/sha256.hpp"
#include "io/gdal/sink_error.hpp"
#include "io/workbook_check.hpp"

namespace phusong::io {

namespace {

/// The first of January 2000, UTC: a workbook of today with the same numbers is the same file.
constexpr std::time_t moment_of_creation = 946'684'800;
constexpr std::size_t sheet_name_characters = 31;
constexpr std::size_t widest = 50;        // characters; beyond that a column pushes all others off the screen
constexpr std::size_t number_width = 12;  // 100,000,000 and a margin
constexpr std::size_t filter_button = 3;  // characters of the heading that it hides

struct FreeWorkbook {
    void operator()(lxw_workbook* workbook) const noexcept { lxw_workbook_free(workbook); }
};
using WorkbookHandle = std::unique_ptr<lxw_workbook, FreeWorkbook>;

void require(lxw_error error, const std::filesystem::path& path, const std::string& what) {
    if (error == LXW_NO_ERROR) return;
    std::string reason = lxw_strerror(error);
    while (!reason.empty() && reason.back() == '.') reason.pop_back();
    cannot_write(path, what + reason);
}

std::size_t utf8_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xE0) return 2;
    return first < 0xF0 ? 3 : 4;
}

/// The longest beginning with at most that many UTF-16 units, in bytes. @param text UTF-8
std::size_t bytes_within(std::string_view text, std::size_t units) {
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const std::size_t length = utf8_length(static_cast<unsigned char>(text[bytes]));
        const std::size_t needed = length == 4 ? 2 : 1;
        if (needed > units) break;
        units -= needed;
        bytes += length;
    }
    return std::min(bytes, text.size());
}

std::string fitting(const std::string& text, std::size_t units) {
    constexpr std::string_view cut = "...";
    if (bytes_within(text, units) == text.size()) return text;
    return text.substr(0, bytes_within(text, units - cut.size())).append(cut);
}

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// In Excel's notation, whose comma and point are those of the reader's locale.
std::string number_format_of(const TableColumn& column) {
    const std::string_view name = column.name;
    if (column.kind == TableColumn::Kind::integer) {
        // Numbers that name something are no amounts.
        const bool names_something =
            name == "id" || name == "first_cell" || name.ends_with("_dead_zone") || name.starts_with("rank");
        return names_something ? "0" : "#,##0";
    }
    if (name.ends_with("longitude") || name.ends_with("latitude")) return "0.0000000";
    if (name.ends_with("_km2")) return "#,##0.00";
    const bool hours = name.ends_with("hours") && !name.starts_with("people");
    const bool part = name.ends_with("_pct") || name.ends_with("_factor") || name == "in_top_ten";
    if (hours || part || name.starts_with("index_")) return "0.00";
    return "#,##0";
}

double width_of(const Table& table, std::size_t column) {
    std::size_t width = characters_of(table.columns[column].name) + filter_button;
    if (table.columns[column].kind != TableColumn::Kind::text) width = std::max(width, number_width);
    for (const auto& row : table.rows) {
        if (const auto* text = std::get_if<std::string>(&row[column]))
            width = std::max(width, characters_of(*text) + 1);
    }
    return static_cast<double>(std::min(width, widest));
}

class WorkbookWriter {
public:
    WorkbookWriter(const std::filesystem::path& path, const WorkbookLimits& limits)
        : path_{path}, limits_{limits} {
        std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
        // Row by row through a file: the cells of a country need no memory.
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder.data();
        options.use_zip64 = LXW_FALSE;
        workbook_.reset(workbook_new_opt(path.c_str(), &options));
        if (!workbook_) cannot_write(path, "no memory is left");
        heading_ = workbook_add_format(workbook_.get());
        if (heading_ == nullptr) cannot_write(path, "no memory is left");
        format_set_bold(heading_);
    }

    void describe(std::span<const Table> tables) {
        std::string title;
        std::string comments;
        for (const Table& table : tables) {
            for (const auto& [key, value] : table.metadata) {
                if (key == "study" && title.empty()) title = value;
                if (key == "SYNTHETIC")
                    comments = "SYNTHETIC: made-up data, not a statement about real places";
            }
        }
        lxw_doc_properties properties{};
        if (!title.empty()) properties.title = title.data();
        if (!comments.empty()) properties.comments = comments.data();
        properties.created = moment_of_creation;
        require(workbook_set_properties(workbook_.get(), &properties), path_, "");
    }

    void put(const Table& table) {
        add_sheet(table);
        if (table.columns.empty()) return;
        const std::size_t room = limits_.rows - 1;
        const bool all = table.rows.size() <= room;
        const std::size_t rows = all ? table.rows.size() : room - 1;
        put_headings(table, rows);
        std::vector<lxw_format*> formats;
        for (const TableColumn& column : table.columns) formats.push_back(format_of(column));
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < table.columns.size(); ++column) {
                put_value(row + 1, column, table.rows[row][column], formats[column]);
            }
        }
        if (!all) {
            put_text(rows + 1, 0,
                     std::to_string(table.rows.size() - rows) + " more rows are in " + table.name + ".csv",
                     heading_);
        }
    }

    /// @return the cells that each sheet must hold
    std::vector<std::size_t> close() {
        require(workbook_close(workbook_.release()), path_, "");
        return std::move(cells_);
    }

private:
    void add_sheet(const Table& table) {
        const std::string name = table.name.substr(0, bytes_within(table.name, sheet_name_characters));
        where_ = "sheet '" + name + "': ";
        require(workbook_validate_sheet_name(workbook_.get(), name.c_str()), path_, where_);
        sheet_ = workbook_add_worksheet(workbook_.get(), name.c_str());
        if (sheet_ == nullptr) cannot_write(path_, where_ + "a temporary file beside it cannot be made");
        cells_.push_back(0);
    }

    /// @param rows of the table that follow
    void put_headings(const Table& table, std::size_t rows) {
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
            const auto place = static_cast<lxw_col_t>(column);
            require(worksheet_set_column(sheet_, place, place, width_of(table, column), nullptr), path_,
                    where_);
            put_text(0, column, table.columns[column].name, heading_);
        }
        worksheet_freeze_panes(sheet_, 1, 0);
        // Before the rows: of those that went to the file the library hears no more.
        const auto last_row = static_cast<lxw_row_t>(rows);
        const auto last_column = static_cast<lxw_col_t>(table.columns.size() - 1);
        require(worksheet_autofilter(sheet_, 0, 0, last_row, last_column), path_, where_);
        // Codes are meant to be text: no warning triangle in every cell of them.
        std::array<char, LXW_MAX_CELL_RANGE_LENGTH> range{};
        lxw_rowcol_to_range(range.data(), 0, 0, last_row, last_column);
        require(worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.data()), path_,
                where_);
    }

    lxw_format* format_of(const TableColumn& column) {
        if (column.kind == TableColumn::Kind::text) return nullptr;
        const std::string notation = number_format_of(column);
        for (const auto& [known, format] : number_formats_) {
            if (known == notation) return format;
        }
        lxw_format* format = workbook_add_format(workbook_.get());
        if (format == nullptr) cannot_write(path_, "no memory is left");
        format_set_num_format(format, notation.c_str());
        number_formats_.emplace_back(notation, format);
        return format;
    }

    void put_value(std::size_t row, std::size_t column, const TableValue& value, lxw_format* format) {
        if (const auto* text = std::get_if<std::string>(&value)) put_text(row, column, *text, nullptr);
        if (const auto* whole = std::get_if<std::int64_t>(&value))
            put_number(row, column, static_cast<double>(*whole), format);
        if (const auto* number = std::get_if<double>(&value)) put_number(row, column, *number, format);
    }

    void put_text(std::size_t row, std::size_t column, const std::string& text, lxw_format* format) {
        if (text.empty()) return;
        require(worksheet_write_string(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                       fitting(text, limits_.characters).c_str(), format),
                path_, where_);
        ++cells_.back();
    }

    void put_number(std::size_t row, std::size_t column, double number, lxw_format* format) {
        if (!std::isfinite(number)) return;
        require(worksheet_write_number(sheet_, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                       number, format),
                path_, where_);
        ++cells_.back();
    }

    const std::filesystem::path& path_;
    const WorkbookLimits& limits_;
    WorkbookHandle workbook_;
    lxw_format* heading_ = nullptr;
    std::vector<std::pair<std::string, lxw_format*>> number_formats_;
    lxw_worksheet* sheet_ = nullptr;
    std::string where_;
    std::vector<std::size_t> cells_;
};

}  // namespace

namespace {

/// The library prints its errors; what is to be said is thrown.
class QuietLibrary {
public:
    QuietLibrary() : kept_{::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)} {
        std::fflush(stderr);
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (kept_ < 0 || nowhere < 0) return;
        ::dup2(nowhere, STDERR_FILENO);
        ::close(nowhere);
    }
    ~QuietLibrary() {
        std::fflush(stderr);
        if (kept_ < 0) return;
        ::dup2(kept_, STDERR_FILENO);
        ::close(kept_);
    }
    QuietLibrary(const QuietLibrary&) = delete;
    QuietLibrary& operator=(const QuietLibrary&) = delete;

private:
    int kept_;
};

void write_once(const std::filesystem::path& path, std::span<const Table> tables,
                const WorkbookLimits& limits) {
    // It prints numbers as the locale of the program has them.
    const CPLThreadLocaleC decimal_point;
    const QuietLibrary quiet;
    WorkbookWriter writer{path, limits};
    writer.describe(tables);
    for (const Table& table : tables) writer.put(table);
    require_cells(path, writer.close());
}

}  // namespace

void write_workbook(const std::filesystem::path& path, std::span<const Table> tables,
                    const WorkbookLimits& limits) {
    // The library asks for no result of what it writes into temporary files: a disk that loses some of it
    // once leaves a workbook with a hole, and no error. Twice the same hole it does not leave.
    const std::filesystem::path again = path.string() + ".again";
    // It would follow a link and write over what is there.
    CheckedFile{path}.finish();
    std::error_code ignored;
    try {
        CheckedFile{again}.finish();
        write_once(path, tables, limits);
        write_once(again, tables, limits);
        if (sha256_of(path).sha256 != sha256_of(again).sha256)
            cannot_write(path, "written twice it is not the same");
        std::filesystem::remove(again);
    } catch (...) {
        std::filesystem::remove(path, ignored);
        std::filesystem::remove(again, ignored);
        throw;
    }
}

}  // namespace phusong::io
