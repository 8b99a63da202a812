#include "io/proj/handles.hpp"

#include <mutex>
#include <vector>

namespace phusong::io {

namespace {

/// Contexts that nobody uses at the moment.
class IdleContexts {
public:
    PJ_CONTEXT* lend() {
        const std::scoped_lock lock{mutex_};
        if (idle_.empty()) return proj_context_create();
        PJ_CONTEXT* const context = idle_.back();
        idle_.pop_back();
        return context;
    }
    void take_back(PJ_CONTEXT* context) noexcept {
        const std::scoped_lock lock{mutex_};
        if (idle_.size() == most) {
            proj_context_destroy(context);
        } else {
            idle_.push_back(context);
        }
    }

private:
    static constexpr std::size_t most = 16;

    std::mutex mutex_;
    std::vector<PJ_CONTEXT*> idle_ = [] {
        std::vector<PJ_CONTEXT*> idle;
        idle.reserve(most);  // so that nothing that comes back can fail
        return idle;
    }();
};

IdleContexts& idle_contexts() {
    // Never destroyed: at the end of a program what PROJ and SQLite keep may be gone before.
    static auto* const contexts = new IdleContexts;
    return *contexts;
}

}  // namespace

PjContext::PjContext() : context_{idle_contexts().lend()} {
    proj_context_set_enable_network(context_, 0);
    proj_log_func(context_, this, &PjContext::hear);
}

PjContext::~PjContext() {
    proj_log_func(context_, nullptr, [](void*, int, const char*) {});
    idle_contexts().take_back(context_);
}

}  // namespace phusong::io
