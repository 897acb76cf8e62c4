// A random part of the rows, for quick tries.
#include <algorithm>
#include <numeric>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {
namespace {

struct SampleRows {
    std::int64_t rows = 1000;
    double share = 0;
    std::int64_t seed = 1;
};

Result<CleanTable> applySampleRows(const CleanTable& input, const SampleRows& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    struct Drawn {
        std::uint64_t hash;
        std::int64_t row;
    };
    std::vector<Drawn> drawn;
    for (std::int64_t row = 0; row < input.table.rows(); ++row)
        if (!input.isRemoved(row)) drawn.push_back({mixedHash(static_cast<std::uint64_t>(settings.seed), static_cast<std::uint64_t>(sourceRow(input, row))), row});
    const auto there = static_cast<double>(drawn.size());
    const double wanted = settings.share > 0 ? there * settings.share + 0.5 : static_cast<double>(settings.rows);
    const auto count = static_cast<std::size_t>(std::min(wanted, there));
    const auto before = [](const Drawn& a, const Drawn& b) { return a.hash != b.hash ? a.hash < b.hash : a.row < b.row; };
    if (count < drawn.size()) std::nth_element(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(count), drawn.end(), before);
    std::vector<std::uint8_t> remove(static_cast<std::size_t>(input.table.rows()));
    for (std::size_t i = count; i < drawn.size(); ++i) remove[static_cast<std::size_t>(drawn[i].row)] = 1;
    return withoutRows(input, remove, context, report);
}

}  // namespace

const CleaningStepType& sample_rows_step() {
    static const CleaningStepType type = CleaningStepDescriptor<SampleRows, applySampleRows>{
        .id = "sample_rows",
        .title = "Sample rows",
        .category = "rows",
        .summary = "Keeps a random part of the rows, the same ones every time; for quick tries with large tables.",
        .searchWords = {"random", "subset", "shrink"},
        .properties = {property("rows", &SampleRows::rows, "Rows", "How many rows stay.", {.minimum = 1}),
                       property("share", &SampleRows::share, "Share", "How large a part stays, 0.1 for a tenth; 0: so many rows as above.", {.minimum = 0, .maximum = 1}),
                       property("seed", &SampleRows::seed, "Seed", "Another number draws other rows.", {.minimum = 0})},
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
