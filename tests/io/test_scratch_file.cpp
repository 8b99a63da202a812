#include <sys/resource.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <csignal>
#include <numeric>
#include <thread>
#include <vector>

#include "engine/errors.hpp"
#include "io/files/scratch_file.hpp"
#include "tests/support/scratch_folder.hpp"

namespace phusong::test {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes counted(std::size_t size, std::size_t from) {
    Bytes bytes(size);
    std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(from));
    return bytes;
}

/// Files of this process may not grow beyond `bytes`, and trying is an error, not a signal.
class LargestFile {
public:
    explicit LargestFile(rlim_t bytes) : before_{::signal(SIGXFSZ, SIG_IGN)} {
        ::getrlimit(RLIMIT_FSIZE, &limit_);
        rlimit tighter = limit_;
        tighter.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &tighter);
    }
    ~LargestFile() {
        ::setrlimit(RLIMIT_FSIZE, &limit_);
        ::signal(SIGXFSZ, before_);
    }
    LargestFile(const LargestFile&) = delete;
    LargestFile& operator=(const LargestFile&) = delete;

private:
    rlimit limit_{};
    void (*before_)(int);
};

}  // namespace

TEST_CASE("A scratch file gives back what was put, by handle and in any order, and has no name") {
    const ScratchFolder folder;
    io::ScratchFile scratch{folder.path()};
    CHECK(std::filesystem::is_empty(folder.path()));
    const std::size_t first = scratch.put(Bytes{1, 2, 3});
    const std::size_t nothing = scratch.put({});
    const std::size_t large = scratch.put(counted(1 << 20, 7));
    CHECK(scratch.get(large) == counted(1 << 20, 7));
    CHECK(scratch.get(nothing).empty());
    CHECK(scratch.get(first) == Bytes{1, 2, 3});
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("Many threads put into and get from one scratch file") {
    const ScratchFolder folder;
    io::ScratchFile scratch{folder.path()};
    std::atomic<int> wrong = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < 8; ++t) {
            threads.emplace_back([&scratch, &wrong, t] {
                std::vector<std::size_t> handles;
                for (std::size_t i = 0; i < 200; ++i) handles.push_back(scratch.put(counted(i * t, i + t)));
                for (std::size_t i = 0; i < 200; ++i) {
                    if (scratch.get(handles[i]) != counted(i * t, i + t)) ++wrong;
                }
            });
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("A scratch file that cannot grow says so, and what was put before stays") {
    const ScratchFolder folder;
    io::ScratchFile scratch{folder.path()};
    const std::size_t kept = scratch.put(counted(5000, 1));
    {
        const LargestFile limit{8192};
        CHECK_THROWS_WITH(scratch.put(counted(5000, 2)), Catch::Contains(folder.path().string()) &&
                                                             Catch::Contains("File too large") &&
                                                             Catch::Contains("free space"));
    }
    CHECK(scratch.get(kept) == counted(5000, 1));
}

TEST_CASE("A scratch file in a folder that is not there is a storage error") {
    const ScratchFolder folder;
    CHECK_THROWS_AS(io::ScratchFile{folder / "none"}, StorageError);
}

}  // namespace phusong::test
