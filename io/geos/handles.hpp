#pragma once

#include <geos_c.h>

#include <memory>
#include <string>

#include "algorithms/zones/polygon.hpp"

namespace phusong::io {

/// One thread's GEOS, with the last error it reported.
class GeosContext {
public:
    GeosContext() : handle_{GEOS_init_r()} {
        GEOSContext_setErrorMessageHandler_r(handle_, &GeosContext::hear, this);
    }
    ~GeosContext() { GEOS_finish_r(handle_); }
    GeosContext(const GeosContext&) = delete;
    GeosContext& operator=(const GeosContext&) = delete;

    [[nodiscard]] GEOSContextHandle_t get() const { return handle_; }
    [[nodiscard]] const std::string& last_error() const { return last_error_; }

private:
    static void hear(const char* text, void* self) {
        if (text != nullptr) static_cast<GeosContext*>(self)->last_error_ = text;
    }

    GEOSContextHandle_t handle_;
    std::string last_error_;
};

struct DestroyGeos {
    GEOSContextHandle_t handle = nullptr;
    void operator()(GEOSGeometry* geometry) const noexcept { GEOSGeom_destroy_r(handle, geometry); }
};
using GeosHandle = std::unique_ptr<GEOSGeometry, DestroyGeos>;

/// Null when GEOS refuses the rings.
[[nodiscard]] GeosHandle to_geos(const GeosContext& context, const MultiPolygon& shape);

/// The polygons of any geometry; lines and points are left out.
[[nodiscard]] MultiPolygon from_geos(const GeosContext& context, const GEOSGeometry* geometry);

}  // namespace phusong::io
