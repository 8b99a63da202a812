#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "engine/errors.hpp"
#include "io/files/checked_file.hpp"
#include "io/files/sha256.hpp"
#include "io/text/csv.hpp"
#include "io/text/geojson.hpp"
#include "io/text/number.hpp"
#include "tests/support/drawing.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

io::Table table_of(std::vector<std::vector<io::TableValue>> rows) {
    io::Table table;
    table.name = "t";
    table.columns = {{"code", io::TableColumn::Kind::text}, {"people", io::TableColumn::Kind::real}};
    table.rows = std::move(rows);
    return table;
}

}  // namespace

TEST_CASE("Numbers are written as short as they read back, without an exponent in the range of people") {
    CHECK(io::shortest(0.1) == "0.1");
    CHECK(io::shortest(3831694) == "3831694");
    CHECK(io::shortest(1e-7) == "0.0000001");
    CHECK(io::shortest(-2885798.0197) == "-2885798.0197");
    for (const double value : {1.0 / 3, 2885798.0197, 1e300, 5e-324})
        CHECK(std::strtod(io::shortest(value).c_str(), nullptr) == value);
}

TEST_CASE("CSV keeps leading zeros, quotes what needs it and defuses formulas") {
    const ScratchFolder folder;
    io::write_csv(folder / "t.csv", table_of({{std::string{"00001"}, 1.5},
                                              {std::string{"=1+1"}, io::TableValue{}},
                                              {std::string{"a,\"b\"\nc"}, -2.0},
                                              {std::string{"-x"}, std::int64_t{7}},
                                              {std::string{"@y"}, 0.0},
                                              {std::string{"\tz"}, 0.0}}));
    CHECK(text_of(folder / "t.csv") ==
          "code,people\n00001,1.5\n'=1+1,\n\"a,\"\"b\"\"\nc\",-2\n'-x,7\n'@y,0\n'\tz,0\n");
}

TEST_CASE("A text begins no formula either where a locale with semicolons would cut it") {
    CHECK(io::csv_text("Xã A;=1+1") == "Xã A;'=1+1");
    CHECK(io::csv_text("a\n@b\tc") == "a\n'@b\tc");
    CHECK(io::csv_text("\uFF1D1") == "'\uFF1D1");
    CHECK(io::csv_text("Bắc-Nam; A+B =") == "Bắc-Nam; A+B =");
}

TEST_CASE("Control characters of a text are pictures in CSV") {
    CHECK(io::csv_text("a\x1B[31m\x07\x7F") == "a\u241B[31m\u2407\u2421");
}

TEST_CASE("Types beside a CSV keep codes text and people numbers") {
    const ScratchFolder folder;
    io::write_csv(folder / "t.csv", table_of({{std::string{"00001"}, 1.0}}));
    CHECK(text_of(folder / "t.csvt") == "\"String\",\"Real\"\n");
}

TEST_CASE("GeoJSON turns shells counter-clockwise and holes clockwise, closes rings, and holds no NaN") {
    const ScratchFolder folder;
    io::Table table =
        table_of({{std::string{"0\"1"}, std::numeric_limits<double>::quiet_NaN()}, {std::string{"2"}, 3.0}});
    MultiPolygon clockwise = polygon({{0, 0}, {0, 1}, {1, 1}, {1, 0}});
    clockwise.parts[0].holes.push_back({{0.25, 0.25}, {0.5, 0.25}, {0.5, 0.5}});
    table.shape_of = [&](std::size_t row) { return row == 0 ? clockwise : MultiPolygon{}; };
    table.metadata = {{"SYNTHETIC", "YES"}};
    io::write_geojson(folder / "t.geojson", table);
    CHECK(text_of(folder / "t.geojson") ==
          "{\"type\":\"FeatureCollection\",\"name\":\"t\",\"SYNTHETIC\":\"YES\",\"features\":[\n"
          "{\"type\":\"Feature\",\"properties\":{\"code\":\"0\\\"1\",\"people\":null},\"geometry\":"
          "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,1],[0,0]],"
          "[[0.25,0.25],[0.5,0.5],[0.5,0.25],[0.25,0.25]]]]}},\n"
          "{\"type\":\"Feature\",\"properties\":{\"code\":\"2\",\"people\":3.0},\"geometry\":null}\n]}\n");
}

TEST_CASE("A file that exists is not written over, a folder that is missing is said") {
    const ScratchFolder folder;
    write(folder / "old", "old");
    CHECK_THROWS_AS(io::CheckedFile{folder / "old"}, StorageError);
    CHECK_THROWS_WITH(io::CheckedFile{folder / "no/such"},
                      Catch::Contains("no/such") && Catch::Contains("No such file"));
    CHECK(text_of(folder / "old") == "old");
}

TEST_CASE("Outputs follow no link") {
    const ScratchFolder folder;
    std::filesystem::create_symlink(folder / "elsewhere", folder / "link");
    CHECK_THROWS_AS(io::CheckedFile{folder / "link"}, StorageError);
    CHECK_FALSE(std::filesystem::exists(folder / "elsewhere"));
}

TEST_CASE("SHA-256 of a file is the one that FIPS 180-2 gives for abc") {
    const ScratchFolder folder;
    write(folder / "abc", "abc");
    const io::FileDigest digest = io::sha256_of(folder / "abc");
    CHECK(digest.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(digest.bytes == 3);
    CHECK_THROWS_AS(io::sha256_of(folder / "none"), StorageError);
}

}  // namespace phusong::test
