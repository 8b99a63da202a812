// Any text is a study or is refused in a sentence.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/errors.hpp"
#include "io/text/study_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    try {
        static_cast<void>(
            io::parse_study({reinterpret_cast<const char*>(data), size}, "study.toml", "/folder"));
    } catch (const InputError&) {
    } catch (const LimitError&) {
    }
    return 0;
}
