#pragma once

#include <string>
#include <vector>

#include "io/report/map_drawing.hpp"
#include "io/report/measures.hpp"
#include "io/report/wording.hpp"
#include "io/table.hpp"

namespace phusong::io {

/// The map as the element of an HTML page, coloured by a measure; the page's script takes it from there.
[[nodiscard]] std::string svg_of_page(const MapDrawing& drawing, const Measure& measure);

/// What stands beside the map of a picture.
struct PictureTexts {
    std::string study;
    std::string language;  ///< "vi" or "en"
    bool synthetic = false;
    std::vector<std::string> overlay_titles;  ///< of each overlay of the drawing
};

/// A picture of its own, 1600 x 900, for slides: title, map, legend.
[[nodiscard]] std::string svg_picture(const MapDrawing& drawing, const Measure& measure,
                                      const PictureTexts& texts);

/// A mark for each status on a field of 16 x 16, in the order of `status_words`: circle, triangle, square,
/// diamond.
[[nodiscard]] const std::vector<std::string>& status_marks();

/// Drawing units of a pixel where the map is as wide as on a usual screen.
[[nodiscard]] double units_per_pixel(const MapFrame& frame);

/// Text for HTML and XML; what XML has no place for becomes U+FFFD.
[[nodiscard]] std::string escaped_text(const std::string& text);

}  // namespace phusong::io
