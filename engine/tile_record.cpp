#include "engine/tile_record.hpp"

#include "algorithms/dead_zones/outline.hpp"
#include "algorithms/support/packed_integers.hpp"
#include "engine/errors.hpp"
#include "engine/plan.hpp"

namespace phusong {

namespace {

/// Runs in row-major order as steps from the run before.
class RunWriter {
public:
    explicit RunWriter(PackedWriter& out) : out_{out} {}

    void run(std::int32_t row, std::int32_t first, std::int32_t end) {
        out_.integer(row - row_);
        out_.integer(first - end_);
        out_.integer(end - first);
        row_ = row;
        end_ = end;
    }

private:
    PackedWriter& out_;
    std::int32_t row_ = 0;
    std::int32_t end_ = 0;
};

/// A step from a number; damaged bytes lead out of range.
template <typename Number>
Number stepped(Number from, Number step, PackedReader& in) {
    Number sum = 0;
    if (!__builtin_add_overflow(from, step, &sum)) return sum;
    in.fail();
    return 0;
}

/// Reads them again. What goes back, or out of the tile, is damaged.
class RunReader {
public:
    RunReader(PackedReader& in, Window tile) : in_{in}, tile_{tile} {}

    template <typename Run>
    void run(Run& run) {
        const std::int32_t row_before = row_;
        const std::int32_t end_before = end_;
        row_ = stepped(row_, in_.small(), in_);
        run.row = row_;
        run.first = stepped(end_, in_.small(), in_);
        run.end = stepped(run.first, in_.small(), in_);
        end_ = run.end;
        const bool inside = run.row >= tile_.row && run.row < tile_.row_end() && run.first >= tile_.column &&
                            run.end <= tile_.column_end();
        const bool behind =
            is_first_ || run.row > row_before || (run.row == row_before && run.first >= end_before);
        is_first_ = false;
        if (!inside || !behind || run.end <= run.first) in_.fail();
    }

private:
    PackedReader& in_;
    Window tile_;
    bool is_first_ = true;
    std::int32_t row_ = 0;
    std::int32_t end_ = 0;
};

}  // namespace

void TileRecord::clear() {
    study_window = {};
    refine = 1;
    states.clear();
    owners.clear();
    population.clear();
    cut.clear();
    labels.clear();
    fates.clear();
    fate_runs.clear();
}

std::vector<std::uint8_t> encode(const TileRecord& record) {
    PackedWriter out;
    out.integer(record.study_window.row);
    out.integer(record.study_window.column);
    out.integer(record.study_window.rows);
    out.integer(record.study_window.columns);
    out.integer(record.refine);
    out.count(record.states.size());
    {
        RunWriter runs{out};
        for (const auto& run : record.states) {
            runs.run(run.row, run.first, run.end);
            out.natural(run.state.bits());
        }
    }
    out.count(record.owners.size());
    {
        RunWriter runs{out};
        for (const auto& run : record.owners) {
            runs.run(run.row, run.first, run.end);
            out.integer(run.zone);
        }
    }
    // Runs of equal values: most cells hold nobody.
    std::size_t repeats = 0;
    out.count(record.population.size());
    for (std::size_t i = 0; i < record.population.size(); i += repeats) {
        repeats = 1;
        while (i + repeats < record.population.size() &&
               record.population[i + repeats] == record.population[i])
            ++repeats;
        out.count(repeats);
        out.integer(record.population[i].units());
    }
    out.count(record.cut.size());
    {
        RunWriter runs{out};
        for (const auto& cut : record.cut) {
            runs.run(cut.cell.row, cut.cell.column, cut.cell.column + 1);
            out.integer(cut.people.units());
        }
    }
    out.count(record.labels.size());
    for (const TileRecord::Labels& labels : record.labels) {
        out.count(labels.keys.size());
        CellNumber last = 0;
        for (const CellNumber key : labels.keys) {
            out.integer(key - last);
            last = key;
        }
        out.count(labels.runs.size());
        RunWriter runs{out};
        for (const PatchRun& run : labels.runs) {
            runs.run(run.row, run.first, run.end);
            out.natural(run.patch);
        }
    }
    out.count(record.fates.size());
    for (const TileRecord::Fate& fate : record.fates) {
        out.natural(fate.by_maps.bits());
        out.count(fate.sites.size());
        SiteNumber last = 0;
        for (const SiteNumber site : fate.sites) {
            out.integer(site - last);
            last = site;
        }
    }
    out.count(record.fate_runs.size());
    RunWriter runs{out};
    for (const TileRecord::FateRun& run : record.fate_runs) {
        runs.run(run.row, run.first, run.end);
        out.natural(run.fate);
    }
    return out.take();
}

TileRecord decode_tile_record(std::span<const std::uint8_t> bytes, Window study_window, std::int32_t refine) {
    PackedReader in{bytes};
    TileRecord record;
    record.study_window.row = in.small();
    record.study_window.column = in.small();
    record.study_window.rows = in.small();
    record.study_window.columns = in.small();
    record.refine = in.small();
    if (record.study_window != study_window || record.refine != refine) {
        throw StorageError{"the scratch file is damaged"};
    }
    record.states.resize(in.count());
    {
        RunReader runs{in, study_window};
        for (auto& run : record.states) {
            runs.run(run);
            run.state = ServiceState::of_bits(in.natural());
        }
    }
    record.owners.resize(in.count());
    {
        RunReader runs{in, study_window};
        for (auto& run : record.owners) {
            runs.run(run);
            run.zone = in.small();
        }
    }
    const std::uint64_t cells = in.natural();
    if (cells !=
        study_window.cell_count() / static_cast<std::size_t>(refine) / static_cast<std::size_t>(refine))
        throw StorageError{"the scratch file is damaged"};
    record.population.reserve(static_cast<std::size_t>(cells));
    while (in.good() && record.population.size() < cells) {
        const std::uint64_t repeats = in.natural();
        const Persons people = Persons::of_units(in.integer());
        if (repeats == 0 || repeats > cells - record.population.size()) break;
        record.population.insert(record.population.end(), static_cast<std::size_t>(repeats), people);
    }
    record.cut.resize(in.count());
    {
        RunReader runs{in, study_window};
        for (auto& cut : record.cut) {
            CellRun run;
            runs.run(run);
            cut = {{run.row, run.first}, Persons::of_units(in.integer())};
        }
    }
    record.labels.resize(in.count());
    for (TileRecord::Labels& labels : record.labels) {
        labels.keys.resize(in.count());
        CellNumber last = 0;
        for (CellNumber& key : labels.keys) key = last = stepped(last, in.integer(), in);
        labels.runs.resize(in.count());
        RunReader runs{in, study_window};
        for (PatchRun& run : labels.runs) {
            runs.run(run);
            run.patch = static_cast<std::uint32_t>(in.natural());
            if (run.patch >= labels.keys.size()) throw StorageError{"the scratch file is damaged"};
        }
    }
    record.fates.resize(in.count());
    for (TileRecord::Fate& fate : record.fates) {
        fate.by_maps = ServiceState::of_bits(in.natural());
        fate.sites.resize(in.count());
        SiteNumber last = 0;
        for (SiteNumber& site : fate.sites) site = last = stepped(last, in.small(), in);
    }
    record.fate_runs.resize(in.count());
    RunReader runs{in, study_window};
    for (TileRecord::FateRun& run : record.fate_runs) {
        runs.run(run);
        run.fate = static_cast<std::uint32_t>(in.natural());
        if (run.fate >= record.fates.size()) throw StorageError{"the scratch file is damaged"};
    }
    if (!in.good() || !in.at_end() || record.population.size() != cells) {
        throw StorageError{"the scratch file is damaged"};
    }
    return record;
}

TileRecords::TileRecords(Scratch& scratch, const Plan& plan)
    : scratch_{&scratch}, plan_{&plan}, handles_(plan.tiling.size()) {}

TileRecord TileRecords::get(std::size_t tile) const {
    return decode_tile_record(scratch_->get(handles_[tile]), plan_->study_window(plan_->tiling[tile]),
                              plan_->refine);
}

}  // namespace phusong
