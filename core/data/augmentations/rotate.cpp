// Turned about the middle.
#include <cmath>
#include <numbers>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct RotateSettings {
    double degrees = 15;
};

PlaneMap drawRotation(const RotateSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    const double angle = draw.between(-settings.degrees, settings.degrees) * std::numbers::pi / 180;
    const double cosine = std::cos(angle), sine = std::sin(angle);
    return PlaneMap::about({static_cast<double>(size.width) / 2, static_cast<double>(size.height) / 2}, cosine, -sine, sine, cosine);
}

}  // namespace

const AugmentationType& rotate_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<RotateSettings, drawRotation>{
        .id = "rotate",
        .title = "Rotate",
        .summary = "Turned about the middle by a random angle.",
        .properties = {property("degrees", &RotateSettings::degrees, "Largest angle", "In degrees, to either side.", {.minimum = 0, .maximum = 180})},
        .samples = {{}, {180}, {0}}};
    return type;
}

}  // namespace lamina
