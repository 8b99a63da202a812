#include "engine/unserved_cells.hpp"

#include <algorithm>

#include "algorithms/ledger/questions.hpp"
#include "algorithms/ledger/tally_tile.hpp"
#include "engine/cancelled.hpp"

namespace phusong {

namespace {

/// People inside communes of every study cell of a tile; 0 in cells outside.
std::vector<Persons> people_of(const TileRecord& record) {
    const Window& study = record.study_window;
    const std::int32_t k = record.refine;
    const Window population{study.row / k, study.column / k, study.rows / k, study.columns / k};
    std::vector<Persons> people(study.cell_count());
    for (const TileRecord::OwnerRun& run : record.owners) {
        for (std::int32_t column = run.first; column < run.end; ++column) {
            const Persons cell = record.population[population.index_of({run.row / k, column / k})];
            const std::int64_t part = std::int64_t{run.row % k} * k + column % k;
            people[study.index_of({run.row, column})] = even_part(cell, part, std::int64_t{k} * k);
        }
    }
    for (const TileRecord::CutCell& cut : record.cut) people[study.index_of(cut.cell)] = cut.people;
    return people;
}

}  // namespace

void each_unserved_run(const Plan& plan, const TileRecords& records, std::span<const std::size_t> layers,
                       const std::atomic<bool>* cancel,
                       const std::function<void(Window study_window)>& on_tile,
                       const std::function<void(const UnservedRun&)>& on_run) {
    for (std::size_t tile = 0; tile < plan.tiling.size(); ++tile) {
        if (cancel != nullptr && cancel->load()) throw Cancelled{};
        const TileRecord record = records.get(tile);
        const std::vector<Persons> people = people_of(record);
        on_tile(record.study_window);
        // Both lists are in row-major order; states fill every row.
        auto state = record.states.begin();
        for (const TileRecord::OwnerRun& owner : record.owners) {
            const auto before = [&](const TileRecord::StateRun& run) {
                return run.row < owner.row || (run.row == owner.row && run.end <= owner.first);
            };
            while (state != record.states.end() && before(*state)) ++state;
            for (auto run = state;
                 run != record.states.end() && run->row == owner.row && run->first < owner.end; ++run) {
                if (any_of(run->state, layers) != Service::unserved) continue;
                const std::int32_t first = std::max(run->first, owner.first);
                const std::int32_t end = std::min(run->end, owner.end);
                const std::size_t at = record.study_window.index_of({owner.row, first});
                on_run({owner.row, first, end, owner.zone,
                        std::span{people}.subspan(at, static_cast<std::size_t>(end - first))});
            }
        }
    }
}

}  // namespace phusong
