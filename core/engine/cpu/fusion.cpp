#include "core/engine/cpu/fusion.h"

#include <algorithm>

#include "core/engine/cpu/gemm_shape.h"
#include "core/engine/op_type.h"

namespace lamina::cpu {

namespace {

class Fusion {
public:
    Fusion(const Graph& graph, const std::vector<bool>& kept) : m_graph(graph), m_kept(kept) {
        for (const Op& op : graph.ops) m_ops.push_back({.op = op, .update = {}, .products = {}, .name = opName(op.kind), .note = {}});
    }

    std::vector<FusedOp> run() {
        dropUnused();
        countUses();
        for (std::size_t i = 0; i < m_ops.size(); ++i) joinForward(i);
        for (std::size_t i = 0; i < m_ops.size(); ++i) joinReluBackward(i);
        for (std::size_t i = 0; i < m_ops.size(); ++i) joinBiasGradient(i);
        for (FusedOp& f : m_ops)
            if (alive(f) && f.op.kind == OpKind::OptimizerUpdate) joinUpdate(f);
        std::erase_if(m_ops, [](const FusedOp& f) { return f.name.empty(); });
        sortUpdates();
        return std::move(m_ops);
    }

private:
    static bool alive(const FusedOp& f) { return !f.name.empty(); }
    static void kill(FusedOp& f) { f.name.clear(); }

    void dropUnused() {
        std::vector<bool> needed = m_kept;
        needed.resize(m_graph.values.size());
        for (auto f = m_ops.rbegin(); f != m_ops.rend(); ++f) {
            const auto& outputs = f->op.outputs;
            const bool used =
                !opType(f->op.kind).updates.empty() || std::any_of(outputs.begin(), outputs.end(), [&](ValueId v) { return needed[index(v)]; });
            if (!used) kill(*f);
            else
                for (ValueId input : f->op.inputs) needed[index(input)] = true;
        }
    }

    void countUses() {
        m_uses.assign(m_graph.values.size(), 0);
        m_producer.assign(m_graph.values.size(), nullptr);
        for (FusedOp& f : m_ops) {
            if (!alive(f)) continue;
            for (ValueId input : f.op.inputs) ++m_uses[index(input)];
            for (ValueId output : f.op.outputs) m_producer[index(output)] = &f;
        }
    }

    /// The op that makes `value` if nobody but one op reads it.
    FusedOp* onlyFor(ValueId value, int reads = 1) const {
        return m_uses[index(value)] == reads && !m_kept[index(value)] ? m_producer[index(value)] : nullptr;
    }

    /// Puts `producer`, extended, in the place of the op that read its result.
    void replace(FusedOp& reader, FusedOp& producer, const std::string& suffix) {
        FusedOp joined = producer;
        joined.op.outputs[0] = reader.op.outputs[0];
        joined.name += suffix;
        kill(producer);
        reader = std::move(joined);
        m_producer[index(reader.op.outputs[0])] = &reader;
    }

    void joinForward(std::size_t i) {
        FusedOp& reader = m_ops[i];
        if (!alive(reader)) return;
        if (reader.op.kind == OpKind::Binary && reader.op.as<BinaryAttributes>().kind == BinaryKind::Add) joinBias(reader);
        else if (reader.op.kind == OpKind::Unary) joinActivation(reader);
    }

    /// bias as [N] for gemm, [C,1,1] for conv (perhaps through a reshape), and nothing else repeated.
    bool isBias(const Op& op, ValueId bias) const {
        const Shape &y = m_graph.shape(op.outputs[0]), &b = m_graph.shape(bias);
        if (y.size() < 2) return false;
        const std::int64_t channels = y[1];
        const std::size_t fromEnd = op.kind == OpKind::Gemm ? 1 : 3;
        return elementCount(b) == channels && b.size() >= fromEnd && b.size() <= y.size() && b[b.size() - fromEnd] == channels;
    }

    void joinBias(FusedOp& reader) {
        const ValueId bias = reader.op.inputs[1];
        FusedOp* const producer = onlyFor(reader.op.inputs[0]);
        if (!producer || m_graph.shape(reader.op.outputs[0]) != m_graph.shape(reader.op.inputs[0]) || !isBias(producer->op, bias)) return;
        if (producer->op.kind == OpKind::Gemm && !producer->op.as<GemmAttributes>().bias && !producer->op.as<GemmAttributes>().activation) {
            producer->op.as<GemmAttributes>().bias = true;
        } else if (producer->op.kind == OpKind::Conv2d && !producer->op.as<WindowAttributes>().bias &&
                   !producer->op.as<WindowAttributes>().activation) {
            producer->op.as<WindowAttributes>().bias = true;
        } else {
            return;
        }
        producer->op.inputs.push_back(bias);
        replace(reader, *producer, "+bias");
    }

    template <class Attributes>
    bool addActivation(Op& op, const UnaryAttributes& unary) {
        auto& attributes = op.as<Attributes>();
        if (attributes.activation) return false;
        attributes.activation = unary.kind;
        attributes.activationAlpha = unary.alpha;
        return true;
    }

    void joinActivation(FusedOp& reader) {
        const UnaryAttributes unary = reader.op.as<UnaryAttributes>();
        FusedOp* const producer = onlyFor(reader.op.inputs[0]);
        if (!producer) return;
        const bool rectifier = unary.kind == UnaryKind::Relu || unary.kind == UnaryKind::LeakyRelu;
        if (producer->op.kind == OpKind::Gemm
                ? addActivation<GemmAttributes>(producer->op, unary)
                : producer->op.kind == OpKind::Conv2d && rectifier && addActivation<WindowAttributes>(producer->op, unary))
            replace(reader, *producer, std::string("+") + unaryName(unary.kind));
    }

    void joinReluBackward(std::size_t i) {
        FusedOp& reader = m_ops[i];
        if (!alive(reader) || reader.op.kind != OpKind::UnaryBackward || reader.op.as<UnaryAttributes>().kind != UnaryKind::Relu) return;
        const ValueId y = reader.op.inputs[1];
        FusedOp* const producer = reader.op.inputs[2] == y ? nullptr : onlyFor(reader.op.inputs[2]);
        if (!producer) return;
        if (producer->op.kind == OpKind::Gemm && producer->mask == noValue && !producer->op.as<GemmAttributes>().activation) {
            producer->mask = y;
            replace(reader, *producer, "+relu_backward");
        } else if (producer->op.kind == OpKind::MaxPool2dBackward && producer->op.inputs[0] == y && !producer->maskedByInput) {
            producer->maskedByInput = true;
            replace(reader, *producer, "+relu_backward");
        }
    }

    bool isSumPerChannel(const FusedOp& f, ValueId dy) const {
        if (!alive(f) || f.op.kind != OpKind::Reduce || f.op.inputs[0] != dy || f.op.as<ReduceAttributes>().kind != ReduceKind::Sum) return false;
        auto axes = f.op.as<ReduceAttributes>().axes;
        std::sort(axes.begin(), axes.end());
        return axes == std::vector<std::int64_t>{0, 2, 3};
    }

    /// The sum of dy comes out of the weights' gradient for nothing. The joined op stands where the first of the two stood.
    void joinBiasGradient(std::size_t i) {
        if (!alive(m_ops[i]) || m_ops[i].op.kind != OpKind::Conv2dBackwardWeights) return;
        const ValueId x = m_ops[i].op.inputs[0], dy = m_ops[i].op.inputs[1];
        const auto sum = std::find_if(m_ops.begin(), m_ops.end(), [&](const FusedOp& f) { return isSumPerChannel(f, dy); });
        if (sum == m_ops.end()) return;
        FusedOp joined = m_ops[i];
        joined.biasGradient = sum->op.outputs[0];
        joined.name += "+bias";
        const auto place = std::min(i, static_cast<std::size_t>(sum - m_ops.begin()));
        const FusedOp* const maker = m_producer[index(x)];
        if (maker && static_cast<std::size_t>(maker - m_ops.data()) >= place) return;
        kill(*sum);
        kill(m_ops[i]);
        m_ops[place] = std::move(joined);
        m_producer[index(m_ops[place].op.outputs[0])] = &m_ops[place];
    }

    /// The value itself or what it is a view of lives in the ParameterStore.
    bool isStored(ValueId value) const {
        while (m_producer[index(value)] && m_producer[index(value)]->op.kind == OpKind::Reshape) value = m_producer[index(value)]->op.inputs[0];
        const ValueRole role = m_graph.value(value).role;
        return role == ValueRole::Parameter || role == ValueRole::State;
    }

    /// Why the gradient cannot be made while the weights are updated; empty where it can.
    std::string updateRefusal(const Op& update) const {
        const ValueId gradient = update.inputs[1];
        const FusedOp *const product = m_producer[index(gradient)], *const check = m_producer[index(update.inputs.back())];
        if (!product) return "gradient through memory: given from outside";
        if (product->op.kind != OpKind::Gemm || product->mask != noValue || product->op.as<GemmAttributes>().activation)
            return "gradient through memory: made by " + product->name;
        if (!check || check->op.kind != OpKind::AllFinite || m_uses[index(gradient)] != 2 || m_kept[index(gradient)] ||
            std::count(check->op.inputs.begin(), check->op.inputs.end(), gradient) != 1)
            return "gradient through memory: read by others too";
        if (gemmShape(m_graph, product->op).k > passDepth) return "gradient through memory: a product of more than " + std::to_string(passDepth) + " terms";
        if (isStored(product->op.inputs[0]) || isStored(product->op.inputs[1])) return "gradient through memory: made of numbers that are updated too";
        return {};
    }

    /// The product moves behind the check, which looks at its operands instead.
    void joinUpdate(FusedOp& reader) {
        const ValueId gradient = reader.op.inputs[1];
        if (const std::string reason = updateRefusal(reader.op); !reason.empty()) {
            if (m_graph.shape(gradient).size() > 1) reader.note = reason;  // of vectors there is nothing to gain
            return;
        }
        FusedOp &producer = *m_producer[index(gradient)], &check = *m_producer[index(reader.op.inputs.back())];
        std::erase(check.op.inputs, gradient);
        check.products.push_back(producer.op);
        FusedOp joined = producer;
        joined.update = reader.op;
        joined.name += "+optimizer_update";
        kill(producer);
        reader = std::move(joined);
        m_producer[index(gradient)] = &reader;
    }

    /// Joined updates first: the others then follow one another and become one step.
    void sortUpdates() {
        const auto joined = [](const FusedOp& f) { return f.update.has_value(); };
        const auto other = [&](const FusedOp& f) { return !joined(f) && f.op.kind != OpKind::OptimizerUpdate; };
        for (auto first = m_ops.begin(); first != m_ops.end();) {
            first = std::find_if_not(first, m_ops.end(), other);
            const auto last = std::find_if(first, m_ops.end(), other);
            std::stable_partition(first, last, joined);
            first = last;
        }
    }

    static std::size_t index(ValueId id) { return static_cast<std::size_t>(id); }

    const Graph& m_graph;
    const std::vector<bool>& m_kept;
    std::vector<FusedOp> m_ops;
    std::vector<int> m_uses;
    std::vector<FusedOp*> m_producer;
};

}  // namespace

std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept) { return Fusion(graph, kept).run(); }

}  // namespace lamina::cpu
