#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include "algorithms/quantities/fixed_point.hpp"
#include "engine/errors.hpp"
#include "engine/run.hpp"
#include "tools/phusong/command_line.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"
#include "tools/phusong/stop_signals.hpp"

namespace {

int fail(int code, const std::string& what) {
    std::fprintf(stderr, "phusong: %s\n", phusong::cli::printable(what).c_str());
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace phusong;
    cli::watch_stop_signals();
    try {
        return cli::dispatch(argc, argv);
    } catch (const InputError& error) {
        return fail(cli::refused_input, error.what());
    } catch (const QuantityOverflow& error) {
        return fail(cli::refused_input, error.what());
    } catch (const StorageError& error) {
        return fail(cli::storage, error.what());
    } catch (const LimitError& error) {
        return fail(cli::limit, error.what());
    } catch (const Cancelled& error) {
        return fail(cli::stop_signal() == SIGTERM ? cli::terminated : cli::interrupted, error.what());
    } catch (const std::bad_alloc&) {
        return fail(cli::limit, "out of memory; try --threads 1 or a smaller --memory");
    } catch (const std::exception& error) {
        return fail(cli::refused_input, error.what());
    }
}
