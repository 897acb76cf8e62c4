#include "core/annotation/colour_region.h"

#include <algorithm>
#include <cmath>

namespace lamina {

namespace {

class ColourTest {
public:
    explicit ColourTest(const ColourRange& range) {
        for (int channel = 0; channel < 3; ++channel) {
            const int value = static_cast<int>(range.colour >> (8 * channel) & 255U), tolerance = std::clamp(range.tolerance, 0, 255);
            m_lowest[channel] = static_cast<std::uint32_t>(std::max(value - tolerance, 0));
            m_width[channel] = static_cast<std::uint32_t>(std::min(value + tolerance, 255)) - m_lowest[channel];
        }
    }
    bool operator()(std::uint32_t pixel) const {
        return (pixel & 255U) - m_lowest[0] <= m_width[0] && (pixel >> 8 & 255U) - m_lowest[1] <= m_width[1] && (pixel >> 16 & 255U) - m_lowest[2] <= m_width[2];
    }

private:
    std::uint32_t m_lowest[3], m_width[3];
};

PixelRect cutTo(const PixelView& picture, const PixelRect& within) {
    if (within.width <= 0 || within.height <= 0) return {0, 0, picture.width, picture.height};
    const std::int64_t left = std::clamp<std::int64_t>(within.left, 0, picture.width), top = std::clamp<std::int64_t>(within.top, 0, picture.height);
    return {left, top, std::clamp<std::int64_t>(within.left + within.width - left, 0, picture.width - left),
            std::clamp<std::int64_t>(within.top + within.height - top, 0, picture.height - top)};
}

/// Row by row: from each run of fitting pixels to the runs above and below that touch it.
class RegionFill {
public:
    RegionFill(const PixelView& picture, const PixelRect& area, const ColourRange& range)
        : m_picture(picture), m_area(area), m_fits(range), m_seen(static_cast<std::size_t>(area.width * area.height)) {}

    bool run(std::int64_t x, std::int64_t y, const CancelToken& cancel) {
        spread(x, y);
        for (std::size_t rows = 1; !m_open.empty(); ++rows) {
            if (rows % 4096 == 0 && cancel.cancelled()) return false;
            const Run run = m_open.back();
            m_open.pop_back();
            for (const std::int64_t next : {run.y - 1, run.y + 1}) {
                if (next < 0 || next >= m_area.height) continue;
                for (std::int64_t at = run.from; at < run.to; ++at)
                    if (isNew(at, next)) at = spread(at, next);
            }
        }
        return true;
    }

    PixelRegion region() const {
        PixelRegion found{m_area.left + m_left, m_area.top + m_top, m_right - m_left, m_bottom - m_top, {}};
        found.covered.resize(static_cast<std::size_t>(found.width * found.height));
        for (std::int64_t y = 0; y < found.height; ++y)
            std::copy_n(m_seen.begin() + static_cast<std::ptrdiff_t>((y + m_top) * m_area.width + m_left), found.width, found.covered.begin() + static_cast<std::ptrdiff_t>(y * found.width));
        return found;
    }

private:
    struct Run {
        std::int64_t y, from, to;
    };
    const std::uint32_t* row(std::int64_t y) const { return m_picture.pixels + (y + m_area.top) * m_picture.stride + m_area.left; }
    bool isNew(std::int64_t x, std::int64_t y) const { return m_seen[static_cast<std::size_t>(y * m_area.width + x)] == 0 && m_fits(row(y)[x]); }
    /// Takes the whole run around a pixel; gives its end.
    std::int64_t spread(std::int64_t x, std::int64_t y) {
        const std::uint32_t* pixels = row(y);
        std::uint8_t* seen = m_seen.data() + y * m_area.width;
        std::int64_t from = x, to = x + 1;
        while (from > 0 && seen[from - 1] == 0 && m_fits(pixels[from - 1])) --from;
        while (to < m_area.width && seen[to] == 0 && m_fits(pixels[to])) ++to;
        std::fill(seen + from, seen + to, std::uint8_t{1});
        m_open.push_back({y, from, to});
        m_left = std::min(m_left, from);
        m_right = std::max(m_right, to);
        m_top = std::min(m_top, y);
        m_bottom = std::max(m_bottom, y + 1);
        return to;
    }

    const PixelView& m_picture;
    PixelRect m_area;
    ColourTest m_fits;
    std::vector<std::uint8_t> m_seen;
    std::vector<Run> m_open;
    std::int64_t m_left = INT64_MAX, m_right = 0, m_top = INT64_MAX, m_bottom = 0;
};

enum Place : std::uint8_t { Outside, Inside, Border };

/// Of each pixel of the coarse region and a border of one around it.
std::vector<std::uint8_t> placesOf(const PixelRegion& coarse) {
    const std::int64_t width = coarse.width + 2, height = coarse.height + 2;
    std::vector<std::uint8_t> places(static_cast<std::size_t>(width * height));
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            int covered = 0;
            for (std::int64_t v = -1; v <= 1; ++v)
                for (std::int64_t u = -1; u <= 1; ++u) covered += coarse.contains(coarse.left + x - 1 + u, coarse.top + y - 1 + v);
            places[static_cast<std::size_t>(y * width + x)] = covered == 0 ? Outside : covered == 9 ? Inside : Border;
        }
    return places;
}

/// For each pixel of the picture from `first` on, which coarse one it lies in, counted from `from`.
std::vector<std::int64_t> coarsePlaces(std::int64_t first, std::int64_t count, std::int64_t size, std::int64_t coarseSize, std::int64_t from) {
    std::vector<std::int64_t> places;
    for (std::int64_t i = 0; i < count; ++i) places.push_back(std::clamp((2 * (first + i) + 1) * coarseSize / (2 * size), std::int64_t{0}, coarseSize - 1) - from);
    return places;
}

}  // namespace

std::uint32_t colourAround(const PixelView& picture, std::int64_t x, std::int64_t y) {
    std::uint32_t sums[3] = {}, count = 0;
    for (std::int64_t v = y - 1; v <= y + 1; ++v)
        for (std::int64_t u = x - 1; u <= x + 1; ++u) {
            if (!picture.has(u, v)) continue;
            for (int channel = 0; channel < 3; ++channel) sums[channel] += picture.at(u, v) >> (8 * channel) & 255U;
            ++count;
        }
    if (count == 0) return 0;
    return 0xff000000U | (sums[2] + count / 2) / count << 16 | (sums[1] + count / 2) / count << 8 | (sums[0] + count / 2) / count;
}

PixelRegion regionOfColour(const PixelView& picture, std::int64_t x, std::int64_t y, const ColourRange& range, const PixelRect& within, const CancelToken& cancel) {
    const PixelRect area = cutTo(picture, within);
    const std::int64_t column = x - area.left, row = y - area.top;
    if (column < 0 || row < 0 || column >= area.width || row >= area.height) return {};
    RegionFill fill(picture, area, range);
    if (!fill.run(column, row, cancel)) return {};
    return fill.region();
}

PixelRegion sharpenedRegion(const PixelRegion& coarse, std::int64_t coarseWidth, std::int64_t coarseHeight, const PixelView& picture, const ColourRange& range,
                            const CancelToken& cancel) {
    if (coarse.isEmpty() || coarseWidth <= 0 || coarseHeight <= 0) return {};
    const auto scaled = [](std::int64_t value, std::int64_t size, std::int64_t coarseSize) { return std::clamp(value * size / coarseSize, std::int64_t{0}, size); };
    PixelRegion fine;
    fine.left = scaled(coarse.left - 1, picture.width, coarseWidth);
    fine.top = scaled(coarse.top - 1, picture.height, coarseHeight);
    fine.width = scaled(coarse.left + coarse.width + 2, picture.width, coarseWidth) - fine.left;
    fine.height = scaled(coarse.top + coarse.height + 2, picture.height, coarseHeight) - fine.top;
    fine.covered.resize(static_cast<std::size_t>(fine.width * fine.height));
    const ColourTest fits(range);
    const auto places = placesOf(coarse);
    const auto columns = coarsePlaces(fine.left, fine.width, picture.width, coarseWidth, coarse.left - 1);
    const auto rows = coarsePlaces(fine.top, fine.height, picture.height, coarseHeight, coarse.top - 1);
    for (std::int64_t y = 0; y < fine.height; ++y) {
        if (y % 256 == 0 && cancel.cancelled()) return {};
        const std::int64_t row = rows[static_cast<std::size_t>(y)];
        if (row < 0 || row >= coarse.height + 2) continue;
        const std::uint32_t* pixels = picture.pixels + (fine.top + y) * picture.stride + fine.left;
        std::uint8_t* covered = fine.covered.data() + y * fine.width;
        for (std::int64_t x = 0; x < fine.width; ++x) {
            const std::int64_t column = columns[static_cast<std::size_t>(x)];
            if (column < 0 || column >= coarse.width + 2) continue;
            const std::uint8_t place = places[static_cast<std::size_t>(row * (coarse.width + 2) + column)];
            covered[x] = place == Inside || (place == Border && fits(pixels[x])) ? 1 : 0;
        }
    }
    return fine;
}

}  // namespace lamina
