#pragma once

#include <string>
#include <vector>

namespace phusong::io {

/// Collects what GDAL reports on this thread while it lives, instead of printing it. Scopes nest; the inner
/// one hears. Lives and dies on one thread.
class ErrorScope {
public:
    ErrorScope();
    ~ErrorScope();
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;

    [[nodiscard]] bool failed() const { return !errors_.empty(); }
    /// The last error in one line; "no reason given" when there is none.
    [[nodiscard]] std::string message() const;
    /// The first error, which is often the cause of the last.
    [[nodiscard]] std::string first_message() const;
    [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }
    void clear();

private:
    friend struct ErrorScopeAccess;
    std::vector<std::string> errors_;
    std::vector<std::string> warnings_;
};

}  // namespace phusong::io
