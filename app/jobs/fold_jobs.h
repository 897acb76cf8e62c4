// Training on every fold of a split in turn, and what the folds have in common. All functions block; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/data/preparation.h"
#include "core/network/network.h"
#include "core/project/project.h"

namespace lamina {

/// The splits of all folds of the draw that `split` (id; empty: the dataset's newest with folds) belongs to, the first fold first.
/// "jobs.no_folds" {dataset}: it has no folds; "jobs.folds_missing" {missing, folds}: some of them were deleted.
Result<std::vector<SplitRecord>> foldSplits(Project& project, const DatasetRecord& dataset, const std::string& split);

/// Writes into a run's data version that it is one of a series of folds.
void markFold(nlohmann::json& dataVersion, const std::string& series, const SplitRecord& split);

/// The network with its Inputs for single numbers as wide as this preparation is: which categories there are depends on the rows that teach, and so on
/// the fold.
Network withInputsFor(Network network, const Preparation& preparation);

/// A figure of the validation parts, at each run's best epoch.
struct FoldMetric {
    std::string name;            ///< "accuracy" …, "loss"
    std::vector<double> values;  ///< one per run
    double mean = 0;
    double deviation = 0;        ///< standard deviation between the folds (n − 1); NaN of one value
};

/// The runs that one command trained, fold by fold.
struct FoldSeries {
    std::string id;
    std::string name;               ///< of the first run, without its fold
    std::int64_t folds = 0;         ///< how many there are to be
    std::vector<std::string> runs;  ///< ids of those that have a best epoch, in the order of the folds
    std::vector<FoldMetric> metrics;

    bool complete() const { return static_cast<std::int64_t>(runs.size()) == folds; }
};

/// The series among these runs in order of their first run; of a fold that was trained twice the newer run counts. Runs of no series are passed over.
Result<std::vector<FoldSeries>> foldSeriesOf(Project& project, const std::vector<RunRecord>& runs);
/// Id of the series that a run belongs to, or empty.
std::string foldSeriesIn(const RunRecord& run);
/// What a run of a fold is called: "cnn 2/5".
std::string foldRunName(const std::string& name, const SplitRecord& split);
/// A name for the next series of a network: "cnn 2" where runs are called "cnn 1 3/5".
Result<std::string> freeSeriesName(Project& project, const std::string& network);

nlohmann::json toJson(const FoldSeries& series);

}  // namespace lamina
