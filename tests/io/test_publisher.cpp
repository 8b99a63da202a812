#include "io/files/publisher.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include "engine/errors.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

using io::Publisher;

std::size_t entries(const std::filesystem::path& folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{folder}) ++count;
    return count;
}

}  // namespace

TEST_CASE("Nothing is there before publish, everything after") {
    const ScratchFolder folder;
    {
        Publisher publisher{folder / "deep/out/", Publisher::Existing::refuse};
        write(publisher.stage() / "manifest.json", "new");
        CHECK_FALSE(std::filesystem::exists(folder / "deep/out"));
        publisher.publish();
    }
    CHECK(text_of(folder / "deep/out/manifest.json") == "new");
    CHECK(entries(folder / "deep") == 1);
}

TEST_CASE("A run that fails leaves the older result and no litter") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder / "out");
    write(folder / "out/manifest.json", "old");
    {
        const Publisher publisher{folder / "out", Publisher::Existing::replace};
        write(publisher.stage() / "manifest.json", "half");
    }
    CHECK(text_of(folder / "out/manifest.json") == "old");
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("Replacing takes the whole older result away") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder / "out");
    write(folder / "out/manifest.json", "old");
    write(folder / "out/older-file", "old");
    {
        Publisher publisher{folder / "out", Publisher::Existing::replace};
        write(publisher.stage() / "manifest.json", "new");
        publisher.publish();
    }
    CHECK(text_of(folder / "out/manifest.json") == "new");
    CHECK(entries(folder / "out") == 1);
    CHECK(entries(folder.path()) == 1);
}

TEST_CASE("A folder with files is refused without leave to replace, and always when they are not ours") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder / "out");
    write(folder / "out/thesis.doc", "years of work");
    CHECK_THROWS_WITH((Publisher{folder / "out", Publisher::Existing::refuse}),
                      Catch::Contains("--overwrite"));
    CHECK_THROWS_WITH((Publisher{folder / "out", Publisher::Existing::replace}),
                      Catch::Contains("no result of phusong"));
    CHECK_THROWS_AS((Publisher{folder / "out/thesis.doc", Publisher::Existing::replace}), StorageError);
    CHECK(text_of(folder / "out/thesis.doc") == "years of work");
}

TEST_CASE("An empty folder is as good as none") {
    const ScratchFolder folder;
    std::filesystem::create_directory(folder / "out");
    Publisher publisher{folder / "out", Publisher::Existing::refuse};
    write(publisher.stage() / "manifest.json", "new");
    publisher.publish();
    CHECK(text_of(folder / "out/manifest.json") == "new");
}

TEST_CASE("The stage of a process that is gone is removed by the next run, others stay") {
    const ScratchFolder folder;
    // Process numbers end at 4,194,304 on Linux, so this one never lives.
    std::filesystem::create_directory(folder / ".out.phusong-stage-99999999");
    std::filesystem::create_directory(folder / ".other.phusong-stage-99999999");
    std::filesystem::create_directory(folder / ".out.phusong-stage-1");
    const Publisher publisher{folder / "out", Publisher::Existing::refuse};
    CHECK_FALSE(std::filesystem::exists(folder / ".out.phusong-stage-99999999"));
    CHECK(std::filesystem::exists(folder / ".other.phusong-stage-99999999"));
    CHECK(std::filesystem::exists(folder / ".out.phusong-stage-1"));
}

}  // namespace phusong::test
