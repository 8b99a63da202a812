#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

namespace phusong::bench {

/// What one stage took.
struct Spent {
    double wall = 0;
    double processor = 0;
    double megabytes = 0;  ///< peak of the process
};

/// Peak of resident memory since `forget_peak`.
inline double peak_megabytes() {
    std::ifstream status{"/proc/self/status"};
    std::string word;
    while (status >> word) {
        if (word != "VmHWM:") continue;
        double kilobytes = 0;
        status >> kilobytes;
        return kilobytes / 1024;
    }
    return 0;
}

inline void forget_peak() {
    std::ofstream{"/proc/self/clear_refs"} << "5";
}

template <typename Work>
Spent spent_on(const Work& work) {
    forget_peak();
    const auto wall = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count(),
            static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC, peak_megabytes()};
}

template <typename Number>
Number median(std::vector<Number> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

inline Spent median_of(const std::vector<Spent>& costs) {
    const auto of = [&](double Spent::*part) {
        std::vector<double> values(costs.size());
        std::transform(costs.begin(), costs.end(), values.begin(),
                       [&](const Spent& cost) { return cost.*part; });
        return median(values);
    };
    return {of(&Spent::wall), of(&Spent::processor), of(&Spent::megabytes)};
}

/// Median over the rounds of one cost to another of the same round.
inline double ratio_of(const std::vector<Spent>& costs, const std::vector<Spent>& to, double Spent::*part) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < costs.size(); ++i) ratios.push_back(costs[i].*part / (to[i].*part));
    return median(ratios);
}

}  // namespace phusong::bench
