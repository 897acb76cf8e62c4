// Out of focus.
#include <algorithm>
#include <cmath>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct BlurSettings {
    double radius = 1;
};

std::vector<float> bellWeights(double deviation) {
    const auto reach = static_cast<int>(std::ceil(2.5 * deviation));
    std::vector<float> weights;
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) sum += std::exp(-0.5 * i * i / (deviation * deviation));
    for (int i = -reach; i <= reach; ++i) weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (deviation * deviation)) / sum));
    return weights;
}

/// Along lines of `count` values that lie `step` apart; at the ends the last value goes on.
void blurLine(float* values, std::int64_t count, std::int64_t step, const std::vector<float>& weights, std::vector<float>& line) {
    const auto reach = static_cast<std::int64_t>(weights.size() / 2);
    line.resize(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i) line[static_cast<std::size_t>(i)] = values[i * step];
    for (std::int64_t i = 0; i < count; ++i) {
        float sum = 0;
        for (std::int64_t j = -reach; j <= reach; ++j)
            sum += weights[static_cast<std::size_t>(j + reach)] * line[static_cast<std::size_t>(std::clamp<std::int64_t>(i + j, 0, count - 1))];
        values[i * step] = sum;
    }
}

void paintBlur(const BlurSettings& settings, const Pixels& pixels, RandomDraw& draw) {
    const double deviation = draw.between(0, settings.radius);
    if (deviation < 0.2) return;
    const auto weights = bellWeights(deviation);
    std::vector<float> line;
    const auto [channels, height, width] = pixels.size;
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        for (std::int64_t y = 0; y < height; ++y) blurLine(pixels.plane(channel) + y * width, width, 1, weights, line);
        for (std::int64_t x = 0; x < width; ++x) blurLine(pixels.plane(channel) + x, height, width, weights, line);
    }
}

}  // namespace

const AugmentationType& blur_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<BlurSettings, paintBlur>{
        .id = "blur",
        .title = "Blur",
        .summary = "Out of focus.",
        .properties = {property("radius", &BlurSettings::radius, "Most", "Deviation of the blur, in pixels as the network sees them.", {.minimum = 0, .maximum = 16})},
        .samples = {{}, {3}}};
    return type;
}

}  // namespace lamina
