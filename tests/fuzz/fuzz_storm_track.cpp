// Any bytes are a table of storms or are refused in a sentence; the track is modelled as far as it goes.
#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/errors.hpp"
#include "io/text/storm_track_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    static const int file = ::memfd_create("track", 0);
    if (size == 0 || ::ftruncate(file, 0) != 0 ||
        ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) {
        return 0;
    }
    WindInput input;
    input.track.path = "/proc/self/fd/" + std::to_string(file);
    input.storm = "BUALOI";
    input.extend_hours = 6;
    input.inland_decay = data[0] % 2 == 0;
    Problems problems;
    try {
        static_cast<void>(io::read_storm_track(input, problems));
    } catch (const InputError&) {
    } catch (const StorageError&) {
    }
    return 0;
}
