// A model made elsewhere (an ONNX file) becomes a network of the project: first looked at, then added with its numbers, and where its answers fit a
// dataset made ready to be used without training. All functions block; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/network_jobs.h"
#include "core/onnx/import.h"

namespace lamina {

/// What a file holds, nothing kept yet.
struct ForeignModel {
    Path file;
    Network network;  ///< laid out for the canvas; layers that no training can reach are frozen
    NetworkReport report;
    std::map<std::string, OnnxTensor> parameters;  ///< by "node/weight"
    std::optional<Preparation> preparation;        ///< of files that Lamina wrote: what to do with raw rows
    struct Port {
        std::string layer;
        Shape shape;  ///< without the batch
    };
    std::vector<Port> inputs, outputs;
    std::vector<std::string> untrainable;  ///< layers with weights that stay as they are
    std::vector<std::string> operators;    ///< nodes for which Lamina has no layer, only the operator
    std::vector<Issue> issues;             ///< what to know before it is taken in: "model.…"
    bool canBeUsed() const { return !inputs.empty() && outputs.size() == 1; }
};
/// The errors of importOnnx: which node, and why. "job.cancelled".
Result<ForeignModel> readForeignModel(const Path& file, const CancelToken& cancel = {});

struct ModelImportRequest {
    std::string name;     ///< empty: the file's
    std::string dataset;  ///< id or name: the network is meant for it; empty: for none yet
    CancelToken cancel;
};
struct ModelImportOutcome {
    NetworkRecord record;
    Network network;
    EditReceipt receipt;
    std::vector<Issue> issues;  ///< the model's, and where it does not fit the dataset
};
/// Adds the network with its numbers as one edit. For a dataset of classes a network that gives raw scores gets a Softmax at its end
/// ("model.softmax_added").
Result<ModelImportOutcome> addForeignModel(Project& project, const ForeignModel& model, const ModelImportRequest& request);

/// What a model expects its inputs to be, where the file does not say it.
enum class InputScale {
    Usual,     ///< pictures from 0 to 1, columns as they are
    AsStored,  ///< also pictures: 0 to 255
    Unit,      ///< pictures from 0 to 1
    Signed,    ///< pictures from -1 to 1
    ImageNet,  ///< pictures less the mean of ImageNet, divided by its deviation, colour by colour
    Data       ///< scaled by the dataset's own means and deviations, as networks made here read it
};
/// "usual", "as-stored", "unit", "signed", "imagenet", "data", in the order of the enum.
const std::vector<std::string>& inputScaleNames();

struct ReadyRequest {
    std::string network;  ///< id or name; empty: the newest
    std::string dataset;  ///< id or name; empty: the network's own, else the newest
    std::string split;    ///< id; empty: the dataset's newest
    std::string name;     ///< of the run; empty: from the network's name
    InputScale scale = InputScale::Usual;  ///< does not count where the file says what its inputs are
    int threads = 0;
    CancelToken cancel;
};
struct ReadyOutcome {
    RunRecord run;
    std::vector<Issue> issues;
};
/// Keeps a network with all its numbers as a finished run of no epochs, so that it is evaluated, used and exported like one that was trained here, and
/// resume() trains it further on inputs of its own scale. Classes are the dataset's, in their order. "model.no_numbers" {network, layers} where some
/// layer has none, "training.input_shape", "training.output_shape", "jobs.no_split", errors of preparation.
Result<ReadyOutcome> makeReady(Project& project, const ReadyRequest& request);

}  // namespace lamina
