// Rows of people who stand out are left out.
#include "core/data/cleaning/steps/privacy.h"

namespace lamina {
namespace {

struct KAnonymity {
    std::vector<std::string> columns;
    std::int64_t k = 5;
};

Result<CleanTable> applyKAnonymity(const CleanTable& input, const KAnonymity& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto columns, stepColumns(input.table, settings.columns));
    LAMINA_TRY(const KeyGroups groups, groupRows(input, columns, context));
    std::vector<std::uint8_t> remove(groups.group.size());
    for (std::size_t row = 0; row < remove.size(); ++row)
        remove[row] = groups.group[row] >= 0 && groups.count[static_cast<std::size_t>(groups.group[row])] < settings.k;
    return withoutRows(input, remove, context, report);
}

}  // namespace

const CleaningStepType& k_anonymity_step() {
    static const CleaningStepType type = CleaningStepDescriptor<KAnonymity, applyKAnonymity>{
        .id = "k_anonymity",
        .title = "Leave out rare people (k-anonymity)",
        .category = "privacy",
        .summary = "Leaves rows out that fewer than k rows look like in the columns by which people could be recognised.",
        .searchWords = {"anonymise", "privacy", "k-anonymity", "gdpr"},
        .properties = {property("columns", &KAnonymity::columns, "Recognisable by", "The columns that together could give a person away, such as age, place and job.", {.meaning = "column"}),
                       property("k", &KAnonymity::k, "k", "At least so many rows must agree in these columns.", {.minimum = 2})},
        .rows = RowEffect::TrainingOnly};
    return type;
}

}  // namespace lamina
