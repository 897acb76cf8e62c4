// Some words of a text as if they were unknown.
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace word_dropout_augmentation_parts {

struct WordDropoutSettings {
    double share = 0.1;
};

void dropWords(const WordDropoutSettings& settings, const WordNumbers& words, RandomDraw& draw) {
    for (float& word : words.values)
        if (word > 1 && draw.chance(settings.share)) word = 1;
}

}  // namespace word_dropout_augmentation_parts

const AugmentationType& word_dropout_augmentation() {
    using namespace word_dropout_augmentation_parts;
    static const AugmentationType type = AugmentationDescriptor<WordDropoutSettings, dropWords>{
        .id = "word_dropout",
        .title = "Word dropout",
        .summary = "Some words of a text as if they were unknown.",
        .properties = {property("share", &WordDropoutSettings::share, "Share", "How many of the words, on the average.",
                                {.minimum = 0, .maximum = 1})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
