// Layers of series are computed as pictures of height 1: what the CPU makes of several in a row.
#include <algorithm>

#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

/// conv1d, relu, conv1d, batch normalisation, global average: their output.
ValueId seriesLayers(Graph& graph, bool training) {
    ValueId y = graph.input("x", {16, 16, 40});
    const auto add = [&](const char* layer, const char* name, const nlohmann::json& settings) {
        const LayerCase c = layerCase(layer, settings, {});
        const std::vector<ValueId> inputs{y};
        LayerContext context(graph, name, inputs, training);
        y = c.type->forward(c.sample.settings, context);
    };
    add("conv1d", "first", {{"filters", 32}});
    add("relu", "relu", nlohmann::json::object());
    add("conv1d", "second", {{"filters", 32}});
    add("batch_norm", "norm", nlohmann::json::object());
    add("global_average_pool", "mean", nlohmann::json::object());
    return y;
}

std::vector<PlannedOp> planOf(Graph graph, std::vector<ValueId> kept) {
    EXPECT_FALSE(graph.error()) << graph.error()->debugText();
    const auto cpu = makeCpuDevice({});
    ParameterStore store(*cpu);
    const auto program = Program::create(std::move(graph), *cpu, store, std::move(kept), 1);
    EXPECT_TRUE(program);
    return program ? (*program)->describe() : std::vector<PlannedOp>();
}

bool has(const std::vector<PlannedOp>& plan, const std::string& op) {
    return std::any_of(plan.begin(), plan.end(), [&](const PlannedOp& step) { return step.op == op; });
}

}  // namespace

TEST(SeriesPlan, StaysInThePicturesLayoutFromLayerToLayer) {
    Graph graph;
    const ValueId y = seriesLayers(graph, false);
    const auto plan = planOf(std::move(graph), {y});
    EXPECT_TRUE(has(plan, "conv2d+bias+relu"));
    for (const PlannedOp& step : plan) EXPECT_EQ(step.implementation.find("reorder nChw"), std::string::npos) << step.op << ": " << step.implementation;
}

TEST(SeriesPlan, GradientOfTheBiasComesWithThatOfTheWeights) {
    Graph graph;
    const ValueId loss = ops::reduce(graph, ReduceKind::Sum, seriesLayers(graph, true), {});
    std::vector<ValueId> parameters;
    for (std::size_t i = 0; i < graph.values.size(); ++i)
        if (graph.values[i].role == ValueRole::Parameter) parameters.push_back(static_cast<ValueId>(i));
    const auto gradients = appendGradients(graph, loss, parameters);
    EXPECT_TRUE(has(planOf(std::move(graph), gradients), "conv2d_backward_weights+bias"));
}
