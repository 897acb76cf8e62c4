// Every value a little off, as in a dark photo.
#include <algorithm>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct NoiseSettings {
    double amount = 0.05;
};

void paintNoise(const NoiseSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const double deviation = 255 * draw.between(0, settings.amount);
    for (float& x : pixels.values) x = std::clamp(x + static_cast<float>(deviation * draw.normal()), 0.0f, 255.0f);
}

}  // namespace

const AugmentationType& noise_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<NoiseSettings, paintNoise>{
        .id = "noise",
        .title = "Noise",
        .summary = "Every value a little off, as in a photo taken in the dark.",
        .properties = {property("amount", &NoiseSettings::amount, "Most", "Deviation of the noise as a share of the way from black to white.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {0.5}}};
    return type;
}

}  // namespace lamina
