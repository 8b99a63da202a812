#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace phusong::cli {

/// A line on stderr that shows how far long work is and about how long it will take; silent where stderr is
/// no terminal or the user wants quiet, and for work that is over at once. For programs a JSON object a line
/// instead, {"stage": "counting people", "done": 3, "all": 98}, terminal or not.
class Progress {
public:
    enum class Form { line, json };

    /// @param what holds no quotes
    Progress(std::string what, bool quiet, Form form = Form::line);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::size_t done, std::size_t all);
    /// Of work that cannot be counted.
    void say(const std::string& what);

private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    Form form_;
    bool shown_;
    bool printed_ = false;
    Clock::time_point start_;
    Clock::time_point last_;
};

/// "about 2 min 5 s left".
[[nodiscard]] std::string time_left(double seconds);

}  // namespace phusong::cli
