#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "algorithms/ledger/questions.hpp"
#include "engine/plan.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// The value, or an empty cell where it is not known. (Spelled out: g++ 12 warns of an uninitialised variant
/// in a conditional expression.)
template <typename Value>
[[nodiscard]] TableValue value_if(bool known, Value value) {
    TableValue cell;
    if (known) cell = value;
    return cell;
}

[[nodiscard]] inline TableValue people_if(bool known, Persons people) {
    return value_if(known, people.value());
}

[[nodiscard]] inline const char* yes_or_nothing(bool yes) {
    return yes ? "YES" : "";
}

/// Degrees to 7 decimals: 1 cm.
[[nodiscard]] inline double centimetre(double degrees) {
    return std::round(degrees * 1e7) / 1e7;
}

/// Builds columns and rows side by side, so that a value can never slip under a wrong heading.
class RowBuilder {
public:
    explicit RowBuilder(Table& table) : table_{table} {}

    void next_row() {
        table_.rows.emplace_back();
        first_ = table_.rows.size() == 1;
    }
    /// Made in its place: g++ 12 warns of an uninitialised variant where one is moved.
    template <typename Value>
    void put(const std::string& name, TableColumn::Kind kind, const Value& value) {
        if (first_) table_.columns.push_back({name, kind});
        table_.rows.back().emplace_back(value);
    }
    void text(const std::string& name, const std::string& value) {
        put(name, TableColumn::Kind::text, value);
    }
    void real(const std::string& name, double value) { put(name, TableColumn::Kind::real, value); }
    void real(const std::string& name, const TableValue& value) { put(name, TableColumn::Kind::real, value); }
    void integer(const std::string& name, std::int64_t value) {
        put(name, TableColumn::Kind::integer, value);
    }
    void integer(const std::string& name, const TableValue& value) {
        put(name, TableColumn::Kind::integer, value);
    }
    void count(const std::string& name, std::size_t number) {
        integer(name, static_cast<std::int64_t>(number));
    }

    /// The columns of a table without rows. @param put_row puts any row
    template <typename PutRow>
    void headings_only(const PutRow& put_row) {
        put_row();
        table_.rows.clear();
    }

    /// Low and high in per cent; empty where nobody lives.
    void percent(const std::string& stem, const Answer& answer, bool known) {
        TableValue low;
        TableValue high;
        if (known) {
            const Interval interval = share_of_people(answer);
            low = 100 * interval.low;
            high = 100 * interval.high;
        }
        real(stem + "_low_pct", low);
        real(stem + "_high_pct", high);
    }
    void answer(const std::string& stem, const Answer& answer, bool known, bool inside) {
        real(stem + "_served", people_if(inside, answer.served.people));
        real(stem + "_unserved", people_if(inside, answer.unserved.people));
        real(stem + "_unknown", people_if(inside, answer.unknown.people));
        percent(stem, answer, known);
    }

private:
    Table& table_;
    bool first_ = false;
};

/// An empty table that says which study it is of, and whether that is synthetic.
[[nodiscard]] inline Table table_of(const std::string& study_name, std::string name, std::string description,
                                    bool synthetic) {
    Table table;
    table.name = std::move(name);
    table.description = std::move(description);
    table.metadata.emplace_back("study", study_name);
    if (synthetic) table.metadata.emplace_back("SYNTHETIC", "YES");
    return table;
}
[[nodiscard]] inline Table table_of(const Plan& plan, std::string name, std::string description,
                                    bool synthetic) {
    return table_of(plan.study.name, std::move(name), std::move(description), synthetic);
}

}  // namespace phusong::io
