// How fast the exact distance transform is, and whether its time is linear in the cells: 1 and 16 million
// cells with sources strewn at random.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

#include "algorithms/dead_zones/distance_transform.hpp"

namespace {

using namespace phusong;

struct Field {
    std::int32_t side = 0;
    std::vector<char> source;  ///< row-major

    [[nodiscard]] std::size_t row_begin(std::int32_t row) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(side);
    }
};

Field strewn(std::int32_t side, double density) {
    std::mt19937_64 random{1};
    std::bernoulli_distribution is_source{density};
    Field field{side, {}};
    field.source.resize(field.row_begin(side));
    std::generate(field.source.begin(), field.source.end(), [&] { return is_source(random) ? 1 : 0; });
    return field;
}

/// Down the columns, then up again and across each row. @return a sum that depends on every cell
std::int64_t transform(const Field& field, const CellMetric& metric) {
    const auto columns = static_cast<std::size_t>(field.side);
    std::vector<std::int32_t> above(field.row_begin(field.side));
    std::vector<std::int32_t> last(columns, no_row);
    for (std::int32_t row = 0; row < field.side; ++row) {
        const std::size_t begin = field.row_begin(row);
        for (std::size_t column = 0; column < columns; ++column) {
            if (field.source[begin + column] != 0) last[column] = row;
            above[begin + column] = last[column];
        }
    }
    std::vector<std::int32_t> below(columns, no_row);
    std::vector<std::int32_t> nearest_row(columns);
    std::vector<Nearest> nearest(columns);
    RowTransform across;
    std::int64_t sum = 0;
    for (std::int32_t row = field.side - 1; row >= 0; --row) {
        const std::size_t begin = field.row_begin(row);
        for (std::size_t column = 0; column < columns; ++column) {
            if (field.source[begin + column] != 0) below[column] = row;
            nearest_row[column] = nearer_row(row, above[begin + column], below[column]);
        }
        across(row, nearest_row, metric, nearest);
        for (const Nearest& one : nearest) sum += one.squared % 1024;
    }
    return sum;
}

/// The best of three.
double cells_per_second(const Field& field, const CellMetric& metric, std::int64_t& sum) {
    double best = 0;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        sum += transform(field, metric);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::max(best, static_cast<double>(field.source.size()) / taken.count());
    }
    return best;
}

}  // namespace

int main() {
    const CellMetric metric{3800, 4096};
    std::int64_t sum = 0;
    std::printf("%9s %16s %16s %16s\n", "density", "1 Mcell", "16 Mcells", "time per cell");
    std::printf("%9s %16s %16s %16s\n", "", "cells / s", "cells / s", "16 : 1");
    for (const double density : {1e-5, 1e-3, 0.1, 0.5, 0.99}) {
        const double small = cells_per_second(strewn(1024, density), metric, sum);
        const double large = cells_per_second(strewn(4096, density), metric, sum);
        std::printf("%9g %16.3g %16.3g %16.2f\n", density, small, large, small / large);
    }
    // Keeps the work from being left out.
    std::printf("checksum %lld\n", static_cast<long long>(sum));
    return 0;
}
