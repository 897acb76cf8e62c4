// A part of the picture, drawn over the whole frame.
#include <algorithm>
#include <cmath>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct CropSettings {
    double smallest = 0.6;
    double shape = 1.33;
};

PlaneMap drawCrop(const CropSettings& settings, const PlaneSize& size, RandomDraw& draw) {
    const double share = draw.between(settings.smallest, 1), ratio = std::exp(draw.between(-1, 1) * std::log(settings.shape));
    const double width = std::min(1.0, std::sqrt(share * ratio)), height = std::min(1.0, std::sqrt(share / ratio));
    const double left = draw.between(0, 1 - width) * static_cast<double>(size.width), top = draw.between(0, 1 - height) * static_cast<double>(size.height);
    return {1 / width, 0, 0, 1 / height, -left / width, -top / height};
}

}  // namespace

const AugmentationType& crop_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<CropSettings, drawCrop>{
        .id = "crop",
        .title = "Crop",
        .summary = "A random part of the picture, drawn over the whole frame.",
        .properties = {property("smallest", &CropSettings::smallest, "Smallest part", "Share of the picture's area that the smallest part has.",
                                {.minimum = 0.01, .maximum = 1}),
                       property("shape", &CropSettings::shape, "Change of shape", "How much longer than the picture's own shape a part may be; 1: not at all.",
                                {.minimum = 1, .maximum = 4})},
        .samples = {{}, {0.1, 2}, {1, 1}}};
    return type;
}

}  // namespace lamina
