// The numbers of a table's row a little off.
#include "core/data/augmentations/augmentation.h"

namespace lamina {
namespace {

struct TableNoiseSettings {
    double amount = 0.05;
};

void shakeRow(const TableNoiseSettings& settings, const TableValues& row, RandomDraw& draw) {
    for (std::size_t i = 0; i < row.values.size(); ++i)
        if (row.isNumber[i]) row.values[i] += static_cast<float>(settings.amount * draw.normal());
}

}  // namespace

const AugmentationType& table_noise_augmentation() {
    static const AugmentationType type = AugmentationDescriptor<TableNoiseSettings, shakeRow>{
        .id = "table_noise",
        .title = "Noise on numbers",
        .summary = "The numbers of a table's row a little off; categories stay.",
        .properties = {property("amount", &TableNoiseSettings::amount, "Amount", "As a share of each column's standard deviation.", {.minimum = 0, .maximum = 10})},
        .samples = {{}, {1}}};
    return type;
}

}  // namespace lamina
