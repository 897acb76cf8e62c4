// Shifted sideways, up and down.
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct TranslateSettings {
    double share = 0.1;
};

PlaneMap drawTranslation(const TranslateSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    PlaneMap map;
    map.shiftX = draw.between(-settings.share, settings.share) * static_cast<double>(size.width);
    map.shiftY = draw.between(-settings.share, settings.share) * static_cast<double>(size.height);
    return map;
}

}  // namespace

const AugmentationType& translate_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<TranslateSettings, drawTranslation>{
        .id = "translate",
        .title = "Shift",
        .summary = "Shifted sideways, up and down.",
        .properties = {property("share", &TranslateSettings::share, "Farthest", "Share of the picture's width and height.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {0.5}}};
    return type;
}

}  // namespace lamina
