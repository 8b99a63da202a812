#include "io/report/png_picture.hpp"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <cmath>
#include <memory>

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

struct Release {
    void operator()(RsvgHandle* handle) const noexcept { g_object_unref(handle); }
    void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const noexcept { cairo_destroy(context); }
};

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned int count) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string png_of(const std::string& svg, int width) {
    GError* error = nullptr;
    const std::unique_ptr<RsvgHandle, Release> handle{
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error)};
    const auto fail = [&](const std::string& why) {
        g_clear_error(&error);
        throw LimitError{"the picture cannot be drawn " + std::to_string(width) + " pixels wide: " + why +
                         "; ask for a smaller --width"};
    };
    if (!handle) fail(error != nullptr ? error->message : "unknown reason");
    double own_width = 0;
    double own_height = 0;
    rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &own_width, &own_height);
    const int height = static_cast<int>(std::lround(width * own_height / own_width));
    const std::unique_ptr<cairo_surface_t, Release> surface{
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    const std::unique_ptr<cairo_t, Release> context{cairo_create(surface.get())};
    const RsvgRectangle all{0, 0, static_cast<double>(width), static_cast<double>(height)};
    if (rsvg_handle_render_document(handle.get(), context.get(), &all, &error) == 0)
        fail(error != nullptr ? error->message : "unknown reason");
    std::string bytes;
    const cairo_status_t status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
    if (status != CAIRO_STATUS_SUCCESS) fail(cairo_status_to_string(status));
    return bytes;
}

}  // namespace phusong::io
