#pragma once

#include <string>
#include <string_view>

namespace phusong::io {

/// Whether a name stands for a PostGIS database and no file: "PG:host=localhost dbname=gis".
[[nodiscard]] bool names_postgis(std::string_view name);

/// The name of a database without its password, which is kept in memory for `with_password`: studies,
/// manifests and messages hold names, and none of them ever holds a password.
/// @throws InputError when it is no list of key=value that libpq reads
[[nodiscard]] std::string without_password(const std::string& name);
/// What opens the database that `without_password` named.
[[nodiscard]] std::string with_password(const std::string& name);

}  // namespace phusong::io
