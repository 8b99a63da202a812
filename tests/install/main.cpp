// Counts a study without the program: the whole way through the installed headers.
#include <cstdio>

#include "engine/run.hpp"
#include "io/open_sources.hpp"
#include "io/text/study_file.hpp"

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const phusong::Study study = phusong::io::read_study_file(argv[1]);
    const phusong::Sources sources = phusong::io::open_sources(study);
    const phusong::StudyResult result = phusong::run(phusong::make_plan(study, sources), sources);
    std::printf("%.0f people in %zu communes\n", result.total.people->value(), result.communes.size());
    return result.balance.holds() ? 0 : 1;
}
