#include "engine/paint_dark.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "algorithms/ledger/tally_tile.hpp"

namespace phusong {

namespace {

/// How likely people are in the dark, by what decides of them. Communes do not matter to it.
class DarkPart {
public:
    explicit DarkPart(const EventResult& event) : sets_{event.sets} {
        for (std::size_t i = 0; i < event.fates.size(); ++i) {
            const SharedFates::Row& row = event.fates[i];
            parts_[{{outside_every_zone, row.key.state}, row.set}] = event.outlook.dark_part_of_rows[i];
        }
    }
    /// 0 for what is in no commune.
    [[nodiscard]] double operator()(const TileRecord::Fate& fate) {
        const auto found = parts_.find({{outside_every_zone, fate.by_maps}, sets_.intern(fate.sites)});
        return found == parts_.end() ? 0 : found->second;
    }

private:
    struct Key {
        LedgerKey state;
        ServingSets::SetNumber set = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct HashKey {
        std::size_t operator()(const Key& key) const noexcept {
            return HashLedgerKey{}(key.state) ^ (std::size_t{key.set} * 0x9e3779b97f4a7c15U);
        }
    };

    ServingSets sets_;
    std::unordered_map<Key, double, HashKey> parts_;
};

/// People inside communes of every study cell of a tile, in people as the result counts them.
class CellPeople {
public:
    CellPeople(const TileRecord& record, const std::vector<double>& factors)
        : record_{record}, people_(record.study_window.cell_count(), 0) {
        const Window& study = record.study_window;
        const std::int32_t k = record.refine;
        const Window population{study.row / k, study.column / k, study.rows / k, study.columns / k};
        std::vector<double> factor(people_.size(), 0);
        for (const TileRecord::OwnerRun& run : record.owners) {
            for (std::int32_t column = run.first; column < run.end; ++column) {
                const std::size_t at = study.index_of({run.row, column});
                const Persons cell = record.population[population.index_of({run.row / k, column / k})];
                const std::int64_t part = std::int64_t{run.row % k} * k + column % k;
                factor[at] = factors[static_cast<std::size_t>(run.zone)];
                people_[at] = even_part(cell, part, std::int64_t{k} * k).value() * factor[at];
            }
        }
        for (const TileRecord::CutCell& cut : record.cut) {
            const std::size_t at = study.index_of(cut.cell);
            people_[at] = cut.people.value() * factor[at];
        }
    }
    [[nodiscard]] double at(Cell cell) const { return people_[record_.study_window.index_of(cell)]; }

private:
    const TileRecord& record_;
    std::vector<double> people_;
};

}  // namespace

void paint_dark(const Plan& plan, const TileRecords& records, const RunOptions& options,
                const StudyResult& result) {
    std::vector<double> factors(plan.zones.size(), 1);
    for (const PlaceResult& commune : result.communes) {
        factors[commune.zone] = commune.raking_factor.value_or(1);
    }
    DarkPart dark_part{*result.event};
    std::vector<double> sums;
    std::vector<float> dark;
    for (std::size_t tile = 0; tile < plan.tiling.size(); ++tile) {
        if (options.cancel != nullptr && options.cancel->load()) throw Cancelled{};
        const TileRecord record = records.get(tile);
        const CellPeople people{record, factors};
        std::vector<double> parts;
        for (const TileRecord::Fate& fate : record.fates) parts.push_back(dark_part(fate));
        const Window population = plan.tiling[tile];
        sums.assign(population.cell_count(), 0);
        for (const TileRecord::FateRun& run : record.fate_runs) {
            const double part = parts[run.fate];
            if (part <= 0) continue;
            for (std::int32_t column = run.first; column < run.end; ++column) {
                sums[population.index_of({run.row / record.refine, column / record.refine})] +=
                    part * people.at({run.row, column});
            }
        }
        dark.resize(sums.size());
        std::transform(sums.begin(), sums.end(), dark.begin(),
                       [](double sum) { return static_cast<float>(sum); });
        options.dark(population, dark);
    }
}

}  // namespace phusong
