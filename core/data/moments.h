// Count, mean, spread and range of a stream of numbers: Welford's update, Chan's merge (Chan, Golub, LeVeque 1979).
// Numbers are added in slices whose borders depend on the data alone, so that the sums do not depend on threads.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace lamina {

struct Moments {
    std::int64_t count = 0;
    double mean = 0.0;
    double squares = 0.0;  ///< Σ (x - mean)²
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();

    void add(double x) {
        ++count;
        const double delta = x - mean;
        mean += delta / static_cast<double>(count);
        squares += delta * (x - mean);
        minimum = std::min(minimum, x);
        maximum = std::max(maximum, x);
    }
    void merge(const Moments& other) {
        if (other.count == 0) return;
        const double n = static_cast<double>(count), m = static_cast<double>(other.count), delta = other.mean - mean;
        mean += delta * (m / (n + m));
        squares += other.squares + delta * delta * (n * m / (n + m));
        count += other.count;
        minimum = std::min(minimum, other.minimum);
        maximum = std::max(maximum, other.maximum);
    }
    /// Of the numbers themselves (divided by n, not n - 1); 0 where there are none.
    double deviation() const { return count == 0 ? 0.0 : std::sqrt(squares / static_cast<double>(count)); }
};

/// Moments fed row by row in slices of 4096, merged in order: more exact than one long Welford run, and the same for the same rows.
class SlicedMoments {
public:
    void add(double x) {
        m_slice.add(x);
        if (m_slice.count == 4096) flush();
    }
    Moments total() {
        flush();
        return m_total;
    }

private:
    void flush() {
        m_total.merge(m_slice);
        m_slice = {};
    }
    Moments m_slice, m_total;
};

}  // namespace lamina
