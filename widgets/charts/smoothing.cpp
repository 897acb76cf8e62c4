#include "widgets/charts/smoothing.h"

#include <cmath>

namespace lamina {

double DebiasedMean::next(double value) {
    if (!std::isfinite(value)) return value;
    if (m_remainder == 1) m_constant = value;
    m_isConstant = m_isConstant && value == m_constant;
    m_mean = m_weight * m_mean + (1 - m_weight) * value;
    m_remainder *= m_weight;
    return m_isConstant ? value : m_mean / (1 - m_remainder);
}

}  // namespace lamina
