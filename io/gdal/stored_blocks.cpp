#include "io/gdal/stored_blocks.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include "algorithms/support/byte_checksum.hpp"
#include "engine/errors.hpp"
#include "engine/fingerprint.hpp"

namespace phusong::io {

namespace {

/// Methods whose blocks hold all that decoding needs.
constexpr std::array<std::string_view, 6> self_contained{"", "DEFLATE", "LZW", "ZSTD", "LZMA", "PACKBITS"};

std::string structure(GDALMajorObjectH object, const char* name) {
    const char* const text = GDALGetMetadataItem(object, name, "IMAGE_STRUCTURE");
    return text == nullptr ? std::string{} : std::string{text};
}

[[noreturn]] void fail(const RasterFile& file, const std::string& why) {
    throw InputError{
        fmt::format("'{}' cannot be read: {}; fetch it again if it is damaged", file.description.name, why)};
}

void read_at(const RasterFile& file, int descriptor, std::uint64_t offset, std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t got = ::pread(descriptor, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail(file, std::generic_category().message(errno));
        if (got == 0) fail(file, "it ends too early");
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
}

}  // namespace

StoredBlocks::Descriptor::Descriptor(const RasterFile& file)
    : number{::open(file.path.c_str(), O_RDONLY | O_CLOEXEC)} {
    if (number < 0) fail(file, std::generic_category().message(errno));
}

StoredBlocks::Descriptor::~Descriptor() {
    ::close(number);
}

StoredBlocks::StoredBlocks(const RasterFile& file, GDALRasterBandH band)
    : file_{file}, band_{band}, descriptor_{file} {
    GDALGetBlockSize(band_, &block_columns_, &block_rows_);
    GDALDatasetH dataset = GDALGetBandDataset(band_);
    const std::string compression = structure(dataset, "COMPRESSION");
    if (file_.masked ||
        std::find(self_contained.begin(), self_contained.end(), compression) == self_contained.end()) {
        return;
    }
    std::array<std::uint8_t, 2> byte_order{};
    read_at(file_, descriptor_.number, 0, byte_order);
    Fingerprint print;
    print.add(std::uint64_t{byte_order[0]});
    print.add(compression);
    print.add(structure(dataset, "PREDICTOR"));
    print.add(structure(dataset, "INTERLEAVE"));
    print.add(structure(band_, "NBITS"));
    for (const int number : {static_cast<int>(GDALGetRasterDataType(band_)), block_rows_, block_columns_,
                             GDALGetRasterCount(dataset), file_.band, file_.south_up ? 1 : 0,
                             file_.signed_byte ? 1 : 0, file_.no_data ? 1 : 0}) {
        print.add(std::int32_t{number});
    }
    print.add(file_.no_data.value_or(0));
    print.add(file_.scale);
    print.add(file_.offset);
    how_ = print.value();
}

std::uint64_t StoredBlocks::of_block(int block_row, int block_column) {
    const std::uint64_t key =
        static_cast<std::uint64_t>(block_row) << 32U | static_cast<unsigned>(block_column);
    if (const auto known = found_.find(key); known != found_.end()) return known->second;
    const auto number = [&](const char* what) {
        const std::string item = fmt::format("BLOCK_{}_{}_{}", what, block_column, block_row);
        const char* const text = GDALGetMetadataItem(band_, item.c_str(), "TIFF");
        return text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    };
    bytes_.resize(number("OFFSET") == 0 ? 0 : number("SIZE"));  // a sparse block holds no bytes
    read_at(file_, descriptor_.number, number("OFFSET"), bytes_);
    return found_[key] = byte_checksum(bytes_);
}

std::optional<std::uint64_t> StoredBlocks::digest(Window window) {
    if (!how_) return std::nullopt;
    Fingerprint print;
    print.add(*how_);
    for (int row = window.row / block_rows_; row <= (window.row_end() - 1) / block_rows_; ++row) {
        for (int column = window.column / block_columns_;
             column <= (window.column_end() - 1) / block_columns_; ++column) {
            print.add(of_block(row, column));
        }
    }
    return print.value();
}

}  // namespace phusong::io
