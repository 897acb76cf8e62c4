// How quickly somebody labels: seen by that person alone, unless it is shared.
#pragma once

#include <cstdint>
#include <vector>

namespace lamina {

/// Of one sitting; nothing of it is written anywhere. GUI thread.
class LabelPace {
public:
    /// An item is done. `now`: steady, in nanoseconds.
    void finished(std::int64_t now);
    int items() const { return m_items; }
    /// The median of the times between two that came after each other; 0: too few to say. Longer breaks than two minutes do not count.
    double secondsEach() const;

private:
    std::vector<double> m_seconds;
    std::int64_t m_last = 0;
    int m_items = 0;
};

}  // namespace lamina
