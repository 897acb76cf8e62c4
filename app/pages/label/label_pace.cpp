#include "app/pages/label/label_pace.h"

#include <algorithm>

namespace lamina {

void LabelPace::finished(std::int64_t now) {
    constexpr double longestWork = 120;
    const double seconds = static_cast<double>(now - m_last) * 1e-9;
    if (m_last != 0 && seconds < longestWork) m_seconds.push_back(seconds);
    m_last = now;
    ++m_items;
}

double LabelPace::secondsEach() const {
    constexpr std::size_t fewest = 5;
    if (m_seconds.size() < fewest) return 0;
    auto sorted = m_seconds;
    const auto middle = sorted.begin() + std::ssize(sorted) / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

}  // namespace lamina
