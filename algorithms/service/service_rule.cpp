#include "algorithms/service/service_rule.hpp"

#include <algorithm>
#include <cmath>

namespace phusong {

namespace {

/// What averaging in 32-bit floats leaves beyond the ends of a scale, as a part of it.
constexpr double share_noise = 1e-6;

bool lists(const std::vector<double>& values, double value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

std::string joined(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) {
        if (!text.empty()) text += ", ";
        std::string number = std::to_string(value);
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.') number.pop_back();
        text += number;
    }
    return text.empty() ? "none" : text;
}

}  // namespace

Reading ServiceRule::read(double value) const {
    using Remark = Reading::Remark;
    if (std::isnan(value)) return {Service::unknown, Remark::none};
    switch (kind) {
        case Kind::present:
            if (value == 0) return {Service::unserved, Remark::none};
            // A signal or a mark of no data: whatever it is, not a yes.
            if (value < 0) return {Service::unknown, Remark::invalid};
            return {Service::served, value == 1 ? Remark::none : Remark::odd};
        case Kind::classes:
            if (lists(served, value)) return {Service::served, Remark::none};
            if (lists(unserved, value)) return {Service::unserved, Remark::none};
            return {Service::unknown, Remark::invalid};
        case Kind::signal:
            if (!(value >= weakest_signal_dbm && value <= strongest_signal_dbm)) {
                return {Service::unknown, Remark::invalid};
            }
            return {value >= threshold_dbm ? Service::served : Service::unserved, Remark::none};
        case Kind::share:
            if (!(value >= -share_noise * full_value && value <= (1 + share_noise) * full_value)) {
                return {Service::unknown, Remark::invalid};
            }
            return {share_of(value) >= 0.5 ? Service::served : Service::unserved, Remark::none};
    }
    return {Service::unknown, Remark::invalid};
}

std::string ServiceRule::accepts() const {
    switch (kind) {
        case Kind::present:
            return "0 (unserved) or more (served); declare a mark of no data as nodata, and say rule = "
                   "\"signal\" for dBm";
        case Kind::classes:
            return "served: " + joined(served) + "; unserved: " + joined(unserved);
        case Kind::signal:
            return "dBm from -150 to -20";
        case Kind::share:
            return full_value == 1 ? "a share from 0 to 1 (say full_value = 100 for per cent)"
                                   : "a share from 0 to " + joined({full_value});
    }
    return "";
}

}  // namespace phusong
