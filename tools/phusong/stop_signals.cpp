#include "tools/phusong/stop_signals.hpp"

#include <csignal>

namespace phusong::cli {

namespace {

// A signal handler reaches nothing but globals; lock-free atomics are safe in it.
std::atomic<bool> stop{false};
std::atomic<int> signal_number{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
    signal_number = number;
    stop = true;
}

}  // namespace

void watch_stop_signals() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

const std::atomic<bool>& stop_requested() {
    return stop;
}
int stop_signal() {
    return signal_number;
}

}  // namespace phusong::cli
