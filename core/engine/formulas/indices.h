// Which row an index means: whole numbers as they are, real ones rounded to the nearest.
#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

namespace lamina::formulas {

/// -1 where it lies outside 0 … rows - 1 (as NaN does).
template <class T>
std::int64_t rowOf(T index, std::int64_t rows) {
    if constexpr (std::is_integral_v<T>) return index >= 0 && index < rows ? static_cast<std::int64_t>(index) : -1;
    const double rounded = std::nearbyint(static_cast<double>(index));
    return rounded >= 0 && rounded < static_cast<double>(rows) ? static_cast<std::int64_t>(rounded) : -1;
}

}  // namespace lamina::formulas
