#include "core/losses/loss_parts.h"

namespace lamina::loss_parts {

ValueId beforeSoftmax(const Graph& graph, ValueId output) {
    const Op* last = output == noValue ? nullptr : graph.producer(output);
    return last && last->kind == OpKind::Softmax ? last->inputs[0] : noValue;
}

ValueId beforeSigmoid(const Graph& graph, ValueId output) {
    const Op* last = output == noValue ? nullptr : graph.producer(output);
    return last && last->kind == OpKind::Unary && last->as<UnaryAttributes>().kind == UnaryKind::Sigmoid ? last->inputs[0] : noValue;
}

ValueId needs(Graph& graph, const char* activation, const char* loss) {
    if (activation == std::string("softmax")) graph.refuse(fail("loss.needs_softmax", {{"loss", loss}}));
    else graph.refuse(fail("loss.needs_sigmoid", {{"loss", loss}}));
    return noValue;
}

bool isFlat(Graph& graph, ValueId output, const char* loss) {
    if (graph.shape(output).size() == 2) return true;
    graph.refuse(fail("loss.needs_flat_output", {{"loss", loss}, {"shape", shapeText(graph.shape(output))}}));
    return false;
}

ValueId asNumbers(Graph& graph, ValueId target, ValueId output) {
    return graph.value(target).type == DType::Int32 ? ops::oneHot(graph, target, graph.shape(output).back()) : target;
}

ValueId meanOf(Graph& graph, ValueId values) { return ops::reduce(graph, ReduceKind::Mean, values, {}); }

ValueId perRow(Graph& graph, ValueId values) {
    if (values == noValue) return noValue;
    const auto rows = static_cast<double>(graph.shape(values)[0]);
    return ops::scale(graph, ops::reduce(graph, ReduceKind::Sum, values, {}), 1 / rows);
}

ValueId number(Graph& graph, const char* name, double value) { return graph.constant(name, {}, {value}); }

}  // namespace lamina::loss_parts
