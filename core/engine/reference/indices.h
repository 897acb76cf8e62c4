// Walking over elements by their coordinates.
#pragma once

#include <array>
#include <cstdint>

#include "core/tensor/shape.h"

namespace lamina::reference {

/// Steps in memory along each axis of a result for a value that is broadcast to it: 0 where it is repeated.
class BroadcastIndex {
public:
    BroadcastIndex(const Shape& from, const Shape& to) : m_to(to) {
        std::int64_t step = 1;
        for (std::size_t fromEnd = 1; fromEnd <= from.size(); ++fromEnd) {
            const std::int64_t size = from[from.size() - fromEnd];
            m_steps[to.size() - fromEnd] = size == 1 ? 0 : step;
            step *= size;
        }
    }
    /// Place in the value for the result's element `index` (row-major).
    std::int64_t operator()(std::int64_t index) const {
        std::int64_t place = 0;
        for (std::size_t axis = m_to.size(); axis-- > 0;) {
            place += index % m_to[axis] * m_steps[axis];
            index /= m_to[axis];
        }
        return place;
    }

private:
    const Shape& m_to;
    std::array<std::int64_t, 8> m_steps{};
};

/// A shape seen as [outer, size, inner] around one axis.
struct AxisView {
    std::int64_t outer = 1, size = 1, inner = 1;
    AxisView(const Shape& shape, std::int64_t axis) {
        for (std::size_t i = 0; i < shape.size(); ++i) {
            const auto at = static_cast<std::int64_t>(i);
            (at < axis ? outer : at == axis ? size : inner) *= shape[i];
        }
    }
};

}  // namespace lamina::reference
