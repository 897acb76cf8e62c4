#include "core/annotation/live_wire.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lamina {

namespace {

constexpr int wayX[] = {1, 1, 0, -1, -1, -1, 0, 1}, wayY[] = {0, 1, 1, 1, 0, -1, -1, -1};
constexpr double costOfAll = 256;  // of a step with nothing to follow
constexpr double weightOfCrossing = 0.43, weightOfMagnitude = 0.14, weightOfDirection = 0.43;  // Mortensen and Barrett's
constexpr std::uint8_t noWay = 255;
constexpr std::size_t bucketCount = 512;  // more than the dearest step

/// acos of 0 … 1 in steps of 1/256, as a part of half a circle.
const std::array<float, 257>& angles() {
    static const auto table = [] {
        std::array<float, 257> values{};
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(std::acos(static_cast<double>(i) / 256) / std::numbers::pi);
        return values;
    }();
    return table;
}

/// Brightness of the window, smoothed (1 2 1), so that single pixels make no edges.
class SmoothGrey {
public:
    SmoothGrey(const PixelView& picture, const PixelRect& window) : m_width(window.width), m_height(window.height), m_values(static_cast<std::size_t>(m_width * m_height)) {
        for (std::int64_t y = 0; y < m_height; ++y)
            for (std::int64_t x = 0; x < m_width; ++x) {
                const std::uint32_t pixel = picture.at(window.left + x, window.top + y);
                m_values[static_cast<std::size_t>(y * m_width + x)] = 0.114F * static_cast<float>(pixel & 255U) + 0.587F * static_cast<float>(pixel >> 8 & 255U) + 0.299F * static_cast<float>(pixel >> 16 & 255U);
            }
        smooth(1, 0);
        smooth(0, 1);
    }
    /// Beyond the border the nearest pixel.
    float at(std::int64_t x, std::int64_t y) const {
        return m_values[static_cast<std::size_t>(std::clamp<std::int64_t>(y, 0, m_height - 1) * m_width + std::clamp<std::int64_t>(x, 0, m_width - 1))];
    }

private:
    void smooth(std::int64_t dx, std::int64_t dy) {
        std::vector<float> smoothed(m_values.size());
        for (std::int64_t y = 0; y < m_height; ++y)
            for (std::int64_t x = 0; x < m_width; ++x)
                smoothed[static_cast<std::size_t>(y * m_width + x)] = (at(x - dx, y - dy) + 2 * at(x, y) + at(x + dx, y + dy)) / 4;
        m_values.swap(smoothed);
    }
    std::int64_t m_width, m_height;
    std::vector<float> m_values;
};

/// Does the Laplacian change its sign here, and is this pixel nearer to the change than its neighbour?
bool isZeroCrossing(const std::vector<float>& laplacian, std::int64_t width, std::int64_t height, std::int64_t x, std::int64_t y) {
    const float here = laplacian[static_cast<std::size_t>(y * width + x)];
    for (int way = 0; way < 8; way += 2) {
        const std::int64_t u = x + wayX[way], v = y + wayY[way];
        if (u < 0 || v < 0 || u >= width || v >= height) continue;
        const float there = laplacian[static_cast<std::size_t>(v * width + u)];
        if (here * there < 0 && std::abs(here) <= std::abs(there)) return true;
    }
    return false;
}

}  // namespace

LiveWire::LiveWire(const PixelView& picture, PixelPlace start, std::int64_t reach) {
    const PixelPlace at{std::clamp<std::int64_t>(start.x, 0, picture.width - 1), std::clamp<std::int64_t>(start.y, 0, picture.height - 1)};
    m_window.left = std::max<std::int64_t>(at.x - reach, 0);
    m_window.top = std::max<std::int64_t>(at.y - reach, 0);
    m_window.width = std::min(at.x + reach + 1, picture.width) - m_window.left;
    m_window.height = std::min(at.y + reach + 1, picture.height) - m_window.top;
    m_start = index(at);
    look(picture);
    const auto count = m_pixelCost.size();
    m_cost.assign(count, UINT32_MAX);
    m_back.assign(count, noWay);
    m_settled.assign(count, false);
    m_buckets.resize(bucketCount);
    m_cost[static_cast<std::size_t>(m_start)] = 0;
    m_buckets[0].push_back(m_start);
    m_waiting = 1;
}

void LiveWire::look(const PixelView& picture) {
    const std::int64_t width = m_window.width, height = m_window.height;
    const SmoothGrey grey(picture, m_window);
    const auto count = static_cast<std::size_t>(width * height);
    std::vector<float> laplacian(count), magnitude(count);
    m_directionX.resize(count);
    m_directionY.resize(count);
    m_pixelCost.resize(count);
    float strongest = 1;
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            const auto i = static_cast<std::size_t>(y * width + x);
            const float across = (grey.at(x + 1, y) - grey.at(x - 1, y)) / 2, down = (grey.at(x, y + 1) - grey.at(x, y - 1)) / 2;
            const float length = std::sqrt(across * across + down * down);
            magnitude[i] = length;
            strongest = std::max(strongest, length);
            if (length > 0.5F) {
                m_directionX[i] = -down / length;
                m_directionY[i] = across / length;
            }
            laplacian[i] = grey.at(x + 1, y) + grey.at(x - 1, y) + grey.at(x, y + 1) + grey.at(x, y - 1) - 4 * grey.at(x, y);
        }
    for (std::int64_t y = 0; y < height; ++y)
        for (std::int64_t x = 0; x < width; ++x) {
            const auto i = static_cast<std::size_t>(y * width + x);
            // In flat places the Laplacian changes its sign with every bit of noise.
            const bool crossing = magnitude[i] > 0.02F * strongest && isZeroCrossing(laplacian, width, height, x, y);
            m_pixelCost[i] = static_cast<std::uint8_t>(std::lround(costOfAll * ((crossing ? 0 : weightOfCrossing) + weightOfMagnitude * static_cast<double>(1 - magnitude[i] / strongest))));
        }
}

std::int64_t LiveWire::index(PixelPlace place) const {
    const std::int64_t x = std::clamp<std::int64_t>(place.x - m_window.left, 0, m_window.width - 1), y = std::clamp<std::int64_t>(place.y - m_window.top, 0, m_window.height - 1);
    return y * m_window.width + x;
}

PixelPlace LiveWire::start() const { return {m_window.left + m_start % m_window.width, m_window.top + m_start / m_window.width}; }

bool LiveWire::reaches(PixelPlace place) const {
    return place.x >= m_window.left && place.y >= m_window.top && place.x < m_window.left + m_window.width && place.y < m_window.top + m_window.height;
}

std::uint32_t LiveWire::linkCost(std::int64_t from, std::int64_t to, int way) const {
    const auto a = static_cast<std::size_t>(from), b = static_cast<std::size_t>(to);
    const bool diagonal = way % 2 == 1;
    const float length = diagonal ? 0.70710678F : 1.0F;
    const float along = m_directionX[a] * static_cast<float>(wayX[way]) * length + m_directionY[a] * static_cast<float>(wayY[way]) * length;
    const float there = m_directionX[b] * static_cast<float>(wayX[way]) * length + m_directionY[b] * static_cast<float>(wayY[way]) * length;
    const auto angle = [](float cosine) { return angles()[static_cast<std::size_t>(std::min(std::abs(cosine), 1.0F) * 256)]; };
    const double cost = m_pixelCost[b] + costOfAll * weightOfDirection * static_cast<double>(angle(along) + angle(there));
    return static_cast<std::uint32_t>(std::max(1L, std::lround(diagonal ? cost * std::numbers::sqrt2 : cost)));
}

void LiveWire::expand(std::int64_t until) {
    while (m_waiting > 0 && !m_settled[static_cast<std::size_t>(until)]) {
        auto& bucket = m_buckets[m_now % bucketCount];
        if (bucket.empty()) {
            ++m_now;
            continue;
        }
        const std::int64_t at = bucket.back();
        bucket.pop_back();
        --m_waiting;
        if (m_settled[static_cast<std::size_t>(at)]) continue;
        m_settled[static_cast<std::size_t>(at)] = true;
        const std::int64_t x = at % m_window.width, y = at / m_window.width;
        for (int way = 0; way < 8; ++way) {
            const std::int64_t u = x + wayX[way], v = y + wayY[way];
            if (u < 0 || v < 0 || u >= m_window.width || v >= m_window.height) continue;
            const std::int64_t to = v * m_window.width + u;
            if (m_settled[static_cast<std::size_t>(to)]) continue;
            const std::uint32_t cost = m_now + linkCost(at, to, way);
            if (cost >= m_cost[static_cast<std::size_t>(to)]) continue;
            m_cost[static_cast<std::size_t>(to)] = cost;
            m_back[static_cast<std::size_t>(to)] = static_cast<std::uint8_t>(way);
            m_buckets[cost % bucketCount].push_back(to);
            ++m_waiting;
        }
    }
}

std::vector<PixelPlace> LiveWire::pathTo(PixelPlace place) {
    const std::int64_t target = index(place);
    expand(target);
    std::vector<PixelPlace> path;
    for (std::int64_t at = target;;) {
        path.push_back({m_window.left + at % m_window.width, m_window.top + at / m_window.width});
        const std::uint8_t way = m_back[static_cast<std::size_t>(at)];
        if (at == m_start || way == noWay) break;
        at -= wayY[way] * m_window.width + wayX[way];
    }
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace lamina
