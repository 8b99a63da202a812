#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace phusong::bench {

/// How cells are stored; tiles of 512 x 512 in any case.
enum class Storage : std::uint8_t { deflate, zstd, plain };

/// A made-up country the size of Vietnam, 8 by 16 degrees from 102 E, 24 N, with a quarter of it sea.
struct Country {
    double part = 1;  ///< of the area that is made; sides shrink by its root
    Storage storage = Storage::deflate;
    double communes = 1;         ///< times 3,321 in the whole country
    int vertices_a_border = 79;  ///< between two corners of four communes
};

/// The files that one question is asked of.
struct NationalFiles {
    std::string communes;
    std::string population;             ///< float32, people per cell
    std::vector<std::string> coverage;  ///< one byte a cell: 0, 1, 255 where nothing is known
};

/// Cells a degree of the two lattices.
inline constexpr int cells_at_3_seconds = 1200;
inline constexpr int cells_at_1_second = 3600;

/// Makes files that are not in the folder yet; the same bytes each time. All values follow from a position
/// and a seed: blobs of coverage with ragged edges, people in clusters.
class NationalInputs {
public:
    /// @param folder is made where it is missing
    NationalInputs(std::string folder, Country country);

    /// 3,321 communes (in the whole country, by default) that tessellate it, 316 vertices each, borders
    /// shared.
    [[nodiscard]] std::string communes() const;
    [[nodiscard]] std::string population(int cells_a_degree) const;
    [[nodiscard]] std::vector<std::string> coverage(int cells_a_degree) const;
    /// Cells of 30 m in EPSG:32648 over the same country.
    [[nodiscard]] std::vector<std::string> coverage_on_a_map() const;
    /// The published communes, unpacked. @param packed communes_full.topojson.xz
    [[nodiscard]] std::string real_communes(const std::string& packed) const;

private:
    [[nodiscard]] std::string path(const std::string& name, const std::string& ending) const;

    std::string folder_;
    Country country_;
};

}  // namespace phusong::bench
