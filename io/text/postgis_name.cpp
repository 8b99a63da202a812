#include "io/text/postgis_name.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <mutex>

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

constexpr std::string_view scheme = "PG:";
constexpr const char* blanks = " \t\r\n";

/// Full names by what is said of them.
class Passwords {
public:
    void keep(const std::string& said, const std::string& given) {
        const std::lock_guard lock{mutex_};
        full_[said] = given;
    }
    [[nodiscard]] std::string full(const std::string& said) {
        const std::lock_guard lock{mutex_};
        const auto found = full_.find(said);
        return found == full_.end() ? said : found->second;
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::string> full_;
};

Passwords& passwords() {
    static Passwords all;
    return all;
}

std::string lower(std::string_view text) {
    std::string small{text};
    std::transform(small.begin(), small.end(), small.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return small;
}

[[noreturn]] void refuse() {
    throw InputError{
        "a database is named 'PG:host=... port=... dbname=... user=...', values with blanks in single "
        "quotes; this one is not"};
}

/// Where the value that begins at `at` ends, by libpq's rules: quotes around it, backslashes in front of
/// single characters.
std::size_t end_of_value(std::string_view text, std::size_t at) {
    const bool quoted = at < text.size() && text[at] == '\'';
    if (quoted) ++at;
    for (; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (quoted ? text[at] == '\''
                          : std::string_view{blanks}.find(text[at]) != std::string_view::npos) {
            return quoted ? at + 1 : at;
        }
    }
    if (quoted) refuse();
    return text.size();
}

}  // namespace

bool names_postgis(std::string_view name) {
    return lower(name.substr(0, scheme.size())) == "pg:";
}

std::string without_password(const std::string& name) {
    const std::string_view text = name;
    std::string said{scheme};
    std::size_t at = scheme.size();
    while ((at = text.find_first_not_of(blanks, at)) != std::string_view::npos) {
        const std::size_t equals = text.find('=', at);
        if (equals == std::string_view::npos) refuse();
        std::string key{text.substr(at, equals - at)};
        key.erase(key.find_last_not_of(blanks) + 1);
        if (key.empty() || key.find_first_of("'\"/: \t") != std::string::npos) refuse();
        const std::size_t value = text.find_first_not_of(blanks, equals + 1);
        if (value == std::string_view::npos) refuse();
        const std::size_t end = end_of_value(text, value);
        if (const std::string plain = lower(key); plain != "password" && plain != "sslpassword") {
            if (said.size() > scheme.size()) said += ' ';
            said.append(key).append("=").append(text.substr(value, end - value));
        }
        at = end;
    }
    if (said.size() == scheme.size()) refuse();
    passwords().keep(said, name);
    return said;
}

std::string with_password(const std::string& name) {
    return passwords().full(name);
}

}  // namespace phusong::io
