// A long row of numbers with the least and largest of every 4, 16, 64 … neighbours: the extremes of any stretch in a few dozen looks.
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace lamina {

/// Of finite numbers; empty where there was none.
struct MinMax {
    float min = std::numeric_limits<float>::infinity();
    float max = -std::numeric_limits<float>::infinity();

    bool empty() const { return min > max; }
    void add(const MinMax& other) {
        if (other.min < min) min = other.min;
        if (other.max > max) max = other.max;
    }
    bool operator==(const MinMax&) const = default;
};

/// Append-only; numbers that are not finite count as gaps.
class MinMaxPyramid {
public:
    /// Amortised constant.
    void append(float value);
    void reserve(std::size_t count) { m_values.reserve(count); }
    void clear();

    std::size_t size() const { return m_values.size(); }
    float at(std::size_t index) const { return m_values[index]; }
    /// Of the numbers first … last-1. Takes time proportional to the logarithm of their count.
    MinMax range(std::size_t first, std::size_t last) const;

private:
    MinMax block(std::size_t level, std::size_t index) const;

    std::vector<float> m_values;
    std::vector<std::vector<MinMax>> m_levels;  ///< whole blocks only: level l holds those of 4^(l+1) numbers
};

}  // namespace lamina
