#include "io/gdal/postgis_sink.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "engine/errors.hpp"
#include "io/gdal/crs_of_file.hpp"
#include "io/gdal/error_scope.hpp"
#include "io/gdal/handles.hpp"
#include "io/gdal/postgis.hpp"
#include "io/result_tables.hpp"
#include "io/text/number.hpp"

namespace phusong::io {

namespace {

/// @pre standard_conforming_strings is on, as it is unless somebody turns it off; backslashes stand for
/// themselves then.
std::string literal(std::string_view text) {
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'') quoted += c;
        if (c != '\0') quoted += c;  // which no text of the database can hold
    }
    return quoted + "'";
}

std::string identifier(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += c;
        if (c != '\0') quoted += c;
    }
    return quoted + "\"";
}

const char* type_of_column(TableColumn::Kind kind) {
    switch (kind) {
        case TableColumn::Kind::text:
            return "text";
        case TableColumn::Kind::integer:
            return "bigint";
        case TableColumn::Kind::real:
            return "double precision";
    }
    return "text";
}

std::string sql_value(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return literal(*text);
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) return shortest(*number);
    return "NULL";
}

/// Extended well-known binary in hexadecimal, as PostGIS takes it for a geometry: little-endian.
class Ewkb {
public:
    void geometry(std::uint32_t type, std::optional<int> srid = std::nullopt) {
        constexpr std::uint32_t with_srid = 0x20000000;
        byte(1);
        number(srid ? type | with_srid : type);
        if (srid) number(static_cast<std::uint32_t>(*srid));
    }
    void number(std::uint32_t value) {
        for (unsigned i = 0; i < 4; ++i) byte(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    void point(Point place) {
        for (const double value : {place.x, place.y}) {
            const auto bits = std::bit_cast<std::uint64_t>(value);
            for (unsigned i = 0; i < 8; ++i) byte(static_cast<std::uint8_t>(bits >> (8 * i)));
        }
    }
    void ring(const Ring& points) {
        const bool closed = !points.empty() && points.front() == points.back();
        number(static_cast<std::uint32_t>(points.size() + (closed ? 0 : 1)));
        for (const Point& place : points) point(place);
        if (!closed) point(points.front());
    }
    [[nodiscard]] std::string literal_text() const { return "'" + text_ + "'"; }

private:
    void byte(std::uint8_t value) {
        constexpr char digits[] = "0123456789ABCDEF";
        text_ += digits[value >> 4U];
        text_ += digits[value & 15U];
    }

    std::string text_;
};

constexpr std::uint32_t wkb_point = 1;
constexpr std::uint32_t wkb_polygon = 3;
constexpr std::uint32_t wkb_multi_polygon = 6;

std::string sql_shape(const Table& table, std::size_t row, int srid) {
    Ewkb bytes;
    if (table.point_of) {
        bytes.geometry(wkb_point, srid);
        bytes.point(table.point_of(row));
        return bytes.literal_text();
    }
    const MultiPolygon shape = table.shape_of(row);
    if (shape.parts.empty()) return "NULL";
    bytes.geometry(wkb_multi_polygon, srid);
    bytes.number(static_cast<std::uint32_t>(shape.parts.size()));
    for (const PolygonPart& part : shape.parts) {
        bytes.geometry(wkb_polygon);
        bytes.number(static_cast<std::uint32_t>(1 + part.holes.size()));
        bytes.ring(part.shell);
        for (const Ring& hole : part.holes) bytes.ring(hole);
    }
    return bytes.literal_text();
}

bool is_synthetic_table(const Table& table) {
    return std::any_of(table.metadata.begin(), table.metadata.end(),
                       [](const auto& pair) { return pair.first == "SYNTHETIC" && pair.second == "YES"; });
}

}  // namespace

class PostgisSink::Impl {
public:
    Impl(const std::string& name, std::string schema, Existing existing)
        : name_{name}, schema_{std::move(schema)}, dataset_{open_postgis(name, PostgisAccess::write)} {
        if (GDALDatasetStartTransaction(dataset_.get(), 0) != OGRERR_NONE) fail("no transaction begins");
        if (answer("SELECT extversion FROM pg_extension WHERE extname = 'postgis'").empty()) {
            throw StorageError{"database '" + name_ + "' has no PostGIS; run CREATE EXTENSION postgis in it"};
        }
        execute("SET LOCAL standard_conforming_strings = on");
        execute("CREATE SCHEMA IF NOT EXISTS " + identifier(schema_));
        take_away(existing);
    }
    void write(const Table& table) {
        const std::string place = identifier(schema_) + "." + identifier(table.name);
        const bool placed = table.shape_of || table.point_of;
        const int srid = placed ? srid_of(table.crs) : 0;
        std::string columns = "fid bigint PRIMARY KEY";
        for (const TableColumn& column : table.columns) {
            columns += ", " + identifier(column.name) + " " + type_of_column(column.kind);
        }
        if (placed) {
            columns +=
                fmt::format(", geom geometry({}, {})", table.point_of ? "Point" : "MultiPolygon", srid);
        }
        execute("CREATE TABLE " + place + " (" + columns + ")");
        write_rows(table, place, placed, srid);
        if (placed) execute("CREATE INDEX ON " + place + " USING gist (geom)");
        execute(
            "COMMENT ON TABLE " + place + " IS " +
            literal("phusong: " + table.description + (is_synthetic_table(table) ? " SYNTHETIC=YES" : "")));
        if (answer("SELECT count(*)::text FROM " + place) != std::to_string(table.rows.size())) {
            fail("table '" + table.name + "' does not hold what was written");
        }
    }
    void commit() {
        const ErrorScope errors;
        if (GDALDatasetCommitTransaction(dataset_.get()) != OGRERR_NONE || errors.failed()) {
            fail("the transaction does not end: " + errors.message());
        }
        committed_ = true;
    }
    ~Impl() {
        const ErrorScope quiet;
        if (dataset_ && !committed_) GDALDatasetRollbackTransaction(dataset_.get());
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw StorageError{"database '" + name_ + "', schema '" + schema_ + "', cannot be written: " + what};
    }
    void execute(const std::string& sql) {
        const ErrorScope errors;
        OGRLayerH none = GDALDatasetExecuteSQL(dataset_.get(), sql.c_str(), nullptr, nullptr);
        if (none != nullptr) GDALDatasetReleaseResultSet(dataset_.get(), none);
        if (errors.failed()) fail(first_line(errors.first_message()));
    }
    /// The first value of the first row; empty: none.
    std::string answer(const std::string& sql) {
        const ErrorScope errors;
        OGRLayerH rows = GDALDatasetExecuteSQL(dataset_.get(), sql.c_str(), nullptr, nullptr);
        std::string text;
        if (rows != nullptr) {
            if (const FeatureHandle row{OGR_L_GetNextFeature(rows)})
                text = OGR_F_GetFieldAsString(row.get(), 0);
            GDALDatasetReleaseResultSet(dataset_.get(), rows);
        }
        if (errors.failed()) fail(first_line(errors.first_message()));
        return text;
    }
    /// GDAL repeats the statement behind what the database says.
    static std::string first_line(const std::string& text) {
        constexpr std::size_t enough = 300;
        return text.substr(0, std::min(text.find('\n'), enough));
    }

    /// Every table of the schema that phusong wrote, or none of the schema may be there.
    void take_away(Existing existing) {
        const std::string ours =
            "SELECT string_agg(quote_ident(relname), ', ' ORDER BY relname) FROM pg_class WHERE relnamespace "
            "= " +
            literal(identifier(schema_)) + "::regnamespace AND relkind IN ('r', 'v', 'm', 'p', 'f')";
        const std::string all = answer(ours);
        if (all.empty()) return;
        if (existing == Existing::refuse) {
            throw StorageError{
                "database '" + name_ + "', schema '" + schema_ + "', holds tables already (" + all +
                "); add --overwrite to replace those of an older run, or name the study otherwise"};
        }
        const std::string written =
            answer("SELECT string_agg(format('%I.%I', " + literal(schema_) +
                   ", relname), ', ' ORDER BY relname) FROM pg_class WHERE relnamespace = " +
                   literal(identifier(schema_)) +
                   "::regnamespace AND relkind = 'r' AND obj_description(oid, 'pg_class') LIKE 'phusong: %'");
        if (!written.empty()) execute("DROP TABLE " + written);
    }

    /// Of the registry where the CRS has a code there: PostGIS 3.3 lacks the zones of VN-2000 from 9205 on,
    /// and GDAL would give them numbers of its own, which no other program knows.
    int srid_of(const std::string& crs) {
        const SpatialReferenceHandle reference = make_spatial_reference(crs);
        const auto exported = [&](OGRErr (*export_to)(OGRSpatialReferenceH, char**)) {
            char* text = nullptr;
            export_to(reference.get(), &text);
            const CplString owner{text};
            return std::string{text != nullptr ? text : ""};
        };
        const std::string wkt = exported(OSRExportToWkt);
        const std::string proj = exported(OSRExportToProj4);
        constexpr std::string_view registry = "EPSG:";
        if (crs.starts_with(registry)) {
            const std::string code = crs.substr(registry.size());
            if (answer("SELECT srid::text FROM spatial_ref_sys WHERE srid = " + code).empty()) {
                add_srid(code, "'EPSG'", code, wkt, proj);
            }
            return std::stoi(code);
        }
        const std::string known =
            answer("SELECT srid::text FROM spatial_ref_sys WHERE srtext = " + literal(wkt) + " LIMIT 1");
        if (!known.empty()) return std::stoi(known);
        const std::string free = answer(
            "SELECT (COALESCE(MAX(srid), 949999) + 1)::text FROM spatial_ref_sys WHERE srid BETWEEN 950000 "
            "AND "
            "998998");
        add_srid(free, "NULL", "NULL", wkt, proj);
        return std::stoi(free);
    }
    void add_srid(const std::string& srid, const std::string& authority, const std::string& code,
                  const std::string& wkt, const std::string& proj) {
        execute("INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES (" +
                srid + ", " + authority + ", " + code + ", " + literal(wkt) + ", " + literal(proj) + ")");
    }

    void write_rows(const Table& table, const std::string& place, bool placed, int srid) {
        constexpr std::size_t enough = std::size_t{1} << 20;
        std::string values;
        const auto flush = [&] {
            if (!values.empty()) execute("INSERT INTO " + place + " VALUES " + values);
            values.clear();
        };
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            values += (values.empty() ? "(" : ", (") + std::to_string(row + 1);
            for (const TableValue& value : table.rows[row]) values += ", " + sql_value(value);
            if (placed) values += ", " + sql_shape(table, row, srid);
            values += ")";
            if (values.size() > enough) flush();
        }
        flush();
    }

    std::string name_;
    std::string schema_;
    DatasetHandle dataset_;
    bool committed_ = false;
};

PostgisSink::PostgisSink(const std::string& name, const std::string& schema, Existing existing)
    : impl_{std::make_unique<Impl>(name, schema, existing)} {}

PostgisSink::~PostgisSink() = default;
PostgisSink::PostgisSink(PostgisSink&& other) noexcept = default;
PostgisSink& PostgisSink::operator=(PostgisSink&& other) noexcept = default;

void PostgisSink::write(const Table& table) {
    impl_->write(table);
}

void PostgisSink::commit() {
    impl_->commit();
}

std::string schema_for(const std::string& study) {
    constexpr std::size_t longest = 63;  // of the database
    std::string text = study;
    for (const auto& [letter, plain] : {std::pair{"Đ", "d"}, std::pair{"đ", "d"}}) {
        for (std::size_t at = text.find(letter); at != std::string::npos; at = text.find(letter)) {
            text.replace(at, 2, plain);
        }
    }
    const auto flags = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    utf8proc_uint8_t* mapped = nullptr;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());  // NOLINT
    if (utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()), &mapped, flags) >= 0) {
        text = std::string{reinterpret_cast<char*>(mapped)};  // NOLINT
    }
    std::free(mapped);  // NOLINT(cppcoreguidelines-no-malloc): utf8proc's own way
    const std::string word = column_word(text);
    return ("phusong_" + (word.empty() ? "study" : word)).substr(0, longest);
}

}  // namespace phusong::io
