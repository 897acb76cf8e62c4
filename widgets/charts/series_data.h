// The points of one curve, as they were given: append-only, in the order of their steps.
#pragma once

#include <cstddef>
#include <vector>

namespace lamina {

/// What the x axis counts.
enum class CurveAxis { Step, Epoch, Time };

struct CurvePoint {
    double step = 0;
    double epoch = 0;    ///< with its fraction
    double seconds = 0;  ///< since the curve began
    double value = 0;    ///< anything; what is not finite is a gap
};

class SeriesData {
public:
    /// Steps, epochs and seconds that run backwards are set to the largest so far.
    void append(const CurvePoint& point);
    /// Forgets the points at and after `step` (a resumed run writes them again).
    void dropFrom(double step);

    std::size_t size() const { return m_values.size(); }
    CurvePoint at(std::size_t index) const;
    double x(CurveAxis axis, std::size_t index) const;
    double value(std::size_t index) const { return m_values[index]; }
    /// Index of the first point in [from, size) whose x is not below `x`; size() where there is none.
    std::size_t lowerBound(CurveAxis axis, double x, std::size_t from = 0) const;
    /// The same, quick where the answer lies near from + stride: for walking along a curve.
    std::size_t lowerBoundNear(CurveAxis axis, double x, std::size_t from, std::size_t stride) const;
    /// Index of the point nearest to x. There must be one.
    std::size_t nearest(CurveAxis axis, double x) const;
    /// Grows whenever points are dropped: who keeps something computed from the points starts anew then.
    int generation() const { return m_generation; }

private:
    std::vector<double> m_steps, m_values;
    std::vector<float> m_epochs, m_seconds;
    int m_generation = 0;
};

}  // namespace lamina
