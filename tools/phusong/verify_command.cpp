#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>

#include "engine/errors.hpp"
#include "io/text/remote_name.hpp"
#include "io/verify/verify_results.hpp"
#include "tools/phusong/commands.hpp"
#include "tools/phusong/display.hpp"
#include "tools/phusong/exit_code.hpp"

namespace phusong::cli {

namespace {

constexpr std::size_t most_findings = 20;

}  // namespace

int verify_command(const std::string& results) {
    const io::Verification verification = io::verify_results(results);
    const std::vector<io::Finding>& findings = verification.findings.all();
    for (std::size_t i = 0; i < std::min(findings.size(), most_findings); ++i) {
        std::fprintf(stderr, "phusong: %s\n", printable(findings[i].sentence()).c_str());
    }
    if (findings.size() > most_findings) {
        std::fprintf(stderr, "phusong: %zu more findings\n", findings.size() - most_findings);
    }
    if (!findings.empty()) return contradiction;

    std::cout
        << printable(results) << ": " << verification.outputs << " files and " << verification.inputs
        << " inputs are what the manifest says; " << verification.tables
        << " tables tell the same in all their files, and what follows from the ledger follows from it\n";
    for (const std::string& path : verification.missing_inputs) {
        std::cout << (io::names_remote(path) ? "not on this machine" : "not there any more")
                  << ", not checked: input " << printable(path) << '\n';
    }
    for (const std::string& name : verification.unnamed_outputs)
        std::cout << "not of the run, not checked: " << printable(name) << '\n';
    std::cout.flush();
    if (!std::cout) throw StorageError{"the answer could not be written to standard output"};
    return done;
}

}  // namespace phusong::cli
