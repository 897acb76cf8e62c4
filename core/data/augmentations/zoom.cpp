// Nearer or farther.
#include <cmath>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct ZoomSettings {
    double amount = 0.2;
};

PlaneMap drawZoom(const ZoomSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    const double factor = std::exp(draw.between(-1, 1) * std::log1p(settings.amount));
    return PlaneMap::about({static_cast<double>(size.width) / 2, static_cast<double>(size.height) / 2}, factor, 0, 0, factor);
}

}  // namespace

const AugmentationType& zoom_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<ZoomSettings, drawZoom>{
        .id = "zoom",
        .title = "Zoom",
        .summary = "Nearer or farther, about the middle.",
        .properties = {property("amount", &ZoomSettings::amount, "Most", "0.2: up to a fifth larger, or as much smaller.", {.minimum = 0, .maximum = 4})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
