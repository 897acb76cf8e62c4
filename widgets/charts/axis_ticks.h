// Where an axis has its marks and what is written there: round numbers, round times, powers of ten.
#pragma once

#include <QString>

#include <vector>

namespace lamina {

struct AxisTick {
    double at = 0;
    QString label;  ///< unique within the axis
    bool operator==(const AxisTick&) const = default;
};

/// At most about `most` marks at multiples of 1, 2 or 5 × 10ⁿ within low … high.
std::vector<AxisTick> linearTicks(double low, double high, int most);
/// low and high are decimal logarithms; marks at 1, 2, 5 × 10ⁿ or powers of ten, labelled with the number itself.
std::vector<AxisTick> logarithmicTicks(double low, double high, int most);
/// Seconds, labelled "40 s", "1:30", "2 h", "1 d".
std::vector<AxisTick> timeTicks(double low, double high, int most);

/// A number of a curve, for tables: short, exact enough to compare ("0.8934", "12,345" without grouping, "1e+30"); "–" for what is no number.
QString curveNumber(double value);
/// "1:02:03", "2:03", "4.5 s".
QString curveTime(double seconds);

}  // namespace lamina
