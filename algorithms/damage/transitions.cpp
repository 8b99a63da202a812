#include "algorithms/damage/transitions.hpp"

namespace phusong {
namespace {

constexpr std::array all_answers = {Service::unserved, Service::served, Service::unknown};

void add_to(LedgerAmount& sum, const LedgerAmount& amount) {
    sum.people += amount.people;
    sum.area += amount.area;
}

}  // namespace

void Transitions::add(Service before, Service after, const LedgerAmount& amount) {
    add_to(amounts_[index_of(before, after)], amount);
}

void Transitions::merge(const Transitions& other) {
    for (std::size_t i = 0; i < amounts_.size(); ++i) add_to(amounts_[i], other.amounts_[i]);
}

void Transitions::subtract(const Transitions& other) {
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
        amounts_[i].people -= other.amounts_[i].people;
        amounts_[i].area -= other.amounts_[i].area;
    }
}

Answer Transitions::before() const {
    Answer answer;
    for (const Service before : all_answers) {
        for (const Service after : all_answers) answer.add(before, of(before, after));
    }
    return answer;
}

Answer Transitions::after() const {
    Answer answer;
    for (const Service before : all_answers) {
        for (const Service after : all_answers) answer.add(after, of(before, after));
    }
    return answer;
}

LedgerAmount Transitions::unclear() const {
    LedgerAmount sum;
    for (const Service known : {Service::unserved, Service::served}) {
        add_to(sum, of(known, Service::unknown));
        add_to(sum, of(Service::unknown, known));
    }
    return sum;
}

}  // namespace phusong
