#include "io/report/svg_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace phusong::io {

namespace {

constexpr const char* ink = "#1a1a1a";
constexpr const char* fonts = "'Noto Sans','Liberation Sans','DejaVu Sans',sans-serif";

/// Hatching is told apart by direction and colour; what is not known is dotted.
std::string patterns(double unit, const std::string& prefix) {
    const std::string scale = fmt::format("scale({:.4g})", unit);
    return fmt::format(
        R"svg(<pattern id="{0}hatch-never" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45) {1}"><rect width="6" height="6" fill="#ffffff" fill-opacity="0.8"/><rect width="2.2" height="6" fill="#7a0177"/></pattern>)svg"
        R"svg(<pattern id="{0}hatch-lost" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45) {1}"><rect width="6" height="6" fill="#ffffff" fill-opacity="0.8"/><rect width="2.2" height="6" fill="#b30000"/></pattern>)svg"
        R"svg(<pattern id="{0}not-known" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(0) {1}"><rect width="7" height="7" fill="#e6e6e6"/><circle cx="3.5" cy="3.5" r="1" fill="#6a6a6a"/></pattern>)svg",
        prefix, scale);
}

std::string fill_of(const Measure& measure, std::size_t row) {
    const char digit = measure.classes[row];
    if (digit == '-') return "url(#not-known)";
    return colours_of(measure.kind)[static_cast<std::size_t>(digit - '0')];
}

/// Communes, zones, boundary. @param unit drawing units of a pixel
std::string map_body(const MapDrawing& drawing, const Measure& measure, double unit) {
    std::string text =
        fmt::format(R"svg(<g id="communes-drawn" stroke="#5a5a5a" stroke-width="{:.4g}">)svg", 0.5 * unit);
    for (std::size_t row = 0; row < drawing.communes.size(); ++row) {
        if (drawing.communes[row].empty()) continue;
        text += fmt::format("<path data-row=\"{}\" fill=\"{}\" fill-rule=\"evenodd\" d=\"{}\"/>\n", row,
                            fill_of(measure, row), drawing.communes[row]);
    }
    text += "</g>";
    for (std::size_t i = 0; i < drawing.overlays.size(); ++i) {
        const MapDrawing::Overlay& overlay = drawing.overlays[i];
        const char* kind = overlay.lost_in_event ? "lost" : "never";
        // The first question and what an event took are shown; other definitions on request.
        const bool hidden = i > 0 && !overlay.lost_in_event;
        text += fmt::format(
            R"svg(<g id="overlay-{}" class="overlay"{} clip-path="url(#land)"><path fill="url(#hatch-{})" fill-rule="evenodd" stroke="{}" stroke-width="{:.4g}" d="{}"/></g>)svg",
            i, hidden ? " hidden=\"hidden\" display=\"none\"" : "", kind,
            overlay.lost_in_event ? "#b30000" : "#7a0177", 0.8 * unit, overlay.path);
    }
    return text +
           fmt::format(
               R"svg(<path class="boundary" fill="none" stroke="{}" stroke-width="{:.4g}" d="{}"/>)svg", ink,
               1.4 * unit, drawing.boundary);
}

std::string clip(const MapDrawing& drawing) {
    return fmt::format(R"svg(<clipPath id="land"><path clip-rule="evenodd" d="{}"/></clipPath>)svg",
                       drawing.boundary);
}

std::string class_word(const Measure& measure, std::size_t at, const Wording& words) {
    if (measure.kind == Measure::Kind::status) return words.word(status_words()[at]);
    const bool people = measure.kind == Measure::Kind::people;
    if (people && at == 0) return words.word("class_nobody");
    const std::string prefix = people ? "class_people_" : "class_";
    const auto shown = [&](std::size_t i) { return words.whole(measure.breaks[i]); };
    if (at == (people ? 1U : 0U)) return words.word(prefix + "below", {shown(at)});
    if (at == measure.breaks.size()) return words.word(prefix + "from", {shown(at - 1)});
    return words.word(prefix + "between", {shown(at - 1), shown(at)});
}

std::string measure_title(const Measure& measure, const Wording& words) {
    if (measure.kind == Measure::Kind::status) return words.word("measure_status", {measure.subject});
    if (measure.kind == Measure::Kind::people)
        return words.word("measure_people", {words.word(measure.subject)});
    return words.word("measure_percent", {words.technology(measure.subject)});
}

std::string status_marks_of(const MapDrawing& drawing, const Measure& measure, double unit) {
    std::string text;
    const double size = std::min(12 * unit, std::sqrt(double{1} * drawing.frame.width * drawing.frame.height /
                                                      static_cast<double>(drawing.communes.size())) /
                                                4) /
                        16;
    for (std::size_t row = 0; row < drawing.communes.size(); ++row) {
        if (measure.classes[row] == '-' || !drawing.label_places[row]) continue;
        const auto [x, y] = *drawing.label_places[row];
        text += fmt::format(
            R"svg(<path fill="{}" stroke="#ffffff" stroke-width="0.6" transform="translate({:.0f} {:.0f}) scale({:.4g})" d="{}"/>)svg",
            ink, x - 8 * size, y - 8 * size, size,
            status_marks()[static_cast<std::size_t>(measure.classes[row] - '0')]);
    }
    return text;
}

/// Lines of a legend, one below the other.
class Legend {
public:
    Legend(double x, double y) : x_{x}, y_{y} {}

    void entry(const std::string& fill, const std::string& words, const std::string& mark = "") {
        text_ += fmt::format(
            R"svg(<rect x="{}" y="{}" width="40" height="26" fill="{}" stroke="#5a5a5a"/>)svg", x_, y_, fill);
        if (!mark.empty()) {
            text_ += fmt::format(
                R"svg(<path transform="translate({} {})" fill="{}" stroke="#ffffff" stroke-width="0.6" d="{}"/>)svg",
                x_ + 12, y_ + 5, ink, mark);
        }
        text_ += fmt::format(R"svg(<text x="{}" y="{}" font-size="22">{}</text>)svg", x_ + 54, y_ + 21,
                             escaped_text(words));
        y_ += 40;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    double x_;
    double y_;
    std::string text_;
};

/// A line of text in pieces that a column of so many letters holds.
std::vector<std::string> wrapped(const std::string& text, std::size_t letters) {
    std::vector<std::string> lines{""};
    std::size_t length = 0;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string piece = text.substr(begin, end - begin);
        // Bytes that continue a character are no letters.
        const auto size = static_cast<std::size_t>(std::count_if(piece.begin(), piece.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
        if (length > 0 && length + size + 1 > letters) {
            lines.emplace_back();
            length = 0;
        }
        lines.back() += (length > 0 ? " " : "") + piece;
        length += size + 1;
        begin = end + 1;
    }
    return lines;
}

}  // namespace

double units_per_pixel(const MapFrame& frame) {
    return std::max(frame.width / 900.0, frame.height / 800.0);
}

std::string svg_of_page(const MapDrawing& drawing, const Measure& measure) {
    const double unit = units_per_pixel(drawing.frame);
    const auto margin = static_cast<std::int32_t>(std::ceil(4 * unit));
    return fmt::format(
               R"svg(<svg id="map" viewBox="{} {} {} {}" role="application" tabindex="0"><defs>{}{}{}</defs>)svg",
               -margin, -margin, drawing.frame.width + 2 * margin, drawing.frame.height + 2 * margin,
               patterns(unit, ""), patterns(1, "key-"), clip(drawing)) +
           map_body(drawing, measure, unit) +
           R"svg(<g id="marks"></g><path id="hovered" class="hovered"/><path id="chosen" class="chosen"/></svg>)svg";
}

std::string svg_picture(const MapDrawing& drawing, const Measure& measure, const PictureTexts& texts) {
    constexpr double top = 130;
    constexpr double map_width = 1050;
    constexpr double map_height = 740;
    const Wording words{texts.language};
    const double unit = std::max(drawing.frame.width / map_width, drawing.frame.height / map_height);
    std::string picture = fmt::format(
        R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900" viewBox="0 0 1600 900" font-family="{}" fill="{}">)svg"
        "<title>{}</title><defs>{}{}{}</defs><rect width=\"1600\" height=\"900\" fill=\"#ffffff\"/>",
        fonts, ink, escaped_text(texts.study + ": " + measure_title(measure, words)), patterns(unit, ""),
        patterns(1.6, "key-"), clip(drawing));
    picture += fmt::format(R"svg(<text x="40" y="58" font-size="36" font-weight="bold">{}</text>)svg",
                           escaped_text(measure_title(measure, words)));
    picture +=
        fmt::format(R"svg(<text x="40" y="98" font-size="24">{}</text>)svg", escaped_text(texts.study));
    picture += fmt::format(
        R"svg(<svg x="40" y="{}" width="{}" height="{}" viewBox="0 0 {} {}" overflow="visible" preserveAspectRatio="xMidYMid meet">)svg",
        top, map_width, map_height, drawing.frame.width, drawing.frame.height);
    picture += map_body(drawing, measure, unit);
    if (measure.kind == Measure::Kind::status) picture += status_marks_of(drawing, measure, unit);
    picture += "</svg>";

    Legend legend{1130, 150};
    std::string used = measure.classes;
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (const char digit : used) {
        if (digit == '-') continue;
        const auto at = static_cast<std::size_t>(digit - '0');
        legend.entry(colours_of(measure.kind)[at], class_word(measure, at, words),
                     measure.kind == Measure::Kind::status ? status_marks()[at] : "");
    }
    if (used.starts_with('-')) legend.entry("url(#key-not-known)", words.word("class_unknown"));
    for (std::size_t i = 0; i < drawing.overlays.size(); ++i) {
        if (i > 0 && !drawing.overlays[i].lost_in_event) continue;
        legend.entry(drawing.overlays[i].lost_in_event ? "url(#key-hatch-lost)" : "url(#key-hatch-never)",
                     texts.overlay_titles[i]);
    }
    picture += legend.text();
    if (texts.synthetic) {
        double y = 740;
        for (const std::string& line : wrapped(words.word("synthetic"), 34)) {
            picture += fmt::format(
                R"svg(<text x="1130" y="{}" font-size="22" font-weight="bold" fill="#8a3b00">{}</text>)svg",
                y, escaped_text(line));
            y += 30;
        }
    }
    return picture + "</svg>\n";
}

const std::vector<std::string>& status_marks() {
    static const std::vector<std::string> marks{"M8 2a6 6 0 1 1-.01 0z", "M8 1.5L15 14H1z",
                                                "M2.5 2.5h11v11h-11z", "M8 .5L15.5 8 8 15.5.5 8z"};
    return marks;
}

std::string escaped_text(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '&':
                escaped += "&amp;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
                    escaped += "\xEF\xBF\xBD";
                } else {
                    escaped += c;
                }
        }
    }
    return escaped;
}

}  // namespace phusong::io
