// The bins of a histogram: round edges that suit the values.
#pragma once

#include <functional>

#include "core/data/profile/profile.h"

namespace lamina {

/// What has to be known of the values to lay the bins.
struct ValueSpread {
    std::int64_t count = 0;   ///< more than 0
    bool whole = false;       ///< no value has a fraction
    bool time = false;        ///< milliseconds since 1970
    ProfileQuantiles quantiles;
};

/// The edges and their scale (see ProfileHistogram); at most about 50 bins.
ProfileHistogram layBins(const ValueSpread& spread);
/// Counts: below(x): how many values are < x; `count`: all.
void fillBins(ProfileHistogram& histogram, std::int64_t count, const std::function<std::int64_t(double)>& below);

}  // namespace lamina
