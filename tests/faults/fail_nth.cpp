// A library to be preloaded: the n-th of the calls that change files under one folder fails, as on a full or
// broken disk. Told by the environment:
//   FAULT_UNDER   folder; calls elsewhere are left alone and not counted
//   FAULT_NTH     from 1; 0 or nothing: none fails
//   FAULT_ERRNO   the number that the failing call leaves behind; with FAULT_STAYS=1 all that follow fail too
//   FAULT_COUNT   file that is told how many calls there were
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> calls{0};

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

long number_in(const char* name) {
    const char* text = std::getenv(name);
    return text != nullptr ? std::strtol(text, nullptr, 10) : 0;
}

bool is_under(const char* path) {
    const char* folder = std::getenv("FAULT_UNDER");
    return folder != nullptr && path != nullptr && std::strncmp(path, folder, std::strlen(folder)) == 0;
}

bool is_under(int descriptor) {
    char link[40];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    char path[PATH_MAX];
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return is_under(path);
}

/// Counts one call. @return whether it is the one to fail
bool fails() {
    const long call = ++calls;
    const long nth = number_in("FAULT_NTH");
    if (nth == 0 || call < nth || (call > nth && number_in("FAULT_STAYS") == 0)) return false;
    errno = static_cast<int>(number_in("FAULT_ERRNO"));
    return true;
}

bool writes(int flags) {
    return (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0;
}

struct Teller {
    ~Teller() {
        const char* path = std::getenv("FAULT_COUNT");
        if (path == nullptr) return;
        if (std::FILE* file = next<std::FILE*(const char*, const char*)>("fopen")(path, "w")) {
            std::fprintf(file, "%ld\n", calls.load());
            next<int(std::FILE*)>("fclose")(file);
        }
    }
} teller;

}  // namespace

extern "C" {

#define PHUSONG_OPEN(name)                                                    \
    int name(const char* path, int flags, ...) {                              \
        va_list more;                                                         \
        va_start(more, flags);                                                \
        const mode_t mode = va_arg(more, mode_t);                             \
        va_end(more);                                                         \
        if (writes(flags) && is_under(path) && fails()) return -1;            \
        return next<int(const char*, int, mode_t)>(#name)(path, flags, mode); \
    }
PHUSONG_OPEN(open)
PHUSONG_OPEN(open64)

#define PHUSONG_ON_DESCRIPTOR(result, name, parameters, arguments) \
    result name parameters {                                       \
        if (is_under(descriptor) && fails()) return -1;            \
        return next<result parameters>(#name) arguments;           \
    }
PHUSONG_ON_DESCRIPTOR(ssize_t, write, (int descriptor, const void* bytes, size_t size),
                      (descriptor, bytes, size))
PHUSONG_ON_DESCRIPTOR(ssize_t, pwrite, (int descriptor, const void* bytes, size_t size, off_t at),
                      (descriptor, bytes, size, at))
PHUSONG_ON_DESCRIPTOR(ssize_t, pwrite64, (int descriptor, const void* bytes, size_t size, off64_t at),
                      (descriptor, bytes, size, at))
PHUSONG_ON_DESCRIPTOR(int, fsync, (int descriptor), (descriptor))
PHUSONG_ON_DESCRIPTOR(int, fdatasync, (int descriptor), (descriptor))
PHUSONG_ON_DESCRIPTOR(int, ftruncate, (int descriptor, off_t size), (descriptor, size))
PHUSONG_ON_DESCRIPTOR(int, ftruncate64, (int descriptor, off64_t size), (descriptor, size))

#define PHUSONG_FOPEN(name)                                                                    \
    std::FILE* name(const char* path, const char* mode) {                                      \
        if (std::strpbrk(mode, "wa+") != nullptr && is_under(path) && fails()) return nullptr; \
        return next<std::FILE*(const char*, const char*)>(#name)(path, mode);                  \
    }
PHUSONG_FOPEN(fopen)
PHUSONG_FOPEN(fopen64)

size_t fwrite(const void* bytes, size_t size, size_t count, std::FILE* file) {
    if (is_under(fileno(file)) && fails()) return 0;
    return next<size_t(const void*, size_t, size_t, std::FILE*)>("fwrite")(bytes, size, count, file);
}
int fflush(std::FILE* file) {
    if (file != nullptr && is_under(fileno(file)) && fails()) return EOF;
    return next<int(std::FILE*)>("fflush")(file);
}
int fclose(std::FILE* file) {
    const bool broken = is_under(fileno(file)) && fails();
    const int result = next<int(std::FILE*)>("fclose")(file);
    return broken ? EOF : result;
}
int mkdir(const char* path, mode_t mode) {
    if (is_under(path) && fails()) return -1;
    return next<int(const char*, mode_t)>("mkdir")(path, mode);
}
int rename(const char* from, const char* to) {
    if (is_under(to) && fails()) return -1;
    return next<int(const char*, const char*)>("rename")(from, to);
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
    if (is_under(to) && fails()) return -1;
    return next<int(int, const char*, int, const char*, unsigned)>("renameat2")(from_folder, from, to_folder,
                                                                                to, flags);
}
}
