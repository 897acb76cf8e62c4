// What the project offers for a training, and what is still missing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/pages/train/output_rows.h"
#include "core/base/cancel.h"
#include "core/data/augmentations/augmentation.h"
#include "core/data/split.h"
#include "core/project/project.h"
#include "core/training/default_plan.h"

namespace lamina {

struct NamedId {
    std::string id, name;
    bool operator==(const NamedId&) const = default;
};

/// How far an earlier run came.
struct RunState {
    RunRecord record;
    TrainingPlan plan;
    bool interrupted = false;  ///< says that it runs, but nobody trains it: its program ended without notice
    bool resumable = false;    ///< has something left to do
    bool finished = false;     ///< can be extended
};

struct TrainingSetup {
    std::vector<NamedId> datasets, networks;  ///< the networks of the chosen dataset
    std::vector<SplitRecord> splits;          ///< of the chosen dataset, newest first
    std::string dataset, split, network;      ///< chosen; empty: there is none
    std::string task;
    AugmentedData augmented = AugmentedData::Table;  ///< what augmentations change
    std::vector<AugmentationStep> usual;             ///< what is proposed for the data; may be empty
    PartCounts rows{};                        ///< of the chosen split, as the recipe leaves them
    bool recipeTakes = false;                 ///< the recipe takes rows of the chosen split away, so likely of the others too
    std::vector<NetworkOutput> outputs;       ///< of the chosen network, where its task is known
    std::vector<TargetOffer> targets;         ///< columns that outputs can learn besides the data's answer, those that the recipe makes too
    double flops = 0;                         ///< of the chosen network's forward pass for one item
    DefaultPlan standard;                     ///< with the augmentation that is usual for the data
    std::optional<Error> networkProblem;  ///< why the network cannot be trained as it is
    std::optional<Error> dataProblem;     ///< why the data cannot be trained on: a step of the recipe fails, or the split divides other rows
    bool splitOutdated = false;           ///< the latter: it can be drawn again
    std::optional<RunState> run;          ///< the one that is looked at
    std::optional<RunState> interrupted;  ///< the newest one that somebody may want to go on with
};

/// What the page shows; ids that are not there any more are replaced by the newest.
struct SetupWish {
    std::string dataset, split, network, run;
    std::string training;  ///< run that is being trained in this program
};
/// Runs the recipe of the dataset, where it has one, as the training would. Any thread.
Result<TrainingSetup> readTrainingSetup(Project& project, const SetupWish& wish, const CancelToken& cancel = {});

}  // namespace lamina
