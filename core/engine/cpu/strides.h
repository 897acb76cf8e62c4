// Loops over a shape in which some inputs repeat (NumPy's broadcasting): neighbouring axes are joined where every input allows it.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/engine/cpu/step.h"

namespace lamina::cpu {

class StridedLoop {
public:
    static constexpr std::size_t maxInputs = 2;

    /// Inputs are aligned with `out` at the right.
    StridedLoop(const std::vector<Shape>& inputs, const Shape& out) : m_inputs(inputs.size()) {
        std::array<std::int64_t, maxInputs> next{1, 1};
        for (std::size_t fromEnd = 1; fromEnd <= out.size(); ++fromEnd) {
            Axis axis{out[out.size() - fromEnd], {}};
            for (std::size_t i = 0; i < m_inputs; ++i) {
                const std::int64_t size = fromEnd <= inputs[i].size() ? inputs[i][inputs[i].size() - fromEnd] : 1;
                axis.strides[i] = size == 1 ? 0 : next[i];
                next[i] *= size;
            }
            addOuter(axis);
        }
        if (m_axes.empty()) m_axes.push_back({1, {}});
    }

    std::int64_t innerStride(std::size_t input) const { return m_axes.front().strides[input]; }
    /// Slices in units of inner runs (or, where there is one run only, of parts of it).
    Cut cut() const {
        const std::int64_t inner = m_axes.front().size, rows = rowCount();
        if (rows == 1) return {inner, pointwiseUnit};
        return {rows, std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, inner))};
    }

    /// Calls visit(offset in out, offsets in the inputs, length) for every inner run of a slice.
    template <class Visit>
    void each(const Cut& cut, int slice, Visit&& visit) const {
        std::int64_t offsets[maxInputs] = {};
        const std::int64_t inner = m_axes.front().size;
        if (rowCount() == 1) {
            for (std::size_t i = 0; i < m_inputs; ++i) offsets[i] = cut.first(slice) * m_axes.front().strides[i];
            visit(cut.first(slice), offsets, cut.length(slice));
            return;
        }
        for (std::int64_t row = cut.first(slice); row < cut.first(slice) + cut.length(slice); ++row) {
            locate(row, offsets);
            visit(row * inner, offsets, inner);
        }
    }

private:
    struct Axis {
        std::int64_t size;
        std::array<std::int64_t, maxInputs> strides;
    };

    void addOuter(const Axis& axis) {
        if (axis.size == 1) return;
        bool joins = !m_axes.empty();
        for (std::size_t i = 0; joins && i < m_inputs; ++i) joins = axis.strides[i] == m_axes.back().strides[i] * m_axes.back().size;
        if (joins) m_axes.back().size *= axis.size;
        else m_axes.push_back(axis);
    }

    std::int64_t rowCount() const {
        std::int64_t rows = 1;
        for (std::size_t a = 1; a < m_axes.size(); ++a) rows *= m_axes[a].size;
        return rows;
    }

    void locate(std::int64_t row, std::int64_t* offsets) const {
        std::fill_n(offsets, maxInputs, 0);
        for (std::size_t a = 1; a < m_axes.size(); ++a) {
            const std::int64_t at = row % m_axes[a].size;
            row /= m_axes[a].size;
            for (std::size_t i = 0; i < m_inputs; ++i) offsets[i] += at * m_axes[a].strides[i];
        }
    }

    std::size_t m_inputs;
    std::vector<Axis> m_axes;  // innermost first
};

}  // namespace lamina::cpu
