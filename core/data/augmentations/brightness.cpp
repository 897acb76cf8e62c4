// Lighter or darker.
#include <algorithm>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct BrightnessSettings {
    double amount = 0.2;
};

void paintBrightness(const BrightnessSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const auto shift = static_cast<float>(255 * draw.between(-settings.amount, settings.amount));
    for (float& x : pixels.values) x = std::clamp(x + shift, 0.0f, 255.0f);
}

}  // namespace

const AugmentationType& brightness_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<BrightnessSettings, paintBrightness>{
        .id = "brightness",
        .title = "Brightness",
        .summary = "Lighter or darker.",
        .properties = {property("amount", &BrightnessSettings::amount, "Most", "Share of the way from black to white.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
