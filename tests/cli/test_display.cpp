#include "tools/phusong/display.hpp"

#include <catch2/catch.hpp>

#include "tools/phusong/progress.hpp"

namespace phusong::test {
namespace {

Answer answer(double served, double unserved, double unknown) {
    Answer out;
    out.served.people = Persons::round(served);
    out.unserved.people = Persons::round(unserved);
    out.unknown.people = Persons::round(unknown);
    return out;
}

}  // namespace

TEST_CASE("100 % is never shown while anyone is unserved or unknown, 0 % never while anyone is served") {
    CHECK(cli::percent_text(answer(1e6, 0, 0)) == "100.00 %");
    CHECK(cli::percent_text(answer(1e6, 0.001, 0)) == ">99.99 %");
    CHECK(cli::percent_text(answer(0, 1e6, 0)) == "0.00 %");
    CHECK(cli::percent_text(answer(0.001, 1e6, 0)) == "<0.01 %");
    CHECK(cli::percent_text(answer(0, 0, 0)) == "-");
}

TEST_CASE("An interval is shown as soon as its ends read differently") {
    CHECK(cli::percent_text(answer(20, 75, 5)) == "20.00 to 25.00 %");
    CHECK(cli::percent_text(answer(99.97, 0.03, 0)) == "99.97 %");
    CHECK(cli::percent_text(answer(95, 0, 5)) == "95.00 to 100.00 %");
}

TEST_CASE("People are whole and grouped, names are padded by letters, not bytes") {
    CHECK(cli::people_text(Persons::round(3831694)) == "3,831,694");
    CHECK(cli::people_text(Persons::round(999.5)) == "1,000");
    CHECK(cli::people_text(Persons::round(-1234)) == "-1,234");
    CHECK(cli::padded("Nghệ An", 9) == "Nghệ An  ");
    CHECK(cli::padded_left("Hoà", 5) == "  Hoà");
}

TEST_CASE("What a terminal would obey in a name is shown to the reader instead") {
    CHECK(cli::printable("a\033[31mb\n\t\x7F") == "a\\x1b[31mb\\n\\t\\x7f");
    CHECK(cli::printable("a\u009Bb") == "a\\x9bb");
    CHECK(cli::printable("x\u202Egnp.exe \u2066") == "x\\u202egnp.exe \\u2066");
    CHECK(cli::printable("a\x9B\xE1\xBA") == "a\\x9b\\xe1\\xba");
    CHECK(cli::printable("\U0001F600 ế") == "\U0001F600 ế");
    CHECK(cli::printable_lines("a\n\rb\n") == "a\n\\x0db\n");
    CHECK(cli::printable("Xã Mỹ Khánh") == "Xã Mỹ Khánh");
}

TEST_CASE("Time left reads in minutes and seconds") {
    CHECK(cli::time_left(4.2) == "about 5 s left");
    CHECK(cli::time_left(125) == "about 2 min 5 s left");
}

}  // namespace phusong::test
