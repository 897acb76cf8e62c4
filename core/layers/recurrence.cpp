#include "core/layers/recurrence.h"

#include <algorithm>

#include "core/engine/ops/recurrent.h"

namespace lamina {

namespace {

std::vector<bool> passesOf(const Recurrence& r) {
    return r.direction == "both" ? std::vector<bool>{false, true} : std::vector<bool>{r.direction == "backward"};
}

std::string nameOf(const char* name, bool reverse) { return (reverse ? "backward_" : "") + std::string(name); }

/// What is added on the recurrent side where nothing is learned there: the start of the forget gate.
std::vector<double> offsetsOf(const Recurrence& r) {
    std::vector<double> offsets(static_cast<std::size_t>(recurrentGates(r.kind) * r.units), 0.0);
    if (r.kind == RecurrentKind::Lstm) std::fill_n(offsets.begin() + 2 * r.units, r.units, r.forgetBias);
    return offsets;
}

/// One pass: [N,T,H].
ValueId buildPass(const Recurrence& r, LayerContext& context, ValueId lengths, bool reverse) {
    const std::int64_t channels = context.shape()[2], rows = recurrentGates(r.kind) * r.units;
    const auto parameter = [&](const char* name, Shape shape, Initializer initializer) {
        return context.parameter(nameOf(name, reverse).c_str(), std::move(shape), initializer);
    };
    const ValueId w = parameter("weight", {rows, channels}, {Initializer::Kind::GlorotUniform, 0, channels, r.units});
    const ValueId u = parameter("recurrent", {rows, r.units}, {Initializer::Kind::Orthogonal, 1, r.units, r.units});
    const ValueId b = parameter("bias", {rows}, {});
    const ValueId rb = r.kind == RecurrentKind::Gru ? parameter("recurrent_bias", {rows}, {}) : context.graph.constant("offsets", {rows}, offsetsOf(r));
    const RecurrentAttributes attributes{r.kind, reverse, lengths != noValue, r.relu};
    return ops::recurrent(context.graph, context.input(), w, u, b, rb, lengths, attributes).y;
}

/// Where a pass ends: y[N,T,H] → [N,H].
ValueId lastOf(LayerContext& context, ValueId y, ValueId lengths, bool reverse) {
    Graph& g = context.graph;
    if (y == noValue) return noValue;
    const Shape shape = g.shape(y);
    if (reverse || lengths == noValue) return ops::reshape(g, ops::slice(g, y, 1, reverse ? 0 : shape[1] - 1, 1), {shape[0], shape[2]});
    const ValueId chosen = ops::reshape(g, ops::oneHot(g, ops::offset(g, lengths, -1), shape[1]), {shape[0], shape[1], 1});
    return ops::reduce(g, ReduceKind::Sum, ops::multiply(g, y, chosen), {1});
}

}  // namespace

ValueId lengthsInput(LayerContext& context, std::size_t i) {
    const Shape &shape = context.shape(i), items{context.shape()[0]};
    if (shape == items) return context.inputs[i];
    if (shape == Shape{items[0], 1}) return ops::reshape(context.graph, context.inputs[i], items);
    return context.refuse(fail("layer.needs_lengths", {{"shape", shapeText(shape)}}));
}

std::vector<std::string> recurrenceDirections() { return {"forward", "backward", "both"}; }

ValueId buildRecurrence(const Recurrence& r, LayerContext& context) {
    if (context.shape().size() != 3 || context.shape()[1] < 1)
        return context.refuse(fail("layer.needs_sequence", {{"shape", shapeText(context.shape())}}));
    const ValueId lengths = context.inputs.size() > 1 ? lengthsInput(context, 1) : noValue;
    if (context.graph.error()) return noValue;
    std::vector<ValueId> results;
    for (const bool reverse : passesOf(r)) {
        const ValueId y = buildPass(r, context, lengths, reverse);
        results.push_back(r.sequences ? y : lastOf(context, y, lengths, reverse));
    }
    return results.size() == 1 ? results[0] : ops::concat(context.graph, results, -1);
}

namespace {

/// ONNX's recurrent operators: X[T,N,C], W[D,G·H,C], R[D,G·H,H], B[D,2·G·H] → Y[T,D,N,H].
class RecurrenceExport {
public:
    RecurrenceExport(const Recurrence& r, OnnxLayerContext& context) : m_r(r), m_context(context), m_passes(passesOf(r)) {}

    std::string write() {
        const std::string y = sequence();
        if (m_r.sequences) return reshape(y, {0, 0, -1});
        std::vector<std::string> last;
        for (std::size_t i = 0; i < m_passes.size(); ++i) last.push_back(lastOf(y, i));
        return last.size() == 1 ? last[0] : m_context.add("Concat", last, {{"axis", std::int64_t{-1}}});
    }

private:
    std::int64_t steps() const { return m_context.inputShapes()[0][1]; }
    bool hasLengths() const { return m_context.inputs().size() > 1; }

    std::string integers(const char* name, std::vector<std::int64_t> numbers) {
        return m_context.constant(name, {{static_cast<std::int64_t>(numbers.size())}, std::move(numbers)});
    }
    std::string reshape(const std::string& x, std::vector<std::int64_t> shape) { return m_context.add("Reshape", {x, integers("shape", std::move(shape))}); }
    std::string pick(const std::string& x, std::int64_t index, std::int64_t axis) {
        return m_context.add("Gather", {x, m_context.constant("index", {{}, std::vector<std::int64_t>{index}})}, {{"axis", axis}});
    }

    /// A tensor of every pass, one above the other.
    template <class Tensor>
    std::string stacked(Tensor&& tensor) {
        std::vector<std::string> parts;
        for (const bool reverse : m_passes) parts.push_back(m_context.add("Unsqueeze", {tensor(reverse), integers("first", {0})}));
        return parts.size() == 1 ? parts[0] : m_context.add("Concat", parts, {{"axis", std::int64_t{0}}});
    }

    std::string biases(bool reverse) {
        std::string recurrent;
        if (m_r.kind == RecurrentKind::Gru) recurrent = m_context.parameter(nameOf("recurrent_bias", reverse));
        else {
            const auto offsets = offsetsOf(m_r);
            recurrent = m_context.constant("offsets", {{static_cast<std::int64_t>(offsets.size())}, std::vector<float>(offsets.begin(), offsets.end())});
        }
        return m_context.add("Concat", {m_context.parameter(nameOf("bias", reverse)), recurrent}, {{"axis", std::int64_t{0}}});
    }

    std::map<std::string, OnnxAttribute> attributes() const {
        std::map<std::string, OnnxAttribute> result{{"hidden_size", m_r.units},
                                                    {"direction", std::string(m_passes.size() == 2 ? "bidirectional" : m_passes[0] ? "reverse" : "forward")}};
        if (m_r.kind == RecurrentKind::Gru) result["linear_before_reset"] = std::int64_t{1};
        if (m_r.kind == RecurrentKind::Simple) result["activations"] = std::vector<std::string>(m_passes.size(), m_r.relu ? "Relu" : "Tanh");
        return result;
    }

    /// Y as [N,T,D,H].
    std::string sequence() {
        const char* op = m_r.kind == RecurrentKind::Lstm ? "LSTM" : m_r.kind == RecurrentKind::Gru ? "GRU" : "RNN";
        std::vector<std::string> inputs{m_context.add("Transpose", {m_context.inputs()[0]}, {{"perm", std::vector<std::int64_t>{1, 0, 2}}}),
                                        stacked([&](bool reverse) { return m_context.parameter(nameOf("weight", reverse)); }),
                                        stacked([&](bool reverse) { return m_context.parameter(nameOf("recurrent", reverse)); }),
                                        stacked([&](bool reverse) { return biases(reverse); })};
        if (hasLengths()) inputs.push_back(m_context.add("Cast", {reshape(m_context.inputs()[1], {-1})}, {{"to", std::int64_t{6}}}));
        return m_context.add("Transpose", {m_context.add(op, inputs, attributes())}, {{"perm", std::vector<std::int64_t>{2, 0, 1, 3}}});
    }

    std::string lastOf(const std::string& y, std::size_t pass) {
        const std::string mine = pick(y, static_cast<std::int64_t>(pass), 2);
        if (m_passes[pass] || !hasLengths()) return pick(mine, m_passes[pass] ? 0 : steps() - 1, 1);
        std::vector<float> counts;
        for (std::int64_t t = 1; t <= steps(); ++t) counts.push_back(static_cast<float>(t));
        const std::string isLast = m_context.add("Equal", {reshape(m_context.inputs()[1], {-1, 1}), m_context.constant("counts", {{1, steps()}, counts})});
        const std::string chosen = reshape(m_context.add("Cast", {isLast}, {{"to", std::int64_t{1}}}), {-1, steps(), 1});
        return m_context.add("ReduceSum", {m_context.add("Mul", {mine, chosen}), integers("steps", {1})}, {{"keepdims", std::int64_t{0}}});
    }

    const Recurrence& m_r;
    OnnxLayerContext& m_context;
    const std::vector<bool> m_passes;
};

}  // namespace

std::string recurrenceToOnnx(const Recurrence& recurrence, OnnxLayerContext& context) { return RecurrenceExport(recurrence, context).write(); }

}  // namespace lamina
