#include "tools/phusong/exit_code.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "algorithms/quantities/fixed_point.hpp"
#include "engine/errors.hpp"
#include "engine/run.hpp"
#include "engine/shard_part.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/stop_signals.hpp"

namespace phusong::cli {

namespace {

int fail(int code, const std::string& what) {
    std::fprintf(stderr, "phusong: %s\n", printable(what).c_str());
    return code;
}

}  // namespace

int exit_code_of(const std::function<int()>& command) noexcept {
    try {
        return command();
    } catch (const InputError& error) {
        return fail(refused_input, error.what());
    } catch (const QuantityOverflow& error) {
        return fail(refused_input, error.what());
    } catch (const StorageError& error) {
        return fail(storage, error.what());
    } catch (const LimitError& error) {
        return fail(limit, error.what());
    } catch (const ShardPartError& error) {
        return fail(incomplete, error.what());
    } catch (const Cancelled& error) {
        return fail(stop_signal() == SIGTERM ? terminated : interrupted, error.what());
    } catch (const std::bad_alloc&) {
        return fail(limit, "out of memory; try --threads 1 or a smaller --memory");
    } catch (const std::exception& error) {
        return fail(refused_input, error.what());
    }
}

}  // namespace phusong::cli
