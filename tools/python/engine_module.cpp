// The engine as a Python module, phusong._engine. What Python does better (dicts, temporary files, structured
// arrays) is in the package around it.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <thread>

#include "engine/errors.hpp"
#include "engine/what_if.hpp"
#include "io/dead_zone_tables.hpp"
#include "io/gdal/array_raster.hpp"
#include "io/gdal/startup.hpp"
#include "io/ledger_tables.hpp"
#include "io/result_tables.hpp"
#include "io/study_run.hpp"
#include "io/targets_table.hpp"
#include "io/text/manifest.hpp"
#include "io/text/remote_name.hpp"
#include "io/text/study_file.hpp"
#include "io/what_if.hpp"

namespace py = pybind11;

namespace phusong::python {

namespace {

using Run = std::shared_ptr<const io::StudyRun>;

/// Numbers as an array, of whole numbers where each row has one; texts as a list, None where there is none.
py::object column_of(const io::Table& table, std::size_t column) {
    using Kind = io::TableColumn::Kind;
    const std::size_t size = table.rows.size();
    const auto value = [&](std::size_t row) -> const io::TableValue& { return table.rows[row][column]; };
    if (table.columns[column].kind == Kind::text) {
        py::list texts;
        for (std::size_t row = 0; row < size; ++row) {
            const auto* text = std::get_if<std::string>(&value(row));
            texts.append(text != nullptr ? py::object{py::str(*text)} : py::object{py::none()});
        }
        return texts;
    }
    bool whole = table.columns[column].kind == Kind::integer;
    for (std::size_t row = 0; whole && row < size; ++row) {
        whole = std::holds_alternative<std::int64_t>(value(row));
    }
    if (whole) {
        py::array_t<std::int64_t> numbers(static_cast<py::ssize_t>(size));
        for (std::size_t row = 0; row < size; ++row)
            numbers.mutable_data()[row] = std::get<std::int64_t>(value(row));
        return numbers;
    }
    py::array_t<double> numbers(static_cast<py::ssize_t>(size));
    for (std::size_t row = 0; row < size; ++row) {
        double number = std::numeric_limits<double>::quiet_NaN();
        if (const auto* real = std::get_if<double>(&value(row))) number = *real;
        if (const auto* integer = std::get_if<std::int64_t>(&value(row)))
            number = static_cast<double>(*integer);
        numbers.mutable_data()[row] = number;
    }
    return numbers;
}

io::Table table_of(const io::StudyRun& run, const std::string& name) {
    const Plan& plan = run.plan;
    const bool synthetic = io::is_synthetic(run.sources);
    if (name == "communes") return io::communes_table(plan, run.sources, run.result);
    if (name == "provinces") return io::provinces_table(plan, run.result, synthetic);
    if (name == "ledger") return io::ledger_table(plan, run.result);
    if (name == "ledger_shares") return io::ledger_shares_table(plan, run.result);
    if (name == "targets" && !plan.study.targets.empty())
        return io::targets_table(plan, run.sources, run.result);
    if (!plan.dead_zones.empty()) {
        if (name == "dead_zones") {
            return io::dead_zones_table(plan, run.sources, run.result, *run.scratch,
                                        io::to_lonlat_of(plan, run.sources));
        }
        if (name == "dead_zones_summary") return io::dead_zones_summary_table(plan, run.result, synthetic);
        if (name == "dead_zone_communes") return io::dead_zone_communes_table(plan, run.sources, run.result);
    }
    throw py::key_error("this study has no table '" + name + "'");
}

/// Columns in their order: (name, values).
py::list table(const Run& run, const std::string& name) {
    const io::Table found = table_of(*run, name);
    py::list columns;
    for (std::size_t i = 0; i < found.columns.size(); ++i) {
        columns.append(py::make_tuple(found.columns[i].name, column_of(found, i)));
    }
    return columns;
}

Run run(const Study& study, const std::filesystem::path& out, bool overwrite, std::size_t threads,
        std::size_t memory_mib, const py::object& progress) {
    io::StudyRunOptions options;
    options.threads = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    options.open.cache_bytes_per_reader =
        std::clamp<std::size_t>((memory_mib << 20) / 2 / options.threads / (study.coverage.size() + 1),
                                std::size_t{1} << 20, std::size_t{64} << 20);
    options.overwrite = overwrite;
    options.progress = [&progress](std::size_t done, std::size_t all) {
        const py::gil_scoped_acquire gil;
        if (PyErr_CheckSignals() != 0) throw py::error_already_set{};  // Ctrl-C
        if (!progress.is_none()) progress(done, all);
    };
    const py::gil_scoped_release released;
    return io::run_into(out, study, options);
}

io::ArrayRaster::Cell cell_type(const py::array& cells) {
    using Cell = io::ArrayRaster::Cell;
    if (py::isinstance<py::array_t<std::uint8_t>>(cells)) return Cell::uint8;
    if (py::isinstance<py::array_t<std::int16_t>>(cells)) return Cell::int16;
    if (py::isinstance<py::array_t<std::uint16_t>>(cells)) return Cell::uint16;
    if (py::isinstance<py::array_t<std::int32_t>>(cells)) return Cell::int32;
    if (py::isinstance<py::array_t<std::uint32_t>>(cells)) return Cell::uint32;
    if (py::isinstance<py::array_t<float>>(cells)) return Cell::float32;
    if (py::isinstance<py::array_t<double>>(cells)) return Cell::float64;
    throw InputError{"an array of " + py::str(cells.dtype()).cast<std::string>() +
                     " is no raster; use uint8, int16, uint16, int32, uint32, float32 or float64"};
}

void write_array(const std::filesystem::path& path, const py::array& given,
                 const std::array<double, 6>& transform, const std::string& crs,
                 std::optional<double> nodata) {
    const py::array cells = py::array::ensure(given, py::array::c_style);
    if (cells.ndim() != 2 || cells.size() == 0 || cells.shape(0) > std::numeric_limits<std::int32_t>::max() ||
        cells.shape(1) > std::numeric_limits<std::int32_t>::max()) {
        throw InputError{
            "a raster is an array of two dimensions, rows from the north and columns from the west"};
    }
    const io::ArrayRaster raster{cells.data(),
                                 cell_type(cells),
                                 static_cast<std::int32_t>(cells.shape(0)),
                                 static_cast<std::int32_t>(cells.shape(1)),
                                 transform,
                                 crs,
                                 nodata};
    const py::gil_scoped_release released;
    io::write_array(path, raster);
}

/// What a run with an event left, open for any number of suppositions about its sites.
class Event {
public:
    explicit Event(const std::filesystem::path& folder)
        : archive_{io::read_event_archive(folder)}, sites_{archive_.plan.sites} {}

    [[nodiscard]] std::vector<std::string> sites() const {
        std::vector<std::string> ids;
        for (const SiteRecord& site : sites_.sites) ids.push_back(site.id);
        return ids;
    }
    [[nodiscard]] const std::vector<std::string>& communes() const { return archive_.codes; }
    [[nodiscard]] std::vector<std::string> questions() const {
        std::vector<std::string> names;
        for (const LossQuestion& question : archive_.plan.questions) names.push_back(question.name);
        return names;
    }
    [[nodiscard]] py::array_t<double> people() const {
        py::array_t<double> people(static_cast<py::ssize_t>(archive_.people.size()));
        for (std::size_t zone = 0; zone < archive_.people.size(); ++zone) {
            people.mutable_data()[zone] = archive_.people[zone].value();
        }
        return people;
    }
    /// Of shape (scenarios, questions, communes), and of everything (scenarios, questions).
    [[nodiscard]] py::tuple lost(const py::array_t<bool, py::array::c_style | py::array::forcecast>& down) {
        const auto site_count = static_cast<py::ssize_t>(sites_.sites.size());
        if (down.ndim() != 2 || down.shape(1) != site_count) {
            throw InputError{"`down` is an array of scenarios x sites, and the event has " +
                             std::to_string(site_count) + " sites"};
        }
        const auto questions = static_cast<py::ssize_t>(archive_.plan.questions.size());
        const auto communes = static_cast<py::ssize_t>(archive_.codes.size());
        py::array_t<double> zones({down.shape(0), questions, communes});
        py::array_t<double> total({down.shape(0), questions});
        const bool* states = down.data();
        double* of_zone = zones.mutable_data();
        double* of_all = total.mutable_data();
        for (py::ssize_t scenario = 0; scenario < down.shape(0); ++scenario) {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set{};  // Ctrl-C
            const py::gil_scoped_release released;
            const EventOutlook outlook = outlook_of_down(states);
            states += site_count;
            for (std::size_t q = 0; q < archive_.plan.questions.size(); ++q) {
                *of_all++ = outlook.total.of_question[q].spread.median.value();
                for (const PlaceOutlook& zone : outlook.zones) {
                    *of_zone++ = zone.of_question[q].spread.median.value();
                }
            }
        }
        return py::make_tuple(zones, total);
    }

private:
    /// @param down of each site
    [[nodiscard]] EventOutlook outlook_of_down(const bool* down) {
        archive_.plan.sites = sites_;
        std::vector<SupposedStatus> supposed;
        for (std::size_t site = 0; site < sites_.sites.size(); ++site) {
            if (down[site]) supposed.push_back({site});
        }
        return what_if(archive_, supposed);
    }

    EventArchive archive_;
    SiteTable sites_;  ///< as the run left them
};

}  // namespace

PYBIND11_MODULE(_engine, module) {
    io::start_gdal();
    module.doc() = "The engine of phusong; the package phusong is the way in.";
    py::register_exception<InputError>(module, "InputError", PyExc_ValueError);
    py::register_exception<StorageError>(module, "StorageError", PyExc_OSError);
    py::register_exception<LimitError>(module, "LimitError", PyExc_MemoryError);
    const py::class_<Study> study_class(module, "Study", "What is asked of which files.");
    const py::class_<io::StudyRun, std::shared_ptr<io::StudyRun>> run_class(module, "Run",
                                                                            "A run that is done, in memory.");
    module.def("read_study", &io::read_study_file, py::arg("path"), "A study file (TOML).");
    module.def("parse_study", &io::parse_study, py::arg("text"), py::arg("name"), py::arg("folder"),
               "The text of a study file; `folder` is where its relative paths count from.");
    module.def("refuse_remote", &io::refuse_remote, py::arg("study"), py::arg("permission"),
               "InputError when the study leads over a network.");
    module.def(
        "run",
        [](const Study& study, const std::filesystem::path& out, bool overwrite, std::size_t threads,
           std::size_t memory_mib, const py::object& progress) {
            return std::const_pointer_cast<io::StudyRun>(
                run(study, out, overwrite, threads, memory_mib, progress));
        },
        py::arg("study"), py::arg("out"), py::arg("overwrite"), py::arg("threads"), py::arg("memory_mib"),
        py::arg("progress"), "The pass, into the folder `out`.");
    module.def(
        "table",
        [](const std::shared_ptr<io::StudyRun>& done, const std::string& name) { return table(done, name); },
        py::arg("run"), py::arg("name"), "Columns of a table as (name, values), in their order.");
    module.def(
        "summary",
        [](const std::shared_ptr<io::StudyRun>& done, const std::string& out) {
            return io::summary_json(done->plan, done->sources, done->result, out);
        },
        py::arg("run"), py::arg("out"), "The numbers in short, as JSON.");
    module.def("write_array", &write_array, py::arg("path"), py::arg("cells"), py::arg("transform"),
               py::arg("crs"), py::arg("nodata"), "An array as GeoTIFF.");
    py::class_<Event>(module, "Event")
        .def(py::init<const std::filesystem::path&>(), py::arg("folder"))
        .def_property_readonly("sites", &Event::sites)
        .def_property_readonly("communes", &Event::communes)
        .def_property_readonly("questions", &Event::questions)
        .def_property_readonly("people", &Event::people)
        .def("lost", &Event::lost, py::arg("down"));
    module.def("versions", &io::library_versions, "Name and version of each library that decides a result.");
}

}  // namespace phusong::python
