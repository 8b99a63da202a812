#pragma once

#include <proj.h>

#include <memory>
#include <string>

namespace phusong::io {

struct DestroyPj {
    void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
using PjHandle = std::unique_ptr<PJ, DestroyPj>;

struct DestroyPjList {
    void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
};
using PjListHandle = std::unique_ptr<PJ_OBJ_LIST, DestroyPjList>;

/// One thread's view of PROJ: no network, messages kept instead of printed. PROJ's contexts are lent and come
/// back to be lent again: each new one would open the registry and learn its tables anew.
class PjContext {
public:
    PjContext();
    ~PjContext();
    PjContext(const PjContext&) = delete;
    PjContext& operator=(const PjContext&) = delete;

    [[nodiscard]] PJ_CONTEXT* get() const { return context_; }
    [[nodiscard]] const std::string& last_message() const { return last_message_; }

private:
    static void hear(void* self, int /*level*/, const char* text) {
        if (text != nullptr) static_cast<PjContext*>(self)->last_message_ = text;
    }

    PJ_CONTEXT* context_;
    std::string last_message_;
};

}  // namespace phusong::io
