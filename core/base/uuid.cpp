#include "core/base/uuid.h"

#include <sys/random.h>

#include <cstdint>

#include "core/base/clock.h"

namespace lamina {

std::string newUuid() {
    unsigned char bytes[16];
    std::size_t have = 0;
    while (have < sizeof bytes) {
        const auto got = getrandom(bytes + have, sizeof bytes - have, 0);
        if (got > 0) have += static_cast<std::size_t>(got);
    }
    const auto now = static_cast<std::uint64_t>(clock().wallMilliseconds());
    for (int i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(now >> (40 - 8 * i));
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
    static constexpr char hex[] = "0123456789abcdef";
    std::string text;
    for (int i = 0; i < 16; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += hex[bytes[i] >> 4];
        text += hex[bytes[i] & 15];
    }
    return text;
}

bool isUuid(const std::string& text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

}  // namespace lamina
