#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/event_outlook.hpp"

namespace phusong::test {

inline SiteRecord paper_site(const std::string& id, const std::string& operator_name,
                             Status status = Status::unknown, std::vector<std::string> parents = {}) {
    SiteRecord site;
    site.id = id;
    site.operator_name = operator_name;
    site.status = status;
    site.parents = std::move(parents);
    return site;
}

inline SiteRecord down_site(const std::string& id, const std::string& operator_name, OutageCause cause) {
    SiteRecord site = paper_site(id, operator_name, Status::down);
    site.cause = cause;
    return site;
}

/// An event that fits on a sheet of paper: operators "a" and "b", of each a 4g layer (0 and 1; after the
/// event 2 and 3) and sites; communes "x" and "y".
struct EventOnPaper {
    EventInput event;
    EventPlan plan;
    SiteTable table;
    SharedFates fates;
    std::vector<std::string> codes{"x", "y"};
    std::vector<Persons> people{Persons::round(1000), Persons::round(1000)};

    explicit EventOnPaper(std::vector<SiteRecord> sites) {
        event.hours = {0};
        event.scenarios = 100;
        table.sites = std::move(sites);
        plan.after_layer = {2, 3};
        plan.questions = {{LossQuestion::Kind::any_mobile, "mobile", {0, 1}},
                          {LossQuestion::Kind::technology, "4g", {0, 1}},
                          {LossQuestion::Kind::mobile_of_operator, "a", {0}},
                          {LossQuestion::Kind::mobile_of_operator, "b", {1}}};
    }

    /// Answers of "a" and "b" before, then after, each of # served, . unserved, ? unknown: "## ##".
    [[nodiscard]] static ServiceState state(const std::string& drawn) {
        ServiceState state;
        std::size_t layer = 0;
        for (const char c : drawn) {
            if (c == ' ') continue;
            state = state.with(layer++, c == '#'   ? Service::served
                                        : c == '.' ? Service::unserved
                                                   : Service::unknown);
        }
        return state;
    }
    void live(ZoneNumber zone, double count, std::vector<SiteNumber> sites,
              const std::string& answers = "## ##") {
        fates.add({zone, state(answers)}, sites, {Persons::round(count), {}});
    }

    void settle_plan() {
        plan.site_layers.clear();
        for (const SiteRecord& site : table.sites) {
            plan.site_layers.push_back(site.operator_name == "a"   ? std::vector<std::size_t>{0}
                                       : site.operator_name == "b" ? std::vector<std::size_t>{1}
                                                                   : std::vector<std::size_t>{0, 1});
        }
    }
    [[nodiscard]] EventOutlook outlook() { return outlook(fates.rows()); }
    [[nodiscard]] EventOutlook outlook(const std::vector<SharedFates::Row>& rows) {
        settle_plan();
        return outlook_of(event, plan, table, rows, fates.sets(), codes, people);
    }
};

}  // namespace phusong::test
