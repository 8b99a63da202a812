#include "tools/phusong/progress.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

namespace phusong::cli {

Progress::Progress(std::string what, bool quiet, Form form)
    : what_{std::move(what)},
      form_{form},
      shown_{form == Form::json || (!quiet && ::isatty(STDERR_FILENO) == 1)},
      start_{Clock::now()},
      last_{start_} {}

Progress::~Progress() {
    if (printed_) std::fputs("\r\033[K", stderr);
}

void Progress::update(std::size_t done, std::size_t all) {
    if (!shown_ || all == 0) return;
    const Clock::time_point now = Clock::now();
    if (now - last_ < std::chrono::milliseconds{200} && done < all) return;
    last_ = now;
    if (form_ == Form::json) {
        fmt::print(stderr, "{{\"stage\": \"{}\", \"done\": {}, \"all\": {}}}\n", what_, done, all);
        return;
    }
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double part = static_cast<double>(done) / static_cast<double>(all);
    const auto filled = static_cast<std::size_t>(part * 30);
    std::string line = fmt::format("\r\033[K{} [{}{}] {:3.0f} %", what_, std::string(filled, '='),
                                   std::string(30 - filled, ' '), 100 * part);
    if (seconds > 1 && done > 0 && done < all) line += "  " + time_left(seconds * (1 - part) / part);
    std::fputs(line.c_str(), stderr);
    std::fflush(stderr);
    printed_ = true;
}

void Progress::say(const std::string& what) {
    if (!shown_) return;
    if (form_ == Form::json) {
        fmt::print(stderr, "{{\"stage\": \"{}\"}}\n", what);
        return;
    }
    std::fputs(("\r\033[K" + what + " ...").c_str(), stderr);
    std::fflush(stderr);
    printed_ = true;
}

std::string time_left(double seconds) {
    const long whole = std::lround(std::ceil(seconds));
    if (whole < 60) return fmt::format("about {} s left", whole);
    return fmt::format("about {} min {} s left", whole / 60, whole % 60);
}

}  // namespace phusong::cli
