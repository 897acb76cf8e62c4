// Compiler: network × catalogue → graph of ops, for training or for use.
#pragma once

#include <any>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/program.h"
#include "core/losses/loss_type.h"
#include "core/network/network.h"
#include "core/optimizers/optimizer_type.h"

namespace lamina {

/// What is known of one node once the network was followed through: what the canvas writes on it.
struct NodeReport {
    std::string node;           ///< name
    std::string type;           ///< layer id
    Shape shape;                ///< what it gives, without the batch; empty where it could not be told
    std::int64_t parameters = 0;
    double flops = 0;           ///< of its forward pass for one item
    std::vector<Error> problems;
};

struct NetworkReport {
    std::vector<NodeReport> nodes;  ///< in running order
    std::vector<Error> problems;    ///< of the network as a whole
    std::int64_t parameters = 0;
    double flops = 0;
    bool ok() const;
    /// The first problem; only where !ok().
    const Error& firstProblem() const;
};

/// Follows shapes through the network and collects every problem, each with its {layer} (all that can be found, not only the first).
NetworkReport describeNetwork(const Network& network);

/// One term of what a phase makes small.
struct TrainingObjective {
    const LossType* loss = nullptr;
    std::any settings;
    double weight = 1;
    std::string output = {};  ///< name of the node that is looked at; empty: the only one that feeds nobody
    /// Empty: the data's; "input": what this pass was fed with, "input:NAME" what came in at that Input; a number: that number everywhere.
    std::string target = {};
    /// Empty: the rows go into the network's input. "noise": standard normal numbers do. Else the name of a node: the rows stand in for what it gives.
    std::string feed = {};
    std::optional<TargetKind> targetKind = {};  ///< of the data's target, where the loss takes either
    std::string column = {};  ///< `target` empty: which of the data's further targets, by its column; empty: the data's first one
};

/// One objective in the graph.
struct CompiledTerm {
    std::string output;        ///< name of the node that is looked at
    ValueId value = noValue;   ///< what it gives
    ValueId loss = noValue;    ///< scalar, before its weight
};

/// What happens to gradients before the updates, and beside them. 0: not.
struct UpdateRules {
    double clipValue = 0;    ///< gradients are cut to [-clipValue, clipValue]
    double clipNorm = 0;     ///< then all together scaled down to this Euclidean norm
    double l1 = 0, l2 = 0;   ///< l1·Σ|w| + l2·Σw² over weights (parameters of two axes or more) is made small too; the reported loss is without
    double ema = 0;          ///< beside each parameter its running average is kept, "…#ema", with this decay
    std::string slotMark = {};  ///< added to the names of the optimizer's slots
};

struct TrainingPhase {
    std::vector<TrainingObjective> objectives;
    const OptimizerType* optimizer = nullptr;
    std::any optimizerSettings;
    UpdateRules rules = {};
    Precision precision = Precision::Float32;  ///< Bfloat16: multiplyInBfloat16() (core/compiler/precision.h); passes for use stay in float32
};

struct CompiledNetwork {
    Graph graph;
    ValueId input = noValue;   ///< [batch, …], float: the rows; noValue where no objective is fed with them. Of several inputs the first
    std::vector<std::pair<std::string, ValueId>> inputs = {};  ///< all of them, by the names of their layers
    ValueId noise = noValue;   ///< [batch, …], float: standard normal numbers; only where an objective asks for them
    ValueId output = noValue;  ///< what the (first objective's) last node gives
    ValueId target = noValue;  ///< int32 [batch] or float [batch, …]; only with an objective that looks at the data's
    std::vector<std::pair<std::string, ValueId>> moreTargets = {};  ///< the same of further targets, by column
    std::vector<CompiledTerm> terms = {};  ///< of the objectives, in their order
    ValueId loss = noValue;    ///< scalar, the weighted sum of the objectives; only with one
    ValueId finite = noValue;  ///< scalar, 1 where loss and gradients are finite; only with an optimizer
    std::vector<std::pair<std::string, ValueId>> nodes;  ///< what each node gives, in running order (of the first pass)

    /// Values to keep readable in a Program: with several objectives those of each, too.
    std::vector<ValueId> kept() const;
};

/// For use: dropout off, batch norm on its running statistics. With objectives the loss is computed too.
Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, const TrainingObjective* objective = nullptr);
Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, std::span<const TrainingObjective> objectives);

/// The pass forward alone, as in training: to look at what each node gives.
Result<CompiledNetwork> compileForwardInTraining(const Network& network, std::int64_t batch, std::span<const TrainingObjective> objectives);

/// For training: forward, loss, derived backward, finite check, one update per parameter of nodes that are not frozen.
Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingPhase& phase);
Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingObjective& objective, const OptimizerType& optimizer,
                                           const std::any& optimizerSettings);

/// The network without what the node of this name does not need; all of it where the name is empty. "plan.unknown_node" {entry, node, known}.
Result<Network> networkUpTo(const Network& network, const std::string& output);
/// Without what none of these needs.
Result<Network> networkUpTo(const Network& network, const std::vector<std::string>& outputs);

/// Nodes with parameters that no training reaches, because what follows them has no gradient; in running order. A network with problems has none.
std::vector<std::string> untrainableNodes(const Network& network);

/// An Input layer of a network.
struct NetworkInput {
    std::string layer;
    std::vector<std::string> columns;  ///< that it names
    Shape shape;                       ///< of one item
};
/// In the order of the network's nodes, whatever else is wrong with it; Inputs whose settings cannot be read are left out.
std::vector<NetworkInput> networkInputs(const Network& network);

}  // namespace lamina
