#include "core/annotation/mask_blend.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/annotation/colour_region.h"
#include "core/annotation/mask_outline.h"

namespace lamina {
namespace {

constexpr float noDistance = std::numeric_limits<float>::max() / 4;

/// Squared distances along one line to the nearest zero of a sum of both directions: the lower envelope of parabolas (P. F. Felzenszwalb, D. P.
/// Huttenlocher, 2012). Buffers live as long as the field is made.
class EnvelopeLine {
public:
    explicit EnvelopeLine(std::size_t longest) : m_places(longest), m_borders(longest + 1), m_values(longest) {}

    void transform(float* first, std::size_t count, std::size_t stride) {
        for (std::size_t i = 0; i < count; ++i) m_values[i] = first[i * stride];
        std::size_t last = 0;
        m_places[0] = 0;
        m_borders[0] = -noDistance;
        m_borders[1] = noDistance;
        for (std::size_t q = 1; q < count; ++q) {
            double border = meeting(q, m_places[last]);
            while (border <= m_borders[last]) border = meeting(q, m_places[--last]);
            m_places[++last] = q;
            m_borders[last] = border;
            m_borders[last + 1] = noDistance;
        }
        std::size_t at = 0;
        for (std::size_t i = 0; i < count; ++i) {
            while (m_borders[at + 1] < static_cast<double>(i)) ++at;
            const double way = static_cast<double>(i) - static_cast<double>(m_places[at]);
            first[i * stride] = static_cast<float>(way * way + static_cast<double>(m_values[m_places[at]]));
        }
    }

private:
    double meeting(std::size_t q, std::size_t p) const {
        const double a = static_cast<double>(q), b = static_cast<double>(p);
        return ((static_cast<double>(m_values[q]) + a * a) - (static_cast<double>(m_values[p]) + b * b)) / (2 * (a - b));
    }
    std::vector<std::size_t> m_places;
    std::vector<double> m_borders;
    std::vector<float> m_values;
};

/// Distances to the border of a region, over a window of the picture that may reach beyond it: positive inside.
class DistanceField {
public:
    DistanceField(const PixelRegion& region, const PixelRect& window) : m_window(window), m_values(distances(region, true)) {
        const auto outside = distances(region, false);
        for (std::size_t i = 0; i < m_values.size(); ++i) m_values[i] = outside[i] > 0 ? std::sqrt(outside[i]) - 0.5F : 0.5F - std::sqrt(m_values[i]);
    }
    /// Between the middles of pixels, which are whole numbers here.
    float at(double x, double y) const {
        const double u = std::clamp(x - static_cast<double>(m_window.left), 0.0, static_cast<double>(m_window.width - 1));
        const double v = std::clamp(y - static_cast<double>(m_window.top), 0.0, static_cast<double>(m_window.height - 1));
        const auto column = std::min(static_cast<std::int64_t>(u), m_window.width - 2), row = std::min(static_cast<std::int64_t>(v), m_window.height - 2);
        const auto right = static_cast<float>(u - static_cast<double>(column)), down = static_cast<float>(v - static_cast<double>(row));
        const float* corner = m_values.data() + row * m_window.width + column;
        const float above = corner[0] + (corner[1] - corner[0]) * right, below = corner[m_window.width] + (corner[m_window.width + 1] - corner[m_window.width]) * right;
        return above + (below - above) * down;
    }

private:
    /// Squared, from each pixel to the nearest one that is covered (or is not).
    std::vector<float> distances(const PixelRegion& region, bool toCovered) const {
        const auto width = static_cast<std::size_t>(m_window.width), height = static_cast<std::size_t>(m_window.height);
        std::vector<float> values(width * height);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const bool covered = region.contains(m_window.left + static_cast<std::int64_t>(i % width), m_window.top + static_cast<std::int64_t>(i / width));
            values[i] = covered == toCovered ? 0 : noDistance;
        }
        EnvelopeLine line(std::max(width, height));
        for (std::size_t x = 0; x < width; ++x) line.transform(values.data() + x, height, width);
        for (std::size_t y = 0; y < height; ++y) line.transform(values.data() + y * width, width, 1);
        return values;
    }
    PixelRect m_window;
    std::vector<float> m_values;
};

ShapePoint middleOfPixels(const PixelRegion& region) {
    double x = 0, y = 0, count = 0;
    for (std::int64_t v = 0; v < region.height; ++v)
        for (std::int64_t u = 0; u < region.width; ++u) {
            if (region.covered[static_cast<std::size_t>(v * region.width + u)] == 0) continue;
            x += static_cast<double>(u);
            y += static_cast<double>(v);
            ++count;
        }
    return {static_cast<double>(region.left) + x / count, static_cast<double>(region.top) + y / count};
}

/// How far both regions reach to each side of their middles, with two pixels around that nothing covers.
struct ReachAround {
    double left = 0, top = 0, right = 0, bottom = 0;
    void take(const PixelRegion& region, const ShapePoint& middle) {
        left = std::max(left, middle.x - static_cast<double>(region.left) + 2);
        top = std::max(top, middle.y - static_cast<double>(region.top) + 2);
        right = std::max(right, static_cast<double>(region.left + region.width) - middle.x + 1);
        bottom = std::max(bottom, static_cast<double>(region.top + region.height) - middle.y + 1);
    }
    PixelRect around(const ShapePoint& middle) const {
        const auto x = static_cast<std::int64_t>(std::floor(middle.x - left)), y = static_cast<std::int64_t>(std::floor(middle.y - top));
        return {x, y, static_cast<std::int64_t>(std::ceil(middle.x + right)) - x + 1, static_cast<std::int64_t>(std::ceil(middle.y + bottom)) - y + 1};
    }
};

}  // namespace

MaskRuns maskBetween(const MaskRuns& from, const MaskRuns& to, double part) {
    const PixelRegion first = regionOfMask(from), second = regionOfMask(to);
    const MaskRuns nothing{from.width, from.height, {static_cast<std::uint32_t>(from.width * from.height)}};
    if (from.width != to.width || from.height != to.height || first.isEmpty() || second.isEmpty()) return nothing;
    if (part <= 0 || part >= 1) return part <= 0 ? from : to;
    const ShapePoint begin = middleOfPixels(first), end = middleOfPixels(second);
    const ShapePoint middle{begin.x + (end.x - begin.x) * part, begin.y + (end.y - begin.y) * part};
    ReachAround reach;
    reach.take(first, begin);
    reach.take(second, end);
    const DistanceField before(first, reach.around(begin)), after(second, reach.around(end));
    const PixelRect window = reach.around(middle);
    PixelRegion between{window.left, window.top, window.width, window.height, {}};
    between.covered.reserve(static_cast<std::size_t>(window.width * window.height));
    for (std::int64_t y = window.top; y < window.top + window.height; ++y)
        for (std::int64_t x = window.left; x < window.left + window.width; ++x) {
            const double u = static_cast<double>(x) - middle.x, v = static_cast<double>(y) - middle.y;
            const double mixed = (1 - part) * static_cast<double>(before.at(begin.x + u, begin.y + v)) + part * static_cast<double>(after.at(end.x + u, end.y + v));
            between.covered.push_back(mixed > 0 ? 1 : 0);
        }
    return maskOfRegion(between, from.width, from.height);
}

}  // namespace lamina
