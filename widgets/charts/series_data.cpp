#include "widgets/charts/series_data.h"

#include <algorithm>

namespace lamina {
namespace {

template <class Number>
void appendAscending(std::vector<Number>& numbers, double next) {
    const auto value = static_cast<Number>(next);
    numbers.push_back(numbers.empty() || value >= numbers.back() ? value : numbers.back());
}

template <class Number>
std::size_t boundIn(const std::vector<Number>& numbers, double x, std::size_t from) {
    const auto less = [](Number number, double wanted) { return static_cast<double>(number) < wanted; };
    return static_cast<std::size_t>(std::lower_bound(numbers.begin() + static_cast<std::ptrdiff_t>(from), numbers.end(), x, less) - numbers.begin());
}

}  // namespace

void SeriesData::append(const CurvePoint& point) {
    appendAscending(m_steps, point.step);
    appendAscending(m_epochs, point.epoch);
    appendAscending(m_seconds, point.seconds);
    m_values.push_back(point.value);
}

void SeriesData::dropFrom(double step) {
    const std::size_t kept = lowerBound(CurveAxis::Step, step);
    if (kept == size()) return;
    for (auto* numbers : {&m_steps, &m_values}) numbers->resize(kept);
    for (auto* numbers : {&m_epochs, &m_seconds}) numbers->resize(kept);
    ++m_generation;
}

CurvePoint SeriesData::at(std::size_t index) const { return {m_steps[index], m_epochs[index], m_seconds[index], m_values[index]}; }

double SeriesData::x(CurveAxis axis, std::size_t index) const {
    switch (axis) {
        case CurveAxis::Step: return m_steps[index];
        case CurveAxis::Epoch: return m_epochs[index];
        case CurveAxis::Time: return m_seconds[index];
    }
    return 0;
}

std::size_t SeriesData::lowerBound(CurveAxis axis, double x, std::size_t from) const {
    switch (axis) {
        case CurveAxis::Step: return boundIn(m_steps, x, from);
        case CurveAxis::Epoch: return boundIn(m_epochs, x, from);
        case CurveAxis::Time: return boundIn(m_seconds, x, from);
    }
    return size();
}

std::size_t SeriesData::lowerBoundNear(CurveAxis axis, double wanted, std::size_t from, std::size_t stride) const {
    // Ever wider steps from the guess until the answer lies between two of them.
    const std::size_t guess = std::min(from + stride, size());
    std::size_t low = guess, high = guess;
    for (std::size_t step = 1; low > from && x(axis, low - 1) >= wanted; step *= 2) low = low - from > step ? low - step : from;
    for (std::size_t step = 1; high < size() && x(axis, high) < wanted; step *= 2) high = std::min(high + step, size());
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (x(axis, middle) < wanted) low = middle + 1;
        else high = middle;
    }
    return low;
}

std::size_t SeriesData::nearest(CurveAxis axis, double wanted) const {
    const std::size_t after = lowerBound(axis, wanted);
    if (after == size()) return size() - 1;
    if (after == 0) return 0;
    return wanted - x(axis, after - 1) <= x(axis, after) - wanted ? after - 1 : after;
}

}  // namespace lamina
