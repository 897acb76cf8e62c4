// The backward pass, derived: ops are visited from the last to the first and each says what it adds to the gradients of its inputs.
#include <algorithm>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"

namespace lamina {

namespace {

bool isReal(const Value& value) { return value.type == DType::Float32 || value.type == DType::Float64; }

/// Which values lie on a way from something wanted: only they need a gradient.
std::vector<bool> dependants(const Graph& g, const std::vector<ValueId>& wanted) {
    std::vector<bool> needed(g.values.size(), false);
    for (ValueId id : wanted)
        if (id != noValue) needed[static_cast<std::size_t>(id)] = true;
    for (const Op& op : g.ops) {
        const bool any = std::any_of(op.inputs.begin(), op.inputs.end(), [&](ValueId id) { return needed[static_cast<std::size_t>(id)]; });
        for (ValueId id : op.outputs)
            if (any && isReal(g.value(id))) needed[static_cast<std::size_t>(id)] = true;
    }
    return needed;
}

class Sweep {
public:
    Sweep(Graph& g, const std::vector<ValueId>& wanted) : m_graph(g), m_needed(dependants(g, wanted)), m_gradients(g.values.size(), noValue) {}

    void start(ValueId loss) { m_gradients[static_cast<std::size_t>(loss)] = m_graph.constant("one", m_graph.shape(loss), {1.0}); }

    void visit(std::size_t index) {
        const Op op = m_graph.ops[index];  // a copy: adding ops moves the original
        std::vector<ValueId> arriving;
        for (ValueId id : op.outputs) arriving.push_back(of(id));
        std::vector<bool> wanted;
        for (ValueId id : op.inputs) wanted.push_back(m_needed[static_cast<std::size_t>(id)]);
        if (std::count(arriving.begin(), arriving.end(), noValue) == static_cast<std::ptrdiff_t>(arriving.size())) return;
        if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return;
        m_graph.origin = op.origin;
        const OpType& type = opType(op.kind);
        if (!type.gradient) return m_graph.refuse(fail("op.no_gradient", {{"op", type.name}, {"node", op.origin}}));
        const auto contributions = type.gradient(m_graph, op, arriving, wanted);
        for (std::size_t i = 0; i < contributions.size(); ++i)
            if (wanted[i] && contributions[i] != noValue) contribute(op.inputs[i], contributions[i]);
    }

    ValueId of(ValueId id) const { return m_gradients[static_cast<std::size_t>(id)]; }

private:
    void contribute(ValueId id, ValueId gradient) {
        ValueId& sum = m_gradients[static_cast<std::size_t>(id)];
        sum = sum == noValue ? gradient : ops::add(m_graph, sum, gradient);
    }

    Graph& m_graph;
    std::vector<bool> m_needed;
    std::vector<ValueId> m_gradients;
};

}  // namespace

std::vector<ValueId> appendGradients(Graph& g, ValueId loss, const std::vector<ValueId>& wanted) {
    std::vector<ValueId> result(wanted.size(), noValue);
    if (g.error() || loss == noValue) return result;
    if (elementCount(g.shape(loss)) != 1) {
        g.refuse(fail("op.loss_not_scalar", {{"shape", shapeText(g.shape(loss))}}));
        return result;
    }
    const std::string origin = g.origin;
    Sweep sweep(g, wanted);
    sweep.start(loss);
    for (std::size_t index = g.ops.size(); index-- > 0 && !g.error();) sweep.visit(index);
    g.origin = origin;
    if (g.error()) return result;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (wanted[i] != noValue) result[i] = sweep.of(wanted[i]);
    return result;
}

}  // namespace lamina
