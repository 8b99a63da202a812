#pragma once

namespace phusong {

/// 128-bit integers hold the products of two fixed-point numbers without loss. Not ISO C++: g++ and clang
/// offer them on every 64-bit target, and __extension__ says that we know.
__extension__ using WideInteger = __int128;

}  // namespace phusong
