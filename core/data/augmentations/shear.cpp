// Leaning to a side.
#include <cmath>
#include <numbers>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct ShearSettings {
    double degrees = 10;
};

PlaneMap drawShear(const ShearSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    const double lean = std::tan(draw.between(-settings.degrees, settings.degrees) * std::numbers::pi / 180);
    const bool sideways = draw.chance(0.5);
    return PlaneMap::about({static_cast<double>(size.width) / 2, static_cast<double>(size.height) / 2}, 1, sideways ? lean : 0, sideways ? 0 : lean, 1);
}

}  // namespace

const AugmentationType& shear_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<ShearSettings, drawShear>{
        .id = "shear",
        .title = "Shear",
        .summary = "Leaning to a side, as letters in italics do.",
        .properties = {property("degrees", &ShearSettings::degrees, "Largest angle", "In degrees, to either side.", {.minimum = 0, .maximum = 60})},
        .samples = {{}, {45}}};
    return type;
}

}  // namespace lamina
