#include "engine/event_archive.hpp"

#include <utility>

#include "engine/fates_codec.hpp"
#include "engine/site_table_codec.hpp"

namespace phusong {

namespace {

constexpr ArchiveKind event_kind{"PHUSONGE", 3, "an event"};

void write_event(PackedWriter& out, const EventInput& event) {
    out.text(event.name);
    out.text(event.time_text);
    out.count(event.time ? 1 : 0);
    out.number(event.time.value_or(0));
    out.count(event.hours.size());
    for (const double hours : event.hours) out.number(hours);
    out.natural(event.scenarios);
    out.natural(event.seed);
    out.number(event.share_with_generators);
    out.count(event.customers.size());
    for (const auto& [name, part] : event.customers) {
        out.text(name);
        out.number(part);
    }
    out.number(event.floor_share);
}

EventInput read_event(PackedReader& in) {
    EventInput event;
    event.name = in.text();
    event.time_text = in.text();
    const bool timed = in.natural() != 0;
    const double time = in.number();
    if (timed) event.time = time;
    event.hours.resize(in.count());
    for (double& hours : event.hours) hours = in.number();
    event.scenarios = static_cast<std::uint32_t>(in.natural());
    event.seed = in.natural();
    event.share_with_generators = in.number();
    event.customers.resize(in.count());
    for (auto& [name, part] : event.customers) {
        name = in.text();
        part = in.number();
    }
    event.floor_share = in.number();
    return event;
}

void write_layers(PackedWriter& out, std::span<const std::size_t> layers) {
    out.count(layers.size());
    for (const std::size_t layer : layers) out.count(layer);
}

/// Layers below `end`.
std::vector<std::size_t> read_layers(PackedReader& in, std::size_t end) {
    std::vector<std::size_t> layers(in.count());
    for (std::size_t& layer : layers) {
        layer = static_cast<std::size_t>(in.natural());
        if (layer >= end) {
            layer = 0;
            in.fail();
        }
    }
    return layers;
}

void write_plan(PackedWriter& out, const EventPlan& plan) {
    out.count(plan.after_layer.size());
    for (const auto& after : plan.after_layer) out.count(after ? *after + 1 : 0);
    out.count(plan.questions.size());
    for (const LossQuestion& question : plan.questions) {
        out.natural(static_cast<std::uint64_t>(question.kind));
        out.text(question.name);
        write_layers(out, question.layers);
    }
    out.count(plan.site_layers.size());
    for (const auto& layers : plan.site_layers) write_layers(out, layers);
    for (const Status alive : plan.site_alive) out.natural(static_cast<std::uint64_t>(alive));
    write_site_table(out, plan.sites);
}

EventPlan read_plan(PackedReader& in) {
    EventPlan plan;
    plan.after_layer.resize(in.count());
    for (auto& after : plan.after_layer) {
        const std::uint64_t layer = in.natural();
        if (layer > ServiceState::most_layers) in.fail();
        if (layer > 0) after = static_cast<std::size_t>(layer - 1);
    }
    if (plan.after_layer.size() > ServiceState::most_layers) in.fail();
    plan.questions.resize(in.count());
    for (LossQuestion& question : plan.questions) {
        question.kind = static_cast<LossQuestion::Kind>(in.natural());
        question.name = in.text();
        question.layers = read_layers(in, plan.after_layer.size());
    }
    plan.site_layers.resize(in.count());
    for (auto& layers : plan.site_layers) layers = read_layers(in, plan.after_layer.size());
    plan.site_alive.resize(plan.site_layers.size());
    for (Status& alive : plan.site_alive) alive = static_cast<Status>(in.natural());
    plan.sites = read_site_table(in);
    if (plan.sites.sites.size() != plan.site_layers.size() || plan.questions.empty()) in.fail();
    return plan;
}

}  // namespace

EventArchive archive_of(const Plan& plan, const StudyResult& result, bool synthetic) {
    EventArchive archive;
    archive.study_name = plan.study.name;
    archive.event = *plan.study.event;
    archive.plan = *plan.event;
    archive.fates = result.event->fates;
    archive.sets = result.event->sets;
    archive.codes.resize(plan.zones.size());
    archive.names.resize(plan.zones.size());
    archive.people.resize(plan.zones.size());
    for (const PlaceResult& commune : result.communes) {
        archive.codes[commune.zone] = commune.code;
        archive.names[commune.zone] = commune.name;
        archive.people[commune.zone] = commune.people.value_or(Persons{});
    }
    archive.headline_hour = result.event->outlook.hours[result.event->outlook.headline];
    archive.restoration = plan.study.restoration.value_or(RestorationInput{});
    archive.synthetic = synthetic;
    return archive;
}

std::vector<std::uint8_t> encode_archive(const EventArchive& archive) {
    PackedWriter out = archive_writer(event_kind);
    out.text(archive.study_name);
    write_event(out, archive.event);
    write_plan(out, archive.plan);
    out.count(archive.codes.size());
    for (std::size_t zone = 0; zone < archive.codes.size(); ++zone) {
        out.text(archive.codes[zone]);
        out.text(archive.names[zone]);
        out.integer(archive.people[zone].units());
    }
    out.number(archive.headline_hour);
    out.natural(static_cast<std::uint64_t>(archive.restoration.crews));
    out.number(archive.restoration.site_hours);
    out.number(archive.restoration.feeder_hours);
    out.number(archive.restoration.generator_hours);
    out.count(archive.synthetic ? 1 : 0);
    write_fates(out, archive.fates, archive.sets);
    return sealed(event_kind, std::move(out));
}

EventArchive decode_archive(std::span<const std::uint8_t> bytes) {
    PackedReader in = opened(event_kind, bytes);
    EventArchive archive;
    archive.study_name = in.text();
    archive.event = read_event(in);
    archive.plan = read_plan(in);
    const std::size_t zones = in.count();
    archive.codes.resize(zones);
    archive.names.resize(zones);
    archive.people.resize(zones);
    for (std::size_t zone = 0; zone < zones; ++zone) {
        archive.codes[zone] = in.text();
        archive.names[zone] = in.text();
        archive.people[zone] = Persons::of_units(in.integer());
    }
    archive.headline_hour = in.number();
    archive.restoration.crews = static_cast<std::int32_t>(in.natural());
    archive.restoration.site_hours = in.number();
    archive.restoration.feeder_hours = in.number();
    archive.restoration.generator_hours = in.number();
    if (archive.restoration.crews < 1) in.fail();
    archive.synthetic = in.natural() != 0;
    FatesRead fates = read_fates(in, zones, archive.plan.sites.sites.size());
    archive.fates = std::move(fates.rows);
    archive.sets = std::move(fates.sets);
    if (!in.good() || !in.at_end()) throw ArchiveFormatError{"damaged"};
    return archive;
}

}  // namespace phusong
