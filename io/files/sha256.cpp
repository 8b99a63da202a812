#include "io/files/sha256.hpp"

#include <openssl/evp.h>

#include <fstream>
#include <memory>
#include <vector>

#include "engine/errors.hpp"

namespace phusong::io {

namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string hexadecimal_digest(EVP_MD_CTX* context) {
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(context, sum, &size);
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += digits[sum[i] >> 4U];
        text += digits[sum[i] & 15U];
    }
    return text;
}

}  // namespace

std::string sha256_of_bytes(std::string_view bytes) {
    const DigestContext context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
    return hexadecimal_digest(context.get());
}

FileDigest sha256_of_pieces(const std::function<std::size_t(std::span<char>)>& read) {
    const DigestContext context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::vector<char> buffer(std::size_t{1} << 18);
    FileDigest digest;
    while (const std::size_t got = read(buffer)) {
        EVP_DigestUpdate(context.get(), buffer.data(), got);
        digest.bytes += got;
    }
    digest.sha256 = hexadecimal_digest(context.get());
    return digest;
}

FileDigest sha256_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    FileDigest digest = sha256_of_pieces([&file](std::span<char> buffer) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        return static_cast<std::size_t>(file.gcount());
    });
    if (!file.eof()) throw StorageError{"'" + path.string() + "' cannot be read"};
    return digest;
}

}  // namespace phusong::io
