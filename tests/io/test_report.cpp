#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/report/map_drawing.hpp"
#include "io/report/map_frame.hpp"
#include "io/report/measures.hpp"
#include "io/report/report.hpp"
#include "io/report/svg_map.hpp"
#include "io/report/wording.hpp"

namespace phusong::test {
namespace {

using Kind = io::TableColumn::Kind;

MultiPolygon box(double west, double south, double side) {
    return {{{{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}}, {}}}};
}

/// Two communes side by side, each 2 x 2.
io::Table two_communes() {
    io::Table table;
    table.name = "communes";
    table.columns = {{"code", Kind::text},
                     {"4g_low_pct", Kind::real},
                     {"4g_sampling_error_pct", Kind::real},
                     {"no_mobile", Kind::real}};
    table.rows = {{std::string{"00001"}, 99.0, 0.0, 0.0}, {std::string{"00002"}, 49.9, 0.0, 1500.0}};
    table.shape_of = [](std::size_t row) { return box(2.0 * static_cast<double>(row), 0, 2); };
    return table;
}

}  // namespace

TEST_CASE("Path data goes from corner to corner in steps and closes every ring") {
    CHECK(io::path_data({{{{3, 4}, {13, 4}, {13, 2}}, {{0, 0}, {-5, 6}, {7, 7}}}}) ==
          "M3 4l10 0 0-2zM0 0l-5 6 12 1z");
    CHECK(io::path_data({}).empty());
}

TEST_CASE("A frame fits the communes, and degrees east to west are as long as on the ground") {
    const io::Table table = two_communes();
    const io::MapFrame plane = io::frame_around(table, false);
    CHECK(plane.width == io::longest_side);
    CHECK(plane.height == io::longest_side / 2);
    CHECK(plane.place({0, 2}) == DrawnPoint{0, 0});
    CHECK(plane.place({4, 0}) == DrawnPoint{io::longest_side, io::longest_side / 2});

    io::Table north = table;
    north.shape_of = [](std::size_t row) { return box(2.0 * static_cast<double>(row), 59, 2); };
    const io::MapFrame globe = io::frame_around(north, true);
    CHECK(globe.width == globe.height);  // at 60 degrees a degree of longitude is half as long
}

TEST_CASE("Shells are drawn clockwise and holes the other way round, however they came") {
    const io::MapFrame frame = io::frame_around(two_communes(), false);
    MultiPolygon shape = box(0, 0, 2);
    shape.parts[0].holes.push_back(box(0.5, 0.5, 1).parts[0].shell);
    const DrawnShape drawn = frame.shape(shape);
    REQUIRE(drawn.rings.size() == 2);
    CHECK(twice_area(drawn.rings[0]) > 0);
    CHECK(twice_area(drawn.rings[1]) < 0);
}

TEST_CASE("Neighbours are drawn with one border, and the boundary goes around both") {
    const io::MapDrawing drawing = io::draw_map({two_communes()}, false);
    REQUIRE(drawing.communes.size() == 2);
    // The common border from both sides: down as one goes around, up as the other does.
    CHECK(drawing.communes[0] == "M8192 0l0 8192-8192 0 0-8192z");
    CHECK(drawing.communes[1] == "M8192 0l8192 0 0 8192-8192 0z");
    CHECK(drawing.boundary.find('M') == drawing.boundary.rfind('M'));
    REQUIRE(drawing.label_places[1]);
    CHECK(*drawing.label_places[1] == DrawnPoint{12288, 4096});
}

TEST_CASE("Classes end below their break, and nobody is a class of their own") {
    const std::vector<io::Measure> measures = io::measures_of({two_communes()});
    REQUIRE(measures.size() == 2);
    CHECK(measures[0].id == "4g");
    CHECK(measures[0].classes == "50");  // 99 is in the best class, 49.9 in the last
    CHECK(measures[1].id == "no_mobile");
    CHECK(measures[1].breaks == std::vector<double>{1e-9, 40, 100, 200, 500});
    CHECK(measures[1].classes == "05");
}

TEST_CASE("What most communes lack has its steps below half of the people") {
    io::Table communes = two_communes();
    CHECK(io::measures_of({communes})[0].breaks == std::vector<double>{50, 80, 90, 95, 99});  // one of two
    communes.rows[0][1] = 12.0;
    const io::Measure measure = io::measures_of({communes})[0];
    CHECK(measure.breaks == std::vector<double>{10, 25, 50, 75, 90});
    CHECK(measure.classes == "12");
}

TEST_CASE("The map of an event comes first, and a commune without a row in it is not known") {
    io::Table gaps;
    gaps.name = "gaps";
    gaps.columns = {{"code", Kind::text}, {"people_dark", Kind::real}};
    gaps.rows = {{std::string{"00002"}, 30.0}};
    const std::vector<io::Measure> measures = io::measures_of({two_communes(), gaps});
    CHECK(measures.front().id == "people_dark");
    CHECK(measures.front().classes == "-5");
}

TEST_CASE("Each target is a map of statuses, in which what is no commune has no part") {
    io::Table targets;
    targets.name = "targets";
    targets.columns = {{"target", Kind::text}, {"code", Kind::text}, {"status", Kind::text}};
    const auto row = [](const char* target, const char* code, const char* status) {
        return std::vector<io::TableValue>{std::string{target}, std::string{code}, std::string{status}};
    };
    targets.rows = {row("A", "00001", "XANH"), row("A", "00002", "CẦN ĐO"), row("A", "total", "VÀNG"),
                    row("B", "00001", ""),     row("B", "00002", "ĐỎ"),     row("B", "total", "ĐỎ")};
    const std::vector<io::Measure> measures = io::measures_of({two_communes(), targets});
    REQUIRE(measures.size() == 4);
    CHECK(measures[2].subject == "A");
    CHECK(measures[2].classes == "03");
    CHECK(measures[3].id == "target_2");
    CHECK(measures[3].classes == "-2");
    CHECK(io::status_words().size() == io::status_marks().size());
    CHECK(io::status_words().size() == io::colours_of(io::Measure::Kind::status).size());
}

TEST_CASE("JSON in a page ends no script and begins no markup, and reads back the same") {
    const nlohmann::ordered_json json{{"name", "</script><!-- & \xE2\x80\xA8 \xE2\x80\xA9 Xã"}};
    const std::string text = io::json_for_page(json);
    for (const char* mark : {"<", ">", "&", "\xE2\x80\xA8", "\xE2\x80\xA9"})
        CHECK(text.find(mark) == std::string::npos);
    CHECK(nlohmann::ordered_json::parse(text) == json);
    CHECK_NOTHROW(io::json_for_page({{"name", "\xFF no UTF-8"}}));
}

TEST_CASE("Text in a picture stays text") {
    CHECK(io::escaped_text("<b> & \"x\" 'y'\x01") == "&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;\xEF\xBF\xBD");
}

TEST_CASE("Words are filled in, and numbers grouped as each language does") {
    const io::Wording vietnamese{"vi"};
    const io::Wording english{"en"};
    CHECK(vietnamese.whole(3831694) == "3.831.694");
    CHECK(english.whole(98504) == "98,504");
    CHECK(english.whole(7) == "7");
    CHECK(english.word("class_below", {"50"}) == "below 50");
    CHECK(english.word("no such key") == "no such key");
    CHECK(vietnamese.technology("5g") == "5G");
    CHECK(english.technology("fibre_passed") == "fibre passed");
    CHECK(english.technology("satellite") == "satellite");
}

}  // namespace phusong::test
