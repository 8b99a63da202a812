#include <cpl_vsi.h>
#include <ogr_api.h>
#include <ogrsf_frmts.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdint>
#include <limits>

#include "engine/errors.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/scoped_option.hpp"
#include "io/gdal/startup.hpp"
#include "io/workbook.hpp"
#include "io/workbook_check.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

using Kind = io::TableColumn::Kind;

io::Table table_of(std::vector<io::TableColumn> columns, std::vector<std::vector<io::TableValue>> rows) {
    io::Table table;
    table.name = "communes";
    table.columns = std::move(columns);
    table.rows = std::move(rows);
    return table;
}

io::Table texts(const std::vector<std::string>& lines) {
    io::Table table = table_of({{"name", Kind::text}}, {});
    for (const std::string& line : lines) table.rows.push_back({line});
    return table;
}

void write(const std::filesystem::path& path, const io::Table& table, const io::WorkbookLimits& limits = {}) {
    io::write_workbook(path, {&table, 1}, limits);
}

/// A sheet as GDAL's reader of workbooks sees it.
class Sheet {
public:
    Sheet(const std::filesystem::path& path, const char* name) {
        io::start_gdal();
        RegisterOGRXLSX();
        constexpr const char* const drivers[] = {"XLSX", nullptr};
        dataset_.reset(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR, drivers, nullptr, nullptr));
        REQUIRE(dataset_);
        layer_ = GDALDatasetGetLayerByName(dataset_.get(), name);
        REQUIRE(layer_ != nullptr);
    }
    [[nodiscard]] std::size_t rows() const {
        return static_cast<std::size_t>(OGR_L_GetFeatureCount(layer_, 1));
    }
    /// @param row from 0, without the heading
    [[nodiscard]] std::string text(std::int64_t row, const char* column) const {
        const io::FeatureHandle feature = at(row);
        return OGR_F_GetFieldAsString(feature.get(), OGR_F_GetFieldIndex(feature.get(), column));
    }
    [[nodiscard]] double number(std::int64_t row, const char* column) const {
        const io::FeatureHandle feature = at(row);
        return OGR_F_GetFieldAsDouble(feature.get(), OGR_F_GetFieldIndex(feature.get(), column));
    }
    [[nodiscard]] bool filled(std::int64_t row, const char* column) const {
        const io::FeatureHandle feature = at(row);
        return OGR_F_IsFieldSetAndNotNull(feature.get(), OGR_F_GetFieldIndex(feature.get(), column)) != 0;
    }
    [[nodiscard]] OGRFieldType type(const char* column) const {
        OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer_);
        return OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, OGR_FD_GetFieldIndex(definition, column)));
    }

private:
    [[nodiscard]] io::FeatureHandle at(std::int64_t row) const {
        OGR_L_SetNextByIndex(layer_, row);
        io::FeatureHandle feature{OGR_L_GetNextFeature(layer_)};
        REQUIRE(feature);
        return feature;
    }

    io::ScopedOption headings_{"OGR_XLSX_HEADERS", "FORCE"};
    io::DatasetHandle dataset_;
    OGRLayerH layer_ = nullptr;
};

/// One file of those that a workbook zips.
std::string part_of(const std::filesystem::path& workbook, const std::string& name) {
    VSILFILE* file = VSIFOpenL(("/vsizip/{" + workbook.string() + "}/" + name).c_str(), "rb");
    REQUIRE(file != nullptr);
    std::string text(std::size_t{1} << 20, '\0');
    text.resize(VSIFReadL(text.data(), 1, text.size(), file));
    VSIFCloseL(file);
    return text;
}

/// What stands between two words, after a third.
std::string between(const std::string& text, const std::string& after, const std::string& open,
                    const std::string& close) {
    const std::size_t from = text.find(after);
    REQUIRE(from != std::string::npos);
    const std::size_t begin = text.find(open, from) + open.size();
    return text.substr(begin, text.find(close, begin) - begin);
}

/// The number format of the first cell below a heading.
std::string format_of(const std::filesystem::path& workbook, char column) {
    const std::string cell = std::string{"<c r=\""} + column + "2\"";
    const std::string style = between(part_of(workbook, "xl/worksheets/sheet1.xml"), cell, " s=\"", "\"");
    const std::string styles = part_of(workbook, "xl/styles.xml");
    std::size_t at = styles.find("<cellXfs");
    for (int i = 0; i <= std::stoi(style); ++i) at = styles.find("<xf ", at + 1);
    const std::string number = between(styles.substr(at), "<xf ", "numFmtId=\"", "\"");
    return between(styles, "<numFmt numFmtId=\"" + number, "formatCode=\"", "\"");
}

/// While it lives, no file of this process grows beyond so many bytes: a write fails as on a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : signal_{std::signal(SIGXFSZ, SIG_IGN)} {
        ::getrlimit(RLIMIT_FSIZE, &limit_);
        rlimit tighter = limit_;
        tighter.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &tighter);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &limit_);
        static_cast<void>(std::signal(SIGXFSZ, signal_));
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit limit_{};
    void (*signal_)(int);
};

std::size_t files_in(const std::filesystem::path& folder) {
    const std::filesystem::directory_iterator all{folder};
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace

TEST_CASE("A workbook keeps codes and formula-like texts as texts, numbers as numbers, gaps as gaps") {
    const ScratchFolder folder;
    const double none = std::numeric_limits<double>::quiet_NaN();
    const double endless = std::numeric_limits<double>::infinity();
    const std::vector<std::string> names{"=1+1", "+84", "-5", "@x", "Đắk Lắk <&> \"mới\"\nx", " 007 "};
    write(folder / "t.xlsx",
          table_of(
              {{"code", Kind::text}, {"name", Kind::text}, {"people", Kind::real}, {"cells", Kind::integer}},
              {{"00102", names[0], 2885798.0197, std::int64_t{7}},
               {"1e5", names[1], -0.125, std::int64_t{-9'007'199'254'740'991}},
               {"2025-01-01", names[2], 1.0 / 3, io::TableValue{}},
               {"00105", names[3], io::TableValue{}, std::int64_t{0}},
               {"00106", names[4], none, std::int64_t{1}},
               {io::TableValue{}, names[5], endless, std::int64_t{1}}}));
    const Sheet sheet{folder / "t.xlsx", "communes"};
    REQUIRE(sheet.rows() == 6);
    CHECK(sheet.type("code") == OFTString);
    CHECK(sheet.text(0, "code") == "00102");
    CHECK(sheet.text(1, "code") == "1e5");
    CHECK(sheet.text(2, "code") == "2025-01-01");
    CHECK_FALSE(sheet.filled(5, "code"));
    for (std::size_t i = 0; i < names.size(); ++i)
        CHECK(sheet.text(static_cast<std::int64_t>(i), "name") == names[i]);
    CHECK(part_of(folder / "t.xlsx", "xl/worksheets/sheet1.xml").find("<f>") == std::string::npos);

    CHECK(sheet.type("people") == OFTReal);
    CHECK(sheet.number(0, "people") == 2885798.0197);
    CHECK(sheet.number(1, "people") == -0.125);
    CHECK(sheet.number(2, "people") == Approx(1.0 / 3).epsilon(1e-15));
    for (const std::int64_t row : {3, 4, 5}) CHECK_FALSE(sheet.filled(row, "people"));
    CHECK(sheet.number(0, "cells") == 7);
    CHECK(sheet.number(1, "cells") == -9'007'199'254'740'991);
    CHECK_FALSE(sheet.filled(2, "cells"));
    CHECK(sheet.filled(3, "cells"));
}

TEST_CASE("A workbook has a sheet per table, in their order, with a frozen heading and a filter") {
    const ScratchFolder folder;
    std::vector<io::Table> tables{texts({"a"}), texts({}), texts({"c", "d"})};
    tables[1].name = "provinces";
    tables[2].name = "a_name_of_more_than_31_characters";
    io::write_workbook(folder / "t.xlsx", tables);
    const std::string book = part_of(folder / "t.xlsx", "xl/workbook.xml");
    std::size_t at = 0;
    for (const std::string name : {"communes", "provinces", "a_name_of_more_than_31_characte"}) {
        at = book.find("<sheet name=\"" + name + '"', at);
        REQUIRE(at != std::string::npos);
    }
    const std::string empty = part_of(folder / "t.xlsx", "xl/worksheets/sheet2.xml");
    CHECK(empty.find("<c r=\"A1\"") != std::string::npos);
    CHECK(empty.find("<c r=\"A2\"") == std::string::npos);
    CHECK(Sheet(folder / "t.xlsx", "a_name_of_more_than_31_characte").text(1, "name") == "d");
    const std::string sheet = part_of(folder / "t.xlsx", "xl/worksheets/sheet3.xml");
    CHECK(between(sheet, "<pane", "ySplit=\"", "\"") == "1");
    CHECK(between(sheet, "<pane", "state=\"", "\"") == "frozen");
    CHECK(between(sheet, "<autoFilter", "ref=\"", "\"") == "A1:A3");
}

TEST_CASE(
    "Columns of a workbook show people whole, per cent and hours to two places, numbers of things bare") {
    const std::vector<std::pair<io::TableColumn, std::string>> shown{
        {{"4g_served", Kind::real}, "#,##0"},
        {{"people_hours", Kind::real}, "#,##0"},
        {{"4g_low_pct", Kind::real}, "0.00"},
        {{"start_hours", Kind::real}, "0.00"},
        {{"index_people_dark", Kind::real}, "0.00"},
        {{"area_km2", Kind::real}, "#,##0.00"},
        {{"longitude", Kind::real}, "0.0000000"},
        {{"farthest_latitude", Kind::real}, "0.0000000"},
        {{"cells", Kind::integer}, "#,##0"},
        {{"id", Kind::integer}, "0"},
        {{"no_4g_largest_dead_zone", Kind::integer}, "0"},
        {{"rank", Kind::integer}, "0"},
    };
    io::Table table = table_of({}, {{}});
    for (const auto& [column, format] : shown) {
        table.columns.push_back(column);
        table.rows[0].emplace_back(1.5);
    }
    const ScratchFolder folder;
    write(folder / "t.xlsx", table);
    for (std::size_t i = 0; i < shown.size(); ++i) {
        INFO(shown[i].first.name);
        CHECK(format_of(folder / "t.xlsx", static_cast<char>('A' + static_cast<int>(i))) == shown[i].second);
    }
}

TEST_CASE("Equal tables make equal workbooks: no file tells when it was written") {
    const ScratchFolder folder;
    for (const char* name : {"one.xlsx", "two.xlsx"}) write(folder / name, texts({"a", "b"}));
    const std::string bytes = text_of(folder / "one.xlsx");
    CHECK(bytes == text_of(folder / "two.xlsx"));
    const std::string core = part_of(folder / "one.xlsx", "docProps/core.xml");
    CHECK(between(core, "<dcterms:created", ">", "<") == "2000-01-01T00:00:00Z");
    CHECK(between(core, "<dcterms:modified", ">", "<") == "2000-01-01T00:00:00Z");
    // A zip's local header: time and date of MS-DOS at byte 10, here the first of January 1980.
    std::size_t parts = 0;
    for (std::size_t at = 0; (at = bytes.find("PK\x03\x04", at)) != std::string::npos; at += 4, ++parts)
        CHECK(bytes.substr(at + 10, 4) == std::string("\0\0\x21\0", 4));
    CHECK(parts > 5);
}

TEST_CASE("A workbook of synthetic tables says so, and only that one") {
    const ScratchFolder folder;
    std::vector<io::Table> tables{texts({"a"}), texts({"b"})};
    tables[1].name = "provinces";
    tables[0].metadata = {{"study", "Tỉnh mẫu"}};
    io::write_workbook(folder / "real.xlsx", tables);
    tables[1].metadata = {{"SYNTHETIC", "YES"}};
    io::write_workbook(folder / "made_up.xlsx", tables);
    const std::string real = part_of(folder / "real.xlsx", "docProps/core.xml");
    CHECK(between(real, "<dc:title", ">", "<") == "Tỉnh mẫu");
    CHECK(real.find("SYNTHETIC") == std::string::npos);
    const std::string made_up = part_of(folder / "made_up.xlsx", "docProps/core.xml");
    CHECK_THAT(between(made_up, "<dc:description", ">", "<"), Catch::StartsWith("SYNTHETIC"));
}

TEST_CASE("Rows that a sheet cannot hold are counted in its last row") {
    const ScratchFolder folder;
    write(folder / "full.xlsx", texts({"a", "b", "c"}), {4, 100});
    const Sheet full{folder / "full.xlsx", "communes"};
    CHECK(full.rows() == 3);
    CHECK(full.text(2, "name") == "c");
    write(folder / "over.xlsx", texts({"a", "b", "c", "d", "e"}), {4, 100});
    const Sheet over{folder / "over.xlsx", "communes"};
    CHECK(over.rows() == 3);
    CHECK(over.text(1, "name") == "b");
    CHECK(over.text(2, "name") == "3 more rows are in communes.csv");
}

TEST_CASE("A text that a cell cannot hold is cut between two characters, as Excel counts them") {
    const ScratchFolder folder;
    const std::string satellite = "\xF0\x9F\x9B\xB0";  // two units of UTF-16
    write(folder / "t.xlsx",
          texts({"12345678", "123456789", "ắắắắắắắắ", "ắắắắắắắắắ", "1234" + satellite + "567"}), {100, 8});
    const Sheet sheet{folder / "t.xlsx", "communes"};
    CHECK(sheet.text(0, "name") == "12345678");
    CHECK(sheet.text(1, "name") == "12345...");
    CHECK(sheet.text(2, "name") == "ắắắắắắắắ");
    CHECK(sheet.text(3, "name") == "ắắắắắ...");
    CHECK(sheet.text(4, "name") == "1234...");

    write(folder / "long.xlsx", texts({std::string(32'767, 'x'), std::string(32'768, 'x')}));
    const Sheet full{folder / "long.xlsx", "communes"};
    CHECK((full.text(0, "name") == std::string(32'767, 'x')));
    CHECK((full.text(1, "name") == std::string(32'764, 'x') + "..."));
}

TEST_CASE("A workbook that cannot be written leaves nothing, and nothing old is written over") {
    const ScratchFolder folder;
    write(folder / "old", "old");
    CHECK_THROWS_WITH(write(folder / "old", texts({"a"})), Catch::Contains("/old' cannot be made"));
    CHECK(text_of(folder / "old") == "old");
    CHECK_THROWS_WITH(write(folder / "no/t.xlsx", texts({"a"})), Catch::Contains("No such file"));
    const std::vector<io::Table> twice{texts({"a"}), texts({"b"})};
    CHECK_THROWS_AS(io::write_workbook(folder / "t.xlsx", twice), StorageError);
    CHECK_THROWS_WITH(io::write_workbook(folder / "t.xlsx", twice),
                      Catch::Contains("t.xlsx' cannot be written: sheet 'communes'"));
    CHECK(files_in(folder.path()) == 1);
    write(folder / "t.xlsx", texts({"a"}));
    CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("A workbook whose temporary files did not fit is no result") {
    const ScratchFolder folder;
    // Rows of one value: their XML is much longer than what it zips to.
    const io::Table table = texts(std::vector<std::string>(20'000, "the same"));
    {
        const FileSizeLimit limit{std::size_t{1} << 18};
        CHECK_THROWS_WITH(write(folder / "t.xlsx", table), Catch::Contains("t.xlsx' cannot be written"));
    }
    CHECK(files_in(folder.path()) == 0);
    write(folder / "t.xlsx", table);
    CHECK(std::filesystem::file_size(folder / "t.xlsx") < std::size_t{1} << 18);
}

TEST_CASE("The check of a workbook counts every cell once, across what it reads at a time") {
    const ScratchFolder folder;
    write(folder / "t.xlsx", texts(std::vector<std::string>(20'000, "<c r=")));
    const auto check = [&](std::size_t cells) { io::require_cells(folder / "t.xlsx", {&cells, 1}); };
    CHECK_NOTHROW(check(20'001));
    CHECK_THROWS_AS(check(20'000), StorageError);
    CHECK_THROWS_AS(check(20'002), StorageError);
}

}  // namespace phusong::test
