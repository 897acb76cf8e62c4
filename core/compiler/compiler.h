// Compiler: network × catalogue → graph of ops, for training or for use.
#pragma once

#include <any>
#include <string>
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
};

struct CompiledNetwork {
    Graph graph;
    ValueId input = noValue;   ///< [batch, …], float
    ValueId output = noValue;  ///< what the last node gives
    ValueId target = noValue;  ///< int32 [batch] or float [batch, …]; only with an objective
    ValueId loss = noValue;    ///< scalar; only with an objective
    ValueId finite = noValue;  ///< scalar, 1 where loss and gradients are finite; only with an optimizer

    /// Values to keep readable in a Program.
    std::vector<ValueId> kept() const;
};

/// For use: dropout off, batch norm on its running statistics. With an objective the loss is computed too.
Result<CompiledNetwork> compileForInference(const Network& network, std::int64_t batch, const TrainingObjective* objective = nullptr);

/// For training: forward, loss, derived backward, finite check, one update per parameter of nodes that are not frozen.
Result<CompiledNetwork> compileForTraining(const Network& network, std::int64_t batch, const TrainingObjective& objective, const OptimizerType& optimizer,
                                           const std::any& optimizerSettings);

/// The shape of the network's input without the batch ("network.no_input", "network.several_inputs").
Result<Shape> networkInputShape(const Network& network);

}  // namespace lamina
