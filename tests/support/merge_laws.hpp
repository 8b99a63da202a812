#pragma once

#include <catch2/catch.hpp>
#include <concepts>

namespace phusong::test {

template <typename T>
concept Mergeable = std::copyable<T> && std::equality_comparable<T> && requires(T a, const T b) {
    a.merge(b);
};

/// The laws of a commutative monoid. Use operands whose fields all differ: a forgotten field has nowhere to
/// hide.
template <Mergeable T>
void check_merge_laws(const T& empty, const T& a, const T& b, const T& c) {
    const auto merged = [](T x, const T& y) {
        x.merge(y);
        return x;
    };
    CHECK(merged(a, empty) == a);
    CHECK(merged(empty, a) == a);
    CHECK(merged(a, b) == merged(b, a));
    CHECK(merged(merged(a, b), c) == merged(a, merged(b, c)));
    CHECK_FALSE(merged(a, b) == a);
}

}  // namespace phusong::test
