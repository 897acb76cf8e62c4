// A series that runs quicker here and slower there.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct WarpSettings {
    double amount = 0.1;
};

/// Both ends stay; between them time runs ahead or behind by a wave of one to three half turns. Less than 1 / (π · waves) of the length never turns back.
void warpSeries(const WarpSettings& settings, const SeriesValues& series, RandomDraw& draw) {
    const auto waves = static_cast<double>(1 + draw.below(3));
    const double most = std::min(settings.amount, 0.99 / (std::numbers::pi * waves)) * draw.between(-1, 1), last = static_cast<double>(series.steps - 1);
    if (series.steps < 3) return;
    const std::vector<float> before(series.values.begin(), series.values.end());
    for (std::int64_t t = 0; t < series.steps; ++t) {
        const double share = static_cast<double>(t) / last;
        const double from = std::clamp((share + most * std::sin(std::numbers::pi * waves * share)) * last, 0.0, last);
        const auto low = std::min(static_cast<std::int64_t>(from), series.steps - 2);
        const auto part = static_cast<float>(from - static_cast<double>(low));
        for (std::int64_t f = 0; f < series.features; ++f) {
            const float a = before[static_cast<std::size_t>(low * series.features + f)], b = before[static_cast<std::size_t>((low + 1) * series.features + f)];
            series.values[static_cast<std::size_t>(t * series.features + f)] = a + part * (b - a);
        }
    }
}

}  // namespace

const AugmentationType& warp_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<WarpSettings, warpSeries>{
        .id = "warp",
        .title = "Time warp",
        .summary = "A series that runs quicker here and slower there.",
        .properties = {property("amount", &WarpSettings::amount, "Most", "How far ahead or behind, as a share of the length.", {.minimum = 0, .maximum = 0.3})},
        .samples = {{}, {0.3}}};
    return type;
}

}  // namespace lamina
