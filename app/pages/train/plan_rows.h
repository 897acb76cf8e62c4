// The settings of a training as rows of a form, each with the reason for its value in words.
#pragma once

#include <QString>

#include <string>
#include <vector>

#include "core/training/default_plan.h"
#include "widgets/properties/property_row.h"

namespace lamina {

/// A column of the data that an output can learn besides the data's answer.
struct TargetOffer {
    std::string column;
    bool number = false;  ///< numbers are learned; else classes
    bool taken = false;   ///< an Input names it
    bool operator==(const TargetOffer&) const = default;
};

/// What can be set before a training.
struct TrainingChoice {
    TrainingPlan plan;
    std::string device = "auto";
    int threads = 0;  ///< 0: one per core
    std::int64_t headEpochs = 0;  ///< so many epochs the last layer alone is trained, then everything
    std::vector<TargetOffer> targets = {};  ///< of networks with several outputs
    std::string task = {};                  ///< of the data's answer
};

struct PlanRow {
    PropertyRow row;
    QString reason;     ///< plain text, in the language in use
    bool basic = true;  ///< else under "More"
};

/// `standard`: what is proposed for this data.
std::vector<PlanRow> planRows(const TrainingChoice& choice, const DefaultPlan& standard);
/// The plan with what stands beside it in the choice.
TrainingPlan planOf(const TrainingChoice& choice);
/// Learning rates over the share of the training that is done, as the plan's schedule has them where nothing is learnt of the monitor.
std::vector<std::pair<double, double>> scheduleCurve(const TrainingPlan& plan);
/// The settings of a loss as rows "<prefix><setting>" under "More"; the weights of classes only where they are written by hand.
void addLossSettings(std::vector<PlanRow>& rows, const std::string& loss, const nlohmann::json& settings, const std::string& prefix);
void setLossSetting(PlanObjective& objective, const std::string& loss, const std::string& id, const PropertyValue& value);

/// Sets what the row of this id shows.
void setPlanValue(TrainingChoice& choice, const std::string& id, const PropertyValue& value);

}  // namespace lamina
