// The settings of a training as rows of a form, each with the reason for its value in words.
#pragma once

#include <QString>

#include <string>
#include <vector>

#include "core/training/default_plan.h"
#include "widgets/properties/property_row.h"

namespace lamina {

/// What can be set before a training.
struct TrainingChoice {
    TrainingPlan plan;
    std::string device = "auto";
    int threads = 0;  ///< 0: one per core
};

struct PlanRow {
    PropertyRow row;
    QString reason;     ///< plain text, in the language in use
    bool basic = true;  ///< else under "More"
};

/// `standard`: what is proposed for this data.
std::vector<PlanRow> planRows(const TrainingChoice& choice, const DefaultPlan& standard);
/// Sets what the row of this id shows.
void setPlanValue(TrainingChoice& choice, const std::string& id, const PropertyValue& value);

}  // namespace lamina
