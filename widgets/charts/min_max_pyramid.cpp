#include "widgets/charts/min_max_pyramid.h"

#include <cmath>

namespace lamina {
namespace {
constexpr std::size_t factor = 4;
}

void MinMaxPyramid::append(float value) {
    m_values.push_back(value);
    std::size_t count = m_values.size();
    for (std::size_t level = 0; count % factor == 0; ++level) {
        count /= factor;
        if (level == m_levels.size()) m_levels.emplace_back();
        MinMax whole;
        for (std::size_t i = 0; i < factor; ++i) whole.add(block(level, (count - 1) * factor + i));
        m_levels[level].push_back(whole);
    }
}

void MinMaxPyramid::clear() {
    m_values.clear();
    m_levels.clear();
}

MinMax MinMaxPyramid::block(std::size_t level, std::size_t index) const {
    if (level > 0) return m_levels[level - 1][index];
    const float value = m_values[index];
    return std::isfinite(value) ? MinMax{value, value} : MinMax{};
}

MinMax MinMaxPyramid::range(std::size_t first, std::size_t last) const {
    MinMax found;
    for (std::size_t level = 0; first < last; ++level) {
        const bool top = level == m_levels.size();
        while (first < last && (top || first % factor != 0)) found.add(block(level, first++));
        while (first < last && (top || last % factor != 0)) found.add(block(level, --last));
        first /= factor;
        last /= factor;
    }
    return found;
}

}  // namespace lamina
