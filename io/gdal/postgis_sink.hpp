#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/table.hpp"

namespace phusong::io {

/// Writes the tables of a run into a schema of their own of a PostGIS database, all in one transaction: until
/// `commit` nobody sees them, and without it they never were. Numbers and texts arrive as they are, to the
/// last digit.
class PostgisSink {
public:
    enum class Existing { refuse, replace };

    /// @param name as `without_password` returned it
    /// @throws StorageError when it does not open, has no PostGIS, or holds tables of phusong in that schema
    /// that may not be replaced
    PostgisSink(const std::string& name, const std::string& schema, Existing existing);
    ~PostgisSink();
    PostgisSink(PostgisSink&& other) noexcept;
    PostgisSink& operator=(PostgisSink&& other) noexcept;

    /// @pre the CRS of a table with places is canonical. @throws StorageError
    void write(const Table& table);
    /// @throws StorageError; nothing is written then
    void commit();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// "phusong_" and the study's name in small letters without marks, digits and underscores, not longer than
/// the database takes.
[[nodiscard]] std::string schema_for(const std::string& study);

}  // namespace phusong::io
