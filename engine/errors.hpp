#pragma once

#include <stdexcept>
#include <string>

namespace phusong {

/// Input that cannot be used. The message is one sentence: which file, layer, feature or window; what is
/// wrong; what to do.
class InputError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The disk, a permission, a file that cannot be written or read.
class StorageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A stated limit (memory, layers, cells) is exceeded.
class LimitError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace phusong
