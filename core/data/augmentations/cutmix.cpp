// A rectangle of another picture is pasted in (Yun et al. 2019).
#include <algorithm>
#include <cmath>

#include "core/data/augmentations/augmentation.h"
#include "core/data/augmentations/mixing.h"

namespace lamina {
namespace {

struct CutmixSettings {
    double strength = 1;
};

Mixture mixCutmix(const CutmixSettings& settings, const Pixels& own, const Pixels& other, RandomDraw& draw) {
    const auto [channels, height, width] = own.size;
    const double edge = std::sqrt(1 - drawShare(settings.strength, draw));
    const double halfWidth = edge * static_cast<double>(width) / 2, halfHeight = edge * static_cast<double>(height) / 2;
    const double x = draw.uniform() * static_cast<double>(width), y = draw.uniform() * static_cast<double>(height);
    const auto within = [](double at, std::int64_t most) { return std::clamp<std::int64_t>(std::llround(at), 0, most); };
    const std::int64_t left = within(x - halfWidth, width), right = within(x + halfWidth, width), top = within(y - halfHeight, height),
                       bottom = within(y + halfHeight, height);
    for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t line = top; line < bottom; ++line)
            std::copy(other.plane(channel) + line * width + left, other.plane(channel) + line * width + right, own.plane(channel) + line * width + left);
    const double covered = static_cast<double>((right - left) * (bottom - top)) / static_cast<double>(width * height);
    return {1 - covered, {static_cast<double>(left), static_cast<double>(top), static_cast<double>(right), static_cast<double>(bottom)}};
}

}  // namespace

const AugmentationType& cutmix_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<CutmixSettings, mixCutmix>{
        .id = "cutmix",
        .title = "Cutmix",
        .summary = "A rectangle of another picture is pasted in; the answer is that of either, as often as its share of the area.",
        .properties = {property("strength", &CutmixSettings::strength, "Strength", "Alpha of the Beta distribution of the shares: small values paste nearly nothing or nearly all, 1 draws all shares alike.",
                                {.minimum = 0.01, .maximum = 2})},
        .samples = {{}, {0.2}}};
    return type;
}

}  // namespace lamina
