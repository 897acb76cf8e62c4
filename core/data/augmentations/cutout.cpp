// A square is covered (DeVries and Taylor 2017).
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct CutoutSettings {
    double size = 0.3;
};

void paintCutout(const CutoutSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const auto [channels, height, width] = pixels.size;
    const auto coveredWidth = static_cast<std::int64_t>(std::lround(settings.size * static_cast<double>(width))),
               coveredHeight = static_cast<std::int64_t>(std::lround(settings.size * static_cast<double>(height)));
    const std::int64_t left = draw.below(width) - coveredWidth / 2, top = draw.below(height) - coveredHeight / 2;
    const std::int64_t x0 = std::max<std::int64_t>(left, 0), x1 = std::min(left + coveredWidth, width);
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        float* const plane = pixels.plane(channel);
        const auto mean = static_cast<float>(std::accumulate(plane, plane + height * width, 0.0) / static_cast<double>(height * width));
        for (std::int64_t y = std::max<std::int64_t>(top, 0); y < std::min(top + coveredHeight, height); ++y)
            if (x1 > x0) std::fill(plane + y * width + x0, plane + y * width + x1, mean);
    }
}

}  // namespace

const AugmentationType& cutout_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<CutoutSettings, paintCutout>{
        .id = "cutout",
        .title = "Cutout",
        .summary = "A rectangle is covered with the picture's mean colour, so that no single spot decides.",
        .properties = {property("size", &CutoutSettings::size, "Size", "Of the rectangle's edges, as a share of the picture's.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
