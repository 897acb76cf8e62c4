// Stronger, paler and shifted colours; grey pictures stay as they are.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct ColourSettings {
    double saturation = 0.3;
    double hue = 0.05;
};

/// Brightness stays; the two colour differences are turned (hue) and stretched (saturation).
void paintColour(const ColourSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const double stretch = draw.between(1 - settings.saturation, 1 + settings.saturation);
    const double angle = draw.between(-settings.hue, settings.hue) * 2 * std::numbers::pi;
    if (pixels.size.channels != 3) return;
    const auto cosine = static_cast<float>(stretch * std::cos(angle)), sine = static_cast<float>(stretch * std::sin(angle));
    float *red = pixels.plane(0), *green = pixels.plane(1), *blue = pixels.plane(2);
    for (std::int64_t i = 0; i < pixels.size.height * pixels.size.width; ++i) {
        const float y = 0.299f * red[i] + 0.587f * green[i] + 0.114f * blue[i];
        const float u = 0.492f * (blue[i] - y), v = 0.877f * (red[i] - y);
        const float turnedU = cosine * u - sine * v, turnedV = sine * u + cosine * v;
        const float newRed = y + turnedV / 0.877f, newBlue = y + turnedU / 0.492f;
        const float newGreen = (y - 0.299f * newRed - 0.114f * newBlue) / 0.587f;
        red[i] = std::clamp(newRed, 0.0f, 255.0f);
        green[i] = std::clamp(newGreen, 0.0f, 255.0f);
        blue[i] = std::clamp(newBlue, 0.0f, 255.0f);
    }
}

}  // namespace

const AugmentationType& colour_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<ColourSettings, paintColour>{
        .id = "colour",
        .title = "Colours",
        .summary = "Stronger, paler and shifted colours. Not where the colour is what tells the classes apart.",
        .properties = {property("saturation", &ColourSettings::saturation, "Saturation", "0.3: colours up to three tenths stronger or paler.",
                                {.minimum = 0, .maximum = 1}),
                       property("hue", &ColourSettings::hue, "Hue", "Share of the colour circle by which colours are turned at most.", {.minimum = 0, .maximum = 0.5})},
        .samples = {{}, {1, 0.5}, {0, 0.1}}};
    return type;
}

}  // namespace lamina
