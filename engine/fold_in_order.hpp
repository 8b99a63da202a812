#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace phusong {

/// Computes result i = worker(i) for i in [0, count) on several threads and hands the results to `consume` on
/// the calling thread, in the order of i. Any order of work, one order of results; the error with the lowest
/// i wins, after everything before it was consumed.
/// @param threads at least 1; 1 works on the calling thread
/// @param in_flight results that may wait or be in work at once, at least `threads`; bounds the memory
/// @param make_worker called once on each thread; returns the thread's own worker
template <typename MakeWorker, typename Consume>
void fold_in_order(std::size_t count, std::size_t threads, std::size_t in_flight,
                   const MakeWorker& make_worker, const Consume& consume) {
    if (threads <= 1 || count <= 1) {
        auto worker = make_worker();
        for (std::size_t i = 0; i < count; ++i) consume(i, worker(i));
        return;
    }
    using Worker = decltype(make_worker());
    using Result = decltype(std::declval<Worker&>()(std::size_t{0}));
    struct Slot {
        std::optional<Result> result;
        std::exception_ptr error;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::size_t, Slot> ready;
    std::size_t issued = 0;    // next to start
    std::size_t consumed = 0;  // all below are done with
    bool stop = false;
    in_flight = std::max(in_flight, threads);

    const auto put = [&](std::size_t i, Slot slot) {
        const std::scoped_lock lock{mutex};
        if (slot.error) stop = true;  // nothing after it is wanted; what was started before it goes on
        ready.emplace(i, std::move(slot));
        changed.notify_all();
    };
    const auto work = [&] {
        std::optional<Worker> worker;
        while (true) {
            std::size_t i = 0;
            {
                std::unique_lock lock{mutex};
                changed.wait(lock, [&] { return stop || issued == count || issued < consumed + in_flight; });
                if (stop || issued == count) return;
                i = issued++;
            }
            Slot slot;
            try {
                if (!worker) worker.emplace(make_worker());
                slot.result.emplace((*worker)(i));
            } catch (...) {
                slot.error = std::current_exception();
            }
            put(i, std::move(slot));
        }
    };
    std::vector<std::jthread> pool;
    // Declared after the pool, so that an exception below first tells the threads to stop, then joins them.
    struct StopAtExit {
        std::mutex& mutex;
        std::condition_variable& changed;
        bool& stop;
        ~StopAtExit() {
            const std::scoped_lock lock{mutex};
            stop = true;
            changed.notify_all();
        }
    } const stop_at_exit{mutex, changed, stop};
    for (std::size_t t = 0; t < std::min(threads, count); ++t) pool.emplace_back(work);

    for (std::size_t i = 0; i < count; ++i) {
        Slot slot;
        {
            std::unique_lock lock{mutex};
            changed.wait(lock, [&] { return ready.contains(i); });
            slot = std::move(ready.at(i));
            ready.erase(i);
        }
        if (slot.error) std::rethrow_exception(slot.error);
        consume(i, std::move(*slot.result));
        {
            const std::scoped_lock lock{mutex};
            consumed = i + 1;
        }
        changed.notify_all();
    }
}

}  // namespace phusong
