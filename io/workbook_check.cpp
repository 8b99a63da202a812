#include "io/workbook_check.hpp"

#include <cpl_vsi.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "io/gdal/error_scope.hpp"
#include "io/gdal/sink_error.hpp"

namespace phusong::io {

namespace {

struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};

/// What was counted of a sheet's XML while it streamed by.
class SheetScan {
public:
    void read(std::string_view chunk) {
        const std::size_t seen = text_.size();
        text_ += chunk;
        // Those that end in what is new: a cell whose opening two chunks share counts once.
        std::size_t at = text_.find(cell, seen < cell.size() ? 0 : seen - cell.size() + 1);
        for (; at != std::string::npos; at = text_.find(cell, at + cell.size())) ++cells_;
        if (text_.size() > closing.size()) text_.erase(0, text_.size() - closing.size());
    }
    [[nodiscard]] bool whole(std::size_t cells) const { return cells_ == cells && text_ == closing; }

private:
    // Texts are escaped: a bracket opens a tag and nothing else.
    static constexpr std::string_view cell = "<c r=";
    static constexpr std::string_view closing = "</worksheet>";
    std::string text_;  ///< the end of what was read
    std::size_t cells_ = 0;
};

bool holds(const std::string& sheet, std::size_t cells) {
    const std::unique_ptr<VSILFILE, CloseFile> file{VSIFOpenL(sheet.c_str(), "rb")};
    if (!file) return false;
    SheetScan scan;
    std::array<char, std::size_t{1} << 16> buffer{};
    while (const std::size_t bytes = VSIFReadL(buffer.data(), 1, buffer.size(), file.get())) {
        scan.read({buffer.data(), bytes});
    }
    return scan.whole(cells);
}

}  // namespace

void require_cells(const std::filesystem::path& path, std::span<const std::size_t> cells) {
    const ErrorScope errors;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        if (!holds("/vsizip/{" + path.string() + "}/xl/worksheets/sheet" + number + ".xml", cells[i]))
            cannot_write(path, "sheet " + number + " does not read back as it was written");
    }
    if (errors.failed()) cannot_write(path, errors.message());
}

}  // namespace phusong::io
