// Some augmentations chosen at random (Cubuk et al. 2020).
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct RandAugmentSettings {
    std::int64_t count = 2;
    double strength = 0.3;
};

/// The first property of each, at full strength.
struct Strongest {
    const char* id;
    double most;
};
constexpr Strongest strongest[] = {{"rotate", 90},    {"translate", 0.5}, {"zoom", 1},     {"shear", 45},
                                   {"brightness", 1}, {"contrast", 1},    {"colour", 1},   {"noise", 0.5},
                                   {"blur", 4},       {"cutout", 0.8}};

std::vector<DrawnAugmentation> drawSome(const RandAugmentSettings& settings, RandomDraw& draw) {
    std::vector<DrawnAugmentation> drawn;
    for (std::int64_t i = 0; i < settings.count; ++i) {
        const Strongest& chosen = strongest[draw.below(std::ssize(strongest))];
        const AugmentationType* type = findAugmentation(chosen.id);
        DrawnAugmentation one{type, type->defaults};
        type->properties[0].set(one.settings, PropertyValue(chosen.most * settings.strength));
        drawn.push_back(std::move(one));
    }
    return drawn;
}

}  // namespace

const AugmentationType& rand_augment_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<RandAugmentSettings, drawSome>{
        .id = "rand_augment",
        .title = "RandAugment",
        .summary = "A few changes chosen at random for each picture: rotate, shift, zoom, shear, brightness, contrast, colours, noise, blur, cutout.",
        .properties = {property("count", &RandAugmentSettings::count, "Changes", "How many for each picture.", {.minimum = 1, .maximum = 8}),
                       property("strength", &RandAugmentSettings::strength, "Strength", "Of all of them, from 0 to 1.", {.minimum = 0, .maximum = 1})},
        .samples = {{}, {8, 1}}};
    return type;
}

}  // namespace lamina
