#include "engine/mixed_cells.hpp"

#include <algorithm>

#include "algorithms/ledger/questions.hpp"

namespace phusong {

namespace {

constexpr std::size_t known_states = 64;

}  // namespace

MixedCells::MixedCells(std::span<const Technology> technologies, std::span<const Alignment> alignments,
                       std::int32_t refine)
    : technologies_{technologies}, refine_{refine}, known_(known_states) {
    for (std::size_t t = 0; t < technologies.size(); ++t) {
        const auto& layers = technologies[t].layers;
        const bool sampled = std::any_of(layers.begin(), layers.end(), [&](std::size_t layer) {
            return alignments[layer].kind != Alignment::Kind::same_lattice;
        });
        if (sampled) asked_ = asked_.with(t, Service::unknown);
    }
}

void MixedCells::start_row(std::int32_t west, std::int32_t cells) {
    west_ = west;
    has_above_ = false;
    differences_.assign(static_cast<std::size_t>(cells), 0);
}

std::uint64_t MixedCells::answers_of(ServiceState state) {
    Known& known = known_[HashLedgerKey{}({0, state}) % known_states];
    if (known.known && known.state == state) return known.answers;
    ServiceState answers;
    for (std::size_t t = 0; t < technologies_.size(); ++t) {
        if (asked_.of(t) == Service{}) continue;
        answers = answers.with(t, any_of(state, technologies_[t].layers));
    }
    known = {state, answers.bits(), true};
    return known.answers;
}

void MixedCells::mark(std::int32_t first, std::int32_t end, std::uint64_t differences) {
    const auto from = static_cast<std::size_t>((first - west_) / refine_);
    const auto to = static_cast<std::size_t>((end - 1 - west_) / refine_);
    for (std::size_t cell = from; cell <= to; ++cell) differences_[cell] |= differences;
}

void MixedCells::add_part(std::span<const StateRun> runs) {
    here_.clear();
    for (const StateRun& run : runs) {
        const std::uint64_t answers = answers_of(run.state);
        if (!here_.empty() && here_.back().answers == answers) {
            here_.back().end = run.end;
        } else {
            here_.push_back({run.end, answers});
        }
    }
    // Beside each other, within a cell.
    for (std::size_t i = 1; i < here_.size(); ++i) {
        const std::int32_t border = here_[i - 1].end;
        if ((border - west_) % refine_ == 0) continue;
        mark(border, border + 1, here_[i - 1].answers ^ here_[i].answers);
    }
    if (has_above_) {
        std::int32_t first = west_;
        for (std::size_t i = 0, j = 0; i < above_.size() && j < here_.size();) {
            const std::int32_t end = std::min(above_[i].end, here_[j].end);
            const std::uint64_t differences = above_[i].answers ^ here_[j].answers;
            if (differences != 0) mark(first, end, differences);
            first = end;
            if (above_[i].end == end) ++i;
            if (here_[j].end == end) ++j;
        }
    }
    std::swap(above_, here_);
    has_above_ = true;
}

}  // namespace phusong
