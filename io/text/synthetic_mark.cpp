#include "io/text/synthetic_mark.hpp"

#include <fstream>

namespace phusong::io {

bool marked_synthetic(const std::string& path) {
    constexpr std::size_t most_bytes = std::size_t{1} << 16;  // the mark needs some hundred
    std::ifstream file{path + ".aux.xml", std::ios::binary};
    std::string text(most_bytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text.find("<MDI key=\"SYNTHETIC\">YES</MDI>") != std::string::npos;
}

}  // namespace phusong::io
