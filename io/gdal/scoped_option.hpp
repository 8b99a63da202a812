#pragma once

#include <cpl_conv.h>

namespace phusong::io {

/// A GDAL option of this thread for as long as the object lives. @param name outlives the object
class ScopedOption {
public:
    ScopedOption(const char* name, const char* value) : name_{name} {
        CPLSetThreadLocalConfigOption(name, value);
    }
    ~ScopedOption() { CPLSetThreadLocalConfigOption(name_, nullptr); }
    ScopedOption(const ScopedOption&) = delete;
    ScopedOption& operator=(const ScopedOption&) = delete;

private:
    const char* name_;
};

}  // namespace phusong::io
