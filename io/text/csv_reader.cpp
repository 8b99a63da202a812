#include "io/text/csv_reader.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "engine/errors.hpp"
#include "io/path_policy.hpp"
#include "io/text/text_encoding.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

/// The separator that the first row holds most of, outside quotes.
char separator_of(std::string_view text) {
    constexpr std::string_view candidates = ",;\t";
    std::size_t counts[candidates.size()] = {};
    bool inside = false;
    for (const char c : text) {
        if (c == '"') inside = !inside;
        if (!inside && (c == '\n' || c == '\r')) break;
        const std::size_t which = candidates.find(c);
        if (!inside && which != std::string_view::npos) ++counts[which];
    }
    return candidates[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) -
                                               std::begin(counts))];
}

/// Cells of one record after the other.
class RecordReader {
public:
    RecordReader(std::string_view text, std::string quoted_name)
        : text_{text}, separator_{separator_of(text)}, quoted_{std::move(quoted_name)} {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::vector<std::string> next(std::size_t row) {
        std::vector<std::string> cells;
        for (;;) {
            cells.push_back(text_.substr(at_, 1) == "\"" ? quoted_cell(row) : plain_cell());
            if (at_end()) return cells;
            const char end = text_[at_++];
            if (end == separator_) continue;
            if (end == '\r' && text_.substr(at_, 1) == "\n") ++at_;
            return cells;
        }
    }

private:
    std::string plain_cell() {
        const std::size_t begin = at_;
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        return trimmed(std::string{text_.substr(begin, at_ - begin)});
    }
    std::string quoted_cell(std::size_t row) {
        std::string cell;
        for (++at_; !at_end(); ++at_) {
            if (text_[at_] != '"') {
                cell += text_[at_];
            } else if (text_.substr(at_ + 1, 1) == "\"") {
                cell += '"';
                ++at_;
            } else {
                ++at_;
                const std::string rest = plain_cell();
                if (rest.empty()) return trimmed(cell);
                fail(row, "'" + rest + "' follows a closing quote");
            }
        }
        fail(row, "a quote is opened and never closed");
    }
    [[noreturn]] void fail(std::size_t row, const std::string& what) const {
        throw InputError{quoted_ + ", row " + std::to_string(row) + ": " + what};
    }

    std::string_view text_;
    char separator_;
    std::string quoted_;
    std::size_t at_ = 0;
};

bool blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); });
}

}  // namespace

std::optional<std::size_t> CsvTable::find(std::string_view column) const {
    const std::string wanted = small_letters(std::string{column});
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (small_letters(columns[i]) == wanted) return i;
    }
    return std::nullopt;
}

std::size_t CsvTable::column(std::string_view name) const {
    if (const auto found = find(name)) return *found;
    std::string list;
    for (const std::string& known : columns) list += (list.empty() ? "" : ", ") + known;
    throw InputError{quoted + " has no column '" + std::string{name} + "'; its columns are: " + list};
}

std::string CsvTable::where(const Row& row) const {
    return quoted + ", row " + std::to_string(row.number);
}

CsvTable parse_csv(std::string_view bytes, const std::string& name, const std::string& encoding) {
    CsvTable table;
    table.quoted = "'" + name + "'";
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (bytes.substr(0, byte_order_mark.size()) == byte_order_mark)
        bytes.remove_prefix(byte_order_mark.size());
    const std::string stated = encoding.empty() ? "" : encoding_named(encoding);
    if (const std::string wide = wide_encoding(bytes); stated.empty() && !wide.empty()) {
        throw InputError{table.quoted + " is " + wide + " text; convert it to UTF-8"};
    }
    std::string text;
    if (!decode_text(bytes, stated, text)) {
        throw InputError{
            table.quoted + " is not " + (stated.empty() ? "UTF-8" : stated) +
            " text; state the encoding of the file (encoding = \"CP1258\" is common in Vietnam)"};
    }
    RecordReader records{text, table.quoted};
    for (std::size_t row = 1; !records.at_end(); ++row) {
        std::vector<std::string> cells = records.next(row);
        if (row == 1) {
            table.columns = std::move(cells);
            continue;
        }
        if (blank(cells)) continue;
        if (cells.size() > table.columns.size()) {
            if (!blank({cells.begin() + static_cast<std::ptrdiff_t>(table.columns.size()), cells.end()})) {
                throw InputError{table.quoted + ", row " + std::to_string(row) + " has " +
                                 std::to_string(cells.size()) + " cells for " +
                                 std::to_string(table.columns.size()) + " columns"};
            }
        }
        cells.resize(table.columns.size());
        table.rows.push_back({row, std::move(cells)});
    }
    return table;
}

CsvTable read_csv(const std::string& path, const std::string& encoding) {
    std::ifstream file{checked_input_path(path), std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw StorageError{"'" + path + "' cannot be read"};
    return parse_csv(text.str(), path, encoding);
}

}  // namespace phusong::io
