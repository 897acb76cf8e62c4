// The smoothing of curves: an exponential moving average without the pull towards 0 at its beginning.
#pragma once

namespace lamina {

/// mean = w · mean + (1 - w) · y, shown as mean / (1 - wⁿ) after n numbers. A constant series stays as it is; numbers that are not finite
/// are given back unchanged and leave no trace.
class DebiasedMean {
public:
    /// 0 ≤ weight < 1; 0: no smoothing.
    explicit DebiasedMean(double weight) : m_weight(weight) {}
    double next(double value);

private:
    double m_weight;
    double m_mean = 0;
    double m_remainder = 1;  ///< wⁿ
    double m_constant = 0;   ///< the first number, while all have been the same
    bool m_isConstant = true;
};

}  // namespace lamina
