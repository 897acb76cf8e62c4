// What the steps with an expression have in common.
#pragma once

#include "core/data/cleaning/step_tools.h"
#include "core/data/expression/expression.h"

namespace lamina {

/// New rows need not have every column (the target is what they are asked for): true, and a note in the report, where new rows are predicted and the
/// expression names a column that they lack, so that the step is to be passed over.
inline bool isPassedOver(const Expression& expression, const Table& table, const StepContext& context, StepReport& report) {
    if (!context.predicting) return false;
    for (const auto& name : expression.names()) {
        if (table.find(name)) continue;
        report.issues.push_back({Severity::Note, fail("cleaning.passed_over", {{"column", name}}), 1});
        return true;
    }
    return false;
}

}  // namespace lamina
