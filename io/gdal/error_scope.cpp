#include "io/gdal/error_scope.hpp"

#include <cpl_error.h>

#include <algorithm>

namespace phusong::io {

struct ErrorScopeAccess {
    /// A damaged file can report every block: the first hundred tell enough.
    static constexpr std::size_t most_kept = 100;

    static void keep(std::vector<std::string>& list, const char* text) {
        if (list.size() == most_kept) list.pop_back();
        list.emplace_back(text);
    }
    static void hear(CPLErr kind, CPLErrorNum /*number*/, const char* text) {
        auto* scope = static_cast<ErrorScope*>(CPLGetErrorHandlerUserData());
        if (scope == nullptr || text == nullptr) return;
        if (kind == CE_Failure || kind == CE_Fatal) keep(scope->errors_, text);
        if (kind == CE_Warning) keep(scope->warnings_, text);
    }
};

namespace {

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
    return text;
}

}  // namespace

ErrorScope::ErrorScope() {
    CPLErrorReset();
    CPLPushErrorHandlerEx(&ErrorScopeAccess::hear, this);
}

ErrorScope::~ErrorScope() {
    CPLPopErrorHandler();
    CPLErrorReset();
}

std::string ErrorScope::message() const {
    return errors_.empty() ? "no reason given" : one_line(errors_.back());
}

std::string ErrorScope::first_message() const {
    return errors_.empty() ? "no reason given" : one_line(errors_.front());
}

void ErrorScope::clear() {
    errors_.clear();
    warnings_.clear();
}

}  // namespace phusong::io
