#include "io/text/status_file.hpp"

#include <map>

#include "engine/errors.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/moment.hpp"
#include "io/text/number.hpp"
#include "io/text/words.hpp"

namespace phusong::io {

namespace {

struct StatusColumns {
    explicit StatusColumns(const CsvTable& table)
        : id{table.column("id")},
          status{table.find("status")},
          cause{table.find("cause")},
          since{table.find("since")},
          repair_hours{table.find("repair_hours")} {}

    std::size_t id;
    std::optional<std::size_t> status;
    std::optional<std::size_t> cause;
    std::optional<std::size_t> since;
    std::optional<std::size_t> repair_hours;
};

std::string cell(const CsvTable::Row& row, const std::optional<std::size_t>& column) {
    return column ? row.cells[*column] : "";
}

StatusRow status_row(const CsvTable::Row& row, const StatusColumns& columns, const std::string& where,
                     Status without_status) {
    const auto fail = [&](const std::string& what) { throw InputError{where + ": " + what}; };
    StatusRow read;
    read.where = where;
    read.id = row.cells[columns.id];
    if (read.id.empty()) fail("the id is missing");
    read.status = without_status;
    if (const std::string word = cell(row, columns.status); !word.empty()) {
        const auto status = status_of(word);
        if (!status) fail("status '" + word + "' is not known; write " + status_words);
        read.status = *status;
    }
    const std::string cause_word = cell(row, columns.cause);
    const auto cause = cause_of(cause_word);
    if (!cause) fail("cause '" + cause_word + "' is not known; write " + cause_words + ", or nothing");
    read.cause = *cause;
    if (const std::string since = cell(row, columns.since); !since.empty()) {
        const Moment moment = moment_of(since);
        if (!moment.seconds) fail("since " + moment.fault);
        read.since = since;
    }
    if (const std::string hours = cell(row, columns.repair_hours); !hours.empty()) {
        read.repair_hours = number_of(hours);
        if (!read.repair_hours || *read.repair_hours < 0) {
            fail("repair_hours is '" + hours + "'; write hours from the event's time, 0 or more");
        }
    }
    return read;
}

}  // namespace

std::vector<StatusRow> read_status_file(const std::string& path, const std::string& encoding,
                                        Status without_status) {
    const CsvTable table = read_csv(path, encoding);
    const StatusColumns columns{table};
    std::vector<StatusRow> rows;
    std::map<std::string, std::size_t> row_of;
    for (const CsvTable::Row& row : table.rows) {
        rows.push_back(status_row(row, columns, table.where(row), without_status));
        const auto [other, first] = row_of.emplace(rows.back().id, row.number);
        if (first) continue;
        throw InputError{table.quoted + ": the id '" + rows.back().id + "' stands twice, in rows " +
                         std::to_string(other->second) + " and " + std::to_string(row.number) +
                         "; say each site once"};
    }
    return rows;
}

}  // namespace phusong::io
