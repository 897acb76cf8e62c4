// Two pictures shine through each other (Zhang et al. 2018).
#include "core/data/augmentations/augmentation.h"
#include "core/data/augmentations/mixing.h"

namespace lamina {
namespace {

struct MixupSettings {
    double strength = 0.2;
};

Mixture mixMixup(const MixupSettings& settings, const Pixels& own, const Pixels& other, RandomDraw& draw) {
    const double share = drawShare(settings.strength, draw);
    const auto weight = static_cast<float>(share);
    for (std::size_t i = 0; i < own.values.size(); ++i) own.values[i] = weight * own.values[i] + (1 - weight) * other.values[i];
    return {share, {}};
}

}  // namespace

const AugmentationType& mixup_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<MixupSettings, mixMixup>{
        .id = "mixup",
        .title = "Mixup",
        .summary = "Two pictures shine through each other; the answer is that of either, as often as its share.",
        .properties = {property("strength", &MixupSettings::strength, "Strength", "Alpha of the Beta distribution of the shares: small values leave most pictures nearly alone, 1 draws all shares alike.",
                                {.minimum = 0.01, .maximum = 2})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
