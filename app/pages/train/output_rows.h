// A network with several outputs: what each of them learns, how its error is measured and how much that counts.
#pragma once

#include <string>
#include <vector>

#include "app/pages/train/plan_rows.h"
#include "core/compiler/compiler.h"

namespace lamina {

/// A layer that feeds no other.
struct NetworkOutput {
    std::string layer;
    Shape shape;          ///< without the batch
    bool isHead = false;  ///< it ends as the task's networks end (Softmax)
    bool likeInput = false;  ///< it gives as many numbers as the network reads
    bool operator==(const NetworkOutput&) const = default;
};
std::vector<NetworkOutput> outputsOf(const Network& network, const NetworkReport& report, const TaskType& task);

/// One objective for each, what answers the data's question first: outputs of its shape learn the same, those of the input's size learn the input, one
/// number the only column of numbers that no Input takes where the Inputs name theirs; all others are not trained (weight 0). `standard`: the objective
/// of a network with one output.
std::vector<PlanObjective> proposedObjectives(const std::vector<NetworkOutput>& outputs, const PlanObjective& standard,
                                              const std::vector<TargetOffer>& targets = {});

/// Rows "output.<place>.target", ".loss" with the loss's settings and ".weight"; none where the plan has one objective.
void addOutputRows(std::vector<PlanRow>& rows, const TrainingChoice& choice, const DefaultPlan& standard);
/// Sets what such a row shows; false where the id is none of theirs.
bool setOutputValue(TrainingChoice& choice, const std::string& id, const PropertyValue& value);
/// The plan without what is not trained, what looks at the data's answer first: as it is trained.
TrainingPlan withTrainedOutputs(TrainingPlan plan);

}  // namespace lamina
