// A series a little larger or smaller as a whole, or feature by feature.
#include <algorithm>
#include <cmath>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace scaling_augmentation_parts {

struct ScalingSettings {
    double amount = 0.1;
    bool each = true;
};

/// As often larger by a factor as smaller by it.
void scaleSeries(const ScalingSettings& settings, const SeriesValues& series, RandomDraw& draw) {
    float factor = 1;
    for (std::int64_t f = 0; f < series.features; ++f) {
        if (settings.each || f == 0) factor = static_cast<float>(std::exp(settings.amount * draw.between(-1, 1)));
        for (std::int64_t t = 0; t < series.steps; ++t) series.values[static_cast<std::size_t>(t * series.features + f)] *= factor;
    }
}

}  // namespace scaling_augmentation_parts

const AugmentationType& scaling_augmentation() {
    using namespace scaling_augmentation_parts;
    static const AugmentationType type = AugmentationDescriptor<ScalingSettings, scaleSeries>{
        .id = "scaling",
        .title = "Scaling",
        .summary = "A series a little larger or smaller, measured from its mean.",
        .properties = {property("amount", &ScalingSettings::amount, "Most", "0.1: up to about a tenth larger or smaller.",
                                {.minimum = 0, .maximum = 2}),
                       property("each", &ScalingSettings::each, "Each by itself", "Every column of the series by a factor of its own.")},
        .samples = {{}, {1, false}}};
    return type;
}

}  // namespace lamina
