#pragma once

#include <initializer_list>
#include <string>

namespace phusong::io {

/// The words of one language, from words.json.
class Wording {
public:
    /// @param language "vi" or "en"
    explicit Wording(std::string language) : language_{std::move(language)} {}

    /// {0}, {1} ... are replaced by what is given; a key without words is its own word.
    [[nodiscard]] std::string word(const std::string& key,
                                   std::initializer_list<std::string> filled = {}) const;
    /// "4G", "cáp quang đến gần nhà".
    [[nodiscard]] std::string technology(const std::string& technology) const;
    /// "3.831.694" or "3,831,694". @pre the number is not negative
    [[nodiscard]] std::string whole(double number) const;

private:
    std::string language_;
};

}  // namespace phusong::io
