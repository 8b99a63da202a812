#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phusong::io {

/// A table whose first row names its columns, as spreadsheets write it (RFC 4180): text throughout, UTF-8 in
/// NFC.
struct CsvTable {
    struct Row {
        std::size_t number = 0;          ///< as a spreadsheet counts: the row of names is 1
        std::vector<std::string> cells;  ///< one for every column, blanks around them gone
    };
    std::string quoted;  ///< "'status.csv'", for messages
    std::vector<std::string> columns;
    std::vector<Row> rows;  ///< those that are not blank

    /// Small and capital letters alike.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    /// @throws InputError listing the columns there are
    [[nodiscard]] std::size_t column(std::string_view name) const;
    /// "'status.csv', row 7"
    [[nodiscard]] std::string where(const Row& row) const;
};

/// Reads a CSV file with commas, semicolons or tabs between the cells, whichever its first row holds most of.
/// Needs no GDAL, so that it costs next to nothing to begin with.
/// @param encoding empty: UTF-8, with or without a byte-order mark
/// @throws InputError naming file and row; StorageError
[[nodiscard]] CsvTable read_csv(const std::string& path, const std::string& encoding = "");

/// The same from its bytes. @param name of the file, for messages
[[nodiscard]] CsvTable parse_csv(std::string_view bytes, const std::string& name,
                                 const std::string& encoding = "");

}  // namespace phusong::io
