// Any rule gives any value one answer: no data stays unknown, what a rule does not know is never served, and
// a stronger signal never serves less.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "algorithms/service/service_rule.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace phusong;
    double numbers[5];
    if (size < 1 + sizeof numbers) return 0;
    std::memcpy(numbers, data + 1, sizeof numbers);
    ServiceRule rule;
    rule.kind = static_cast<ServiceRule::Kind>(data[0] % 4);
    rule.served = {numbers[0], numbers[1]};
    rule.unserved = {numbers[2]};
    if (std::isfinite(numbers[2])) rule.threshold_dbm = numbers[2];
    rule.full_value = data[0] >= 128 ? 100 : 1;
    static_cast<void>(rule.accepts());
    const Reading reading = rule.read(numbers[3]);
    if (reading.remark == Reading::Remark::invalid && reading.service != Service::unknown) std::abort();
    if (rule.read(std::numeric_limits<double>::quiet_NaN()).service != Service::unknown) std::abort();
    if (rule.kind != ServiceRule::Kind::signal || !(numbers[4] >= numbers[3])) return 0;
    const Reading stronger = rule.read(numbers[4]);
    if (reading.service == Service::served && stronger.service == Service::unserved) std::abort();
    return 0;
}
