// Light and dark farther from each other or closer together.
#include <algorithm>
#include <numeric>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct ContrastSettings {
    double amount = 0.3;
};

void paintContrast(const ContrastSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const auto factor = static_cast<float>(draw.between(1 - settings.amount, 1 + settings.amount));
    const double sum = std::accumulate(pixels.values.begin(), pixels.values.end(), 0.0);
    const auto mean = static_cast<float>(sum / static_cast<double>(pixels.values.size()));
    for (float& x : pixels.values) x = std::clamp(mean + (x - mean) * factor, 0.0f, 255.0f);
}

}  // namespace

const AugmentationType& contrast_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<ContrastSettings, paintContrast>{
        .id = "contrast",
        .title = "Contrast",
        .summary = "Light and dark farther from each other or closer together.",
        .properties = {property("amount", &ContrastSettings::amount, "Most", "0.3: up to three tenths more or less contrast.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
