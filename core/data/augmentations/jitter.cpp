// The values of a series a little off.
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct JitterSettings {
    double amount = 0.05;
};

void shakeSeries(const JitterSettings& settings, const SeriesValues& series, RandomDraw& draw) {
    for (float& x : series.values) x += static_cast<float>(settings.amount * draw.normal());
}

}  // namespace

const AugmentationType& jitter_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<JitterSettings, shakeSeries>{
        .id = "jitter",
        .title = "Jitter",
        .summary = "The values of a series a little off.",
        .properties = {property("amount", &JitterSettings::amount, "Amount", "As a share of the standard deviation.", {.minimum = 0, .maximum = 10})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
