#include "core/annotation/mask_runs.h"

#include <algorithm>
#include <numeric>

namespace lamina {

std::string packRuns(const std::vector<std::uint32_t>& runs) {
    std::string text;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        std::int64_t value = runs[i];
        if (i > 2) value -= runs[i - 2];
        for (bool more = true; more;) {
            const int five = static_cast<int>(value & 31);
            value >>= 5;
            more = (five & 16) != 0 ? value != -1 : value != 0;
            text += static_cast<char>(48 + (more ? five | 32 : five));
        }
    }
    return text;
}

bool unpackRuns(const std::string& text, std::vector<std::uint32_t>& runs) {
    for (std::size_t at = 0; at < text.size();) {
        std::int64_t value = 0;
        int shift = 0;
        bool more = true;
        while (more) {
            if (at >= text.size() || shift > 60) return false;
            const int c = text[at++] - 48;
            if (c < 0 || c > 63) return false;
            value |= static_cast<std::int64_t>(c & 31) << shift;
            more = (c & 32) != 0;
            shift += 5;
            if (!more && (c & 16) != 0 && shift < 63) value |= -(std::int64_t{1} << shift);
        }
        if (runs.size() > 2) value += runs[runs.size() - 2];
        if (value < 0 || value > UINT32_MAX) return false;
        runs.push_back(static_cast<std::uint32_t>(value));
    }
    return true;
}

bool isWhole(const MaskRuns& mask) {
    const auto total = std::accumulate(mask.runs.begin(), mask.runs.end(), std::int64_t{0});
    return mask.width > 0 && mask.height > 0 && total / mask.height == mask.width && total % mask.height == 0;
}

MaskRuns runsOfPixels(const std::uint8_t* pixels, std::int64_t width, std::int64_t height, std::uint8_t value) {
    MaskRuns mask{width, height, {}};
    std::uint32_t run = 0;
    bool inside = false;
    for (std::int64_t x = 0; x < width; ++x)
        for (std::int64_t y = 0; y < height; ++y) {
            const bool is = pixels[y * width + x] == value;
            if (is != inside) {
                mask.runs.push_back(run);
                run = 0;
                inside = is;
            }
            ++run;
        }
    mask.runs.push_back(run);
    return mask;
}

std::vector<std::uint8_t> pixelsOfRuns(const MaskRuns& mask) {
    if (!isWhole(mask)) return {};
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(mask.width * mask.height));
    std::int64_t at = 0;
    for (std::size_t i = 0; i < mask.runs.size(); ++i) {
        for (std::uint32_t n = 0; n < mask.runs[i] && i % 2 == 1; ++n) {
            const std::int64_t place = at + n;
            pixels[static_cast<std::size_t>(place % mask.height * mask.width + place / mask.height)] = 1;
        }
        at += mask.runs[i];
    }
    return pixels;
}

}  // namespace lamina
