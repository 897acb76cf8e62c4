// A whole network as one graph of ops at inference: what the writer asks for shapes and the reader's check runs.
#pragma once

#include <any>
#include <map>
#include <string>
#include <vector>

#include "core/layers/layer_type.h"
#include "core/network/network.h"

namespace lamina {

struct NetworkGraph {
    Graph graph;
    std::vector<std::size_t> order;           ///< node indices, each after what feeds it
    std::map<std::string, ValueId> values;    ///< by node id: what the node gives
    std::map<std::string, std::any> settings; ///< by node id
    std::vector<std::string> inputs;          ///< ids of the input nodes, in `order`; their values are graph inputs named like the node
    std::string output;                       ///< id of the one node that feeds no other; of the last of them where there may be several
};

enum class GraphEnds { One, Any };  ///< how many nodes may feed no other

/// Fails with the layer's own refusal, "onnx.unknown_layer" {layer,type}, "onnx.input_count" {layer}, "onnx.no_input",
/// "onnx.one_output" {count}, "onnx.input_size" {layer} and the errors of topologicalOrder and of settings.
Result<NetworkGraph> inferenceGraph(const Network& network, std::int64_t batch, GraphEnds ends = GraphEnds::One);

}  // namespace lamina
