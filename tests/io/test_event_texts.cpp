#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "io/text/csv_reader.hpp"
#include "io/text/curve_file.hpp"
#include "io/text/moment.hpp"
#include "io/text/status_file.hpp"
#include "io/text/words.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

template <typename Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

std::string curve_refusal(const std::string& text) {
    return refusal([&] { static_cast<void>(io::parse_curve(text, "c.toml")); });
}

/// Reads a status file of this text.
class StatusFile {
public:
    explicit StatusFile(const std::string& text) { write(folder_ / "status.csv", text); }
    [[nodiscard]] std::vector<io::StatusRow> rows() const {
        return io::read_status_file((folder_ / "status.csv").string());
    }
    [[nodiscard]] std::string refused() const {
        return refusal([&] { static_cast<void>(rows()); });
    }

private:
    ScratchFolder folder_;
};

}  // namespace

TEST_CASE("One moment in all its spellings") {
    const double moment = 1759078800;  // 2025-09-28 17:00 UTC
    for (const char* text :
         {"2025-09-29T00:00:00+07:00", "2025-09-28T17:00:00Z", "2025-09-28 17:00Z", "2025-09-29T00+0700",
          "2025/09/29 00:00:00+07", "2025-09-28T12:00:00.000-05:00", " 2025-09-28t17:00z "}) {
        INFO(text);
        CHECK(io::moment_of(text).seconds == std::optional{moment});
    }
    CHECK(io::moment_of("2025-09-28T17:00:00.25Z").seconds == std::optional{moment + 0.25});
    CHECK(io::moment_of("1970-01-01T00:00Z").seconds == std::optional{0.0});
    CHECK(io::hours_between(moment, moment + 5400) == 1.5);
}

TEST_CASE("A time without its zone is no moment, nor is what is no time") {
    for (const char* text : {"2025-09-29T00:00:00", "2025-09-29", "2025-09-29 06:00"}) {
        CHECK_FALSE(io::moment_of(text).seconds);
        CHECK_THAT(io::moment_of(text).fault, Catch::Contains("no time zone") && Catch::Contains(text));
    }
    for (const char* text : {"", "yesterday", "29/09/2025 00:00Z", "2025-02-30T00:00Z", "2025-09-29T24:00Z",
                             "2025-09-29T00:60Z", "2025-09-29T00:00+15:00", "2025-09-29T00:00Zulu"}) {
        INFO(text);
        CHECK_FALSE(io::moment_of(text).seconds);
        CHECK_THAT(io::moment_of(text).fault, Catch::Contains("write one such as"));
    }
}

TEST_CASE("The curves that phusong brings along are those of their sources") {
    const io::Curve tower = io::read_curve("lattice-tower");
    CHECK(std::get<LatticeTowerRule>(tower.shape) == LatticeTowerRule{1.25, 0.15});
    CHECK(tower.hazard_error == 0.15);
    CHECK(std::get<FragilityCurve>(io::read_curve("grid-power-gust").shape) ==
          FragilityCurve{power_lost_prior});
    CHECK(std::get<BatteryLife>(io::read_curve("battery-life").shape) == BatteryLife{});
    const FragilityCurve steps = std::get<FragilityCurve>(io::read_curve("open-rigbi-wind").shape);
    CHECK(failure_probability(steps, 39.9) == 0);
    CHECK(failure_probability(steps, 50) == 0.2);
    CHECK(failure_probability(steps, 79.9) == 0.98);
    CHECK(failure_probability(steps, 80) == 1);
    for (const char* name : {"lattice-tower", "grid-power-gust", "battery-life", "open-rigbi-wind"}) {
        CHECK(io::is_shipped_curve(name));
        CHECK(io::read_curve(name).name == name);
        CHECK_FALSE(io::read_curve(name).source.empty());
        CHECK_FALSE(io::read_curve(name).quantity.empty());
    }
}

TEST_CASE("A curve of one's own is read from a file, and a name that is none lists the known ones") {
    const ScratchFolder folder;
    write(
        folder / "mine.toml",
        "kind = \"tabulated\"\npoints = [[20, 0], [40, 0.5], [60, 1]]\nquantity = \"gust\"\nunit = \"m/s\"\n"
        "source = \"me\"\n");
    const io::Curve curve = io::read_curve((folder / "mine.toml").string());
    CHECK(curve.name == "mine");
    CHECK(failure_probability(std::get<FragilityCurve>(curve.shape), 30) == 0.25);
    CHECK_THAT(refusal([] { static_cast<void>(io::read_curve("lattice")); }),
               Catch::Contains("'lattice'") && Catch::Contains("lattice-tower"));
}

TEST_CASE("A curve that cannot be one is refused by line") {
    const std::string facts = "quantity = \"gust\"\nunit = \"m/s\"\nsource = \"me\"\n";
    CHECK_THAT(curve_refusal(facts), Catch::Contains("'kind' is missing"));
    CHECK_THAT(curve_refusal("kind = \"weibull\"\n" + facts),
               Catch::Contains("line 1") && Catch::Contains("weibull"));
    CHECK_THAT(curve_refusal("kind = \"lognormal\"\nmedian = 0\nbeta = 0.1\n" + facts),
               Catch::Contains("line 2") && Catch::Contains("more than 0"));
    CHECK_THAT(curve_refusal("kind = \"lognormal\"\nmedian = 30\nbeta = -1\n" + facts),
               Catch::Contains("line 3"));
    CHECK_THAT(curve_refusal("kind = \"lognormal\"\nmedian = 30\nbeta = 0.1\ngamma = 1\n" + facts),
               Catch::Contains("'gamma'"));
    for (const char* steps : {"[]", "[[1]]", "[[2, 0.5], [1, 0.6]]", "[[1, 0.5], [2, 0.4]]", "[[1, 1.5]]"}) {
        CHECK_THAT(curve_refusal("kind = \"steps\"\nsteps = " + std::string{steps} + "\n" + facts),
                   Catch::Contains("ascending"));
    }
    CHECK_THAT(curve_refusal("kind = \"battery\"\nmedian_hours = 3\nsigma = 1\n" + facts),
               Catch::Contains("unit"));
    CHECK_THAT(curve_refusal("kind = "), Catch::Contains("c.toml"));
}

TEST_CASE("CSV cells keep quotes, separators and line breaks, and rows count as in a spreadsheet") {
    const io::CsvTable table = io::parse_csv(
        "\xEF\xBB\xBF"
        "id;name;n\r\n007;\"a;\"\"b\"\"\nc\" ;1\r\n\r\n008;Xo\xCC\x81m;",
        "t.csv");
    CHECK(table.columns == std::vector<std::string>{"id", "name", "n"});
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].number == 2);
    CHECK(table.rows[0].cells[0] == "007");
    CHECK(table.rows[1].number == 4);
    CHECK(table.rows[1].cells == std::vector<std::string>{"008", "Xóm", ""});
    CHECK(table.find("NAME") == std::optional<std::size_t>{1});
    CHECK(io::parse_csv("a,b\n\"x,\"\"y\"\"\nz\",2\n", "t.csv").rows[0].cells ==
          std::vector<std::string>{"x,\"y\"\nz", "2"});
    CHECK_THAT(refusal([&] { static_cast<void>(table.column("status")); }),
               Catch::Contains("'t.csv' has no column 'status'") && Catch::Contains("id, name, n"));
    CHECK_THAT(refusal([] { static_cast<void>(io::parse_csv("a,b\n1,\"2\n", "t.csv")); }),
               Catch::Contains("row 2") && Catch::Contains("never closed"));
    CHECK_THAT(refusal([] { static_cast<void>(io::parse_csv("a,b\n1,2,3\n", "t.csv")); }),
               Catch::Contains("row 2 has 3 cells for 2 columns"));
    CHECK_THAT(refusal([] { static_cast<void>(io::parse_csv("a\n\xD0\xE1\n", "t.csv")); }),
               Catch::Contains("not UTF-8"));
    CHECK(io::parse_csv("a\n\xD0\xE1\n", "t.csv", "CP1258").rows[0].cells[0] == "Đá");
}

TEST_CASE("A status file with an id alone says that sites are down") {
    const auto rows = StatusFile{"id\n007\nS2\n"}.rows();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id == "007");
    CHECK(rows[0].status == Status::down);
    CHECK(rows[0].cause == OutageCause::unattributed);
    CHECK_FALSE(rows[0].since);
    CHECK_THAT(rows[1].where, Catch::Contains("status.csv', row 3"));
}

TEST_CASE("A status file tells status, cause, since and repair in English and Vietnamese") {
    const auto rows =
        StatusFile{
            "id,status,cause,since,repair_hours\n"
            "A,MẤT SÓNG,mất điện,2025-09-29T06:00+07:00,12\n"
            "B,up,,,\n"
            "C,không rõ,Truyền dẫn,,0.5\n"}
            .rows();
    CHECK(rows[0].status == Status::down);
    CHECK(rows[0].cause == OutageCause::power);
    CHECK(rows[0].since == std::optional<std::string>{"2025-09-29T06:00+07:00"});
    CHECK(rows[0].repair_hours == std::optional{12.0});
    CHECK(rows[1].status == Status::up);
    CHECK(rows[2].status == Status::unknown);
    CHECK(rows[2].cause == OutageCause::transport);
}

TEST_CASE("A status file that cannot be meant so is refused by row") {
    const auto refused = [](const std::string& text) { return StatusFile{text}.refused(); };
    CHECK_THAT(refused("site\nA\n"), Catch::Contains("no column 'id'"));
    CHECK_THAT(refused("id,status\n,down\n"), Catch::Contains("row 2") && Catch::Contains("id is missing"));
    CHECK_THAT(refused("id\nA\nB\nA\n"), Catch::Contains("'A' stands twice, in rows 2 and 4"));
    CHECK_THAT(refused("id,status\nA,broken\n"), Catch::Contains("'broken'") && Catch::Contains("up, down"));
    CHECK_THAT(refused("id,cause\nA,ghost\n"), Catch::Contains("'ghost'") && Catch::Contains("transport"));
    CHECK_THAT(refused("id,since\nA,2025-09-29T06:00\n"), Catch::Contains("no time zone"));
    CHECK_THAT(refused("id,repair_hours\nA,-1\n"), Catch::Contains("'-1'"));
    CHECK_THAT(refused("id,repair_hours\nA,soon\n"), Catch::Contains("'soon'"));
}

}  // namespace phusong::test
