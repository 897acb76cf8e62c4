// Left and right, above and below, change places in every second picture.
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct FlipSettings {
    std::string direction = "horizontal";
};

PlaneMap drawFlip(const FlipSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    const bool sideways = draw.chance(0.5), upsideDown = draw.chance(0.5);
    const double a = settings.direction != "vertical" && sideways ? -1 : 1, d = settings.direction != "horizontal" && upsideDown ? -1 : 1;
    return PlaneMap::about({static_cast<double>(size.width) / 2, static_cast<double>(size.height) / 2}, a, 0, 0, d);
}

}  // namespace

const AugmentationType& flip_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<FlipSettings, drawFlip>{
        .id = "flip",
        .title = "Flip",
        .summary = "Every second picture is mirrored. Not for letters and digits.",
        .properties = {property("direction", &FlipSettings::direction, "Direction", "Left and right change places, above and below, or both.",
                                {.choices = {"horizontal", "vertical", "both"}})},
        .samples = {{}, {"vertical"}, {"both"}}};
    return type;
}

}  // namespace lamina
