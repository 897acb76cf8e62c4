// Networks of a project: made from a template or read from JSON, checked, kept. All functions block; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/jobs/split_jobs.h"
#include "core/compiler/compiler.h"
#include "core/data/input_columns.h"
#include "core/network/network.h"
#include "core/project/project.h"
#include "core/training/training_plan.h"

namespace lamina {

struct BuildRequest {
    std::string dataset;     ///< id or name; empty: the newest
    std::string split;       ///< id; empty: the dataset's newest (means and categories come from its training rows)
    std::string templateId;  ///< empty: the one that fits the data
    Path file;               ///< a network as JSON instead of a template
    std::string task;        ///< empty: from the target's kind
    std::string name;        ///< empty: from template or file
    std::vector<std::string> alsoPredicted = {};  ///< further columns that outputs are to learn: no input counts on them
    CancelToken cancel;
};

struct BuildOutcome {
    NetworkRecord record;
    Network network;
    NetworkReport report;
    EditReceipt receipt;
};

/// Adds the network as one edit. A network with a problem is refused with the first one. "jobs.unknown_template" {template, known},
/// "jobs.no_split", "jobs.no_column", errors of preparation, JSON and compiler.
Result<BuildOutcome> buildNetwork(Project& project, const BuildRequest& request);

/// What a dataset asks of a network.
struct NetworkNeeds {
    std::string datasetId;
    std::string task;  ///< "classification", "regression"
    std::string head;  ///< the task's last layer; may be empty
    Shape input;       ///< of one item
    std::int64_t outputs = 1;
    std::string templateId;  ///< the one that fits
    std::int64_t vocabulary = 0;  ///< of a column of word numbers that is all there is to learn from; 0: there is none
    std::vector<OfferedColumn> columns = {};  ///< that it can learn from, for networks whose inputs divide them
    std::optional<Error> mixed = {};          ///< why one input cannot take all of them; `input` is empty then
};

/// The columns that the network's inputs name, and the further targets that its training names.
DataWishes wishesOf(const Network& network, const TrainingPlan& plan = {});
/// What a preparation made of columns, as an input may take them.
std::vector<OfferedColumn> offeredColumns(const Preparation& preparation);

/// From the dataset (id or name; empty: the newest) and its newest split, or all of its rows where it is not divided yet. `task` empty: from
/// the target's kind. Reads the training rows: seconds for large data.
Result<NetworkNeeds> networkNeeds(Project& project, const std::string& dataset, const std::string& task, const CancelToken& cancel = {});
/// Where a network without other problems does not fit: "training.input_shape", "training.output_shape", each with the {layer} to be changed; where its
/// inputs divide the columns also "inputs.wrong_width" {layer, network, data, columns} and the errors of divideColumns() and arrangeInputs().
std::vector<Error> problemsWithData(const Network& network, const NetworkReport& report, const NetworkNeeds& needs);
/// What this Input of the network would have to read, for the columns that come to it. Errors of divideColumns(), "inputs.without_columns" …
Result<Shape> inputShapeFor(const Network& network, const NetworkNeeds& needs, const std::string& layer);
/// Columns that could be learned from and that no Input takes, where the Inputs divide them. Some may be what further outputs are to learn.
std::vector<std::string> columnsLeftOver(const Network& network, const NetworkNeeds& needs);
/// A template filled in; without needs for pictures of 28 × 28 or four columns, and three classes.
/// `templateId` empty: the one that fits. "jobs.unknown_template".
Result<Network> networkFor(const std::string& templateId, const NetworkNeeds* needs);
/// As the project keeps it. Without needs it names no dataset and no task: training takes the newest and what its target asks for.
NetworkRecord recordOf(const Network& network, const NetworkNeeds* needs);

/// By id or name; empty: the newest. "jobs.no_network" where the project has none.
Result<NetworkRecord> findNetwork(Project& project, const std::string& idOrName);

/// What the compiler and the device make of a network for `batch` items.
struct NetworkExplanation {
    NetworkReport report;
    std::vector<PlannedOp> steps;
    std::uint64_t arenaBytes = 0, parameterBytes = 0;
    double flops = 0;
    std::string device;
};
/// `training`: forward, loss, backward and update as the plan's first phase would run them; else as the model is used.
Result<NetworkExplanation> explainNetwork(const NetworkRecord& record, std::int64_t batch, bool training, int threads, const TrainingPlan& plan = {});

}  // namespace lamina
