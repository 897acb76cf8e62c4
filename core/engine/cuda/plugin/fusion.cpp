#include "core/engine/cuda/plugin/fusion.h"

#include <algorithm>

#include "core/engine/op_type.h"

namespace lamina::cuda {

namespace {

class Fusion {
public:
    Fusion(const Graph& graph, const std::vector<bool>& kept) : m_graph(graph), m_kept(kept) {
        for (const Op& op : graph.ops) m_ops.push_back({op, noValue, false, opName(op.kind)});
    }

    std::vector<FusedOp> run() {
        dropUnused();
        countUses();
        for (FusedOp& reader : m_ops)
            if (alive(reader)) joinForward(reader);
        for (FusedOp& reader : m_ops)
            if (alive(reader)) joinReluBackward(reader);
        std::erase_if(m_ops, [](const FusedOp& f) { return f.name.empty(); });
        return std::move(m_ops);
    }

private:
    static std::size_t index(ValueId id) { return static_cast<std::size_t>(id); }
    static bool alive(const FusedOp& f) { return !f.name.empty(); }
    static void kill(FusedOp& f) { f.name.clear(); }

    void dropUnused() {
        std::vector<bool> needed = m_kept;
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
    FusedOp* onlyFor(ValueId value) const { return m_uses[index(value)] == 1 && !m_kept[index(value)] ? m_producer[index(value)] : nullptr; }

    /// Puts `producer`, extended, in the place of the op that read its result.
    void replace(FusedOp& reader, FusedOp& producer, const std::string& suffix) {
        FusedOp joined = producer;
        joined.op.outputs[0] = reader.op.outputs[0];
        joined.name += suffix;
        kill(producer);
        reader = std::move(joined);
        m_producer[index(reader.op.outputs[0])] = &reader;
    }

    void joinForward(FusedOp& reader) {
        if (reader.op.kind == OpKind::Binary && reader.op.as<BinaryAttributes>().kind == BinaryKind::Add) joinBias(reader);
        else if (reader.op.kind == OpKind::Unary) joinActivation(reader);
    }

    /// bias as [N] for gemm, [C,1,1] for conv (perhaps through a reshape), and nothing else repeated.
    bool isBias(const Op& op, ValueId bias) const {
        const Shape &y = m_graph.shape(op.outputs[0]), &b = m_graph.shape(bias);
        const std::size_t fromEnd = op.kind == OpKind::Gemm ? 1 : 3;
        return elementCount(b) == y[1] && b.size() >= fromEnd && b.size() <= y.size() && b[b.size() - fromEnd] == y[1];
    }

    template <class Attributes>
    static bool addBias(Op& op) {
        auto& attributes = op.as<Attributes>();
        if (attributes.bias || attributes.activation) return false;
        return attributes.bias = true;
    }

    void joinBias(FusedOp& reader) {
        const ValueId bias = reader.op.inputs[1];
        FusedOp* const producer = onlyFor(reader.op.inputs[0]);
        if (!producer || (producer->op.kind != OpKind::Gemm && producer->op.kind != OpKind::Conv2d)) return;
        if (m_graph.shape(reader.op.outputs[0]) != m_graph.shape(reader.op.inputs[0]) || !isBias(producer->op, bias)) return;
        if (producer->op.kind == OpKind::Gemm ? !addBias<GemmAttributes>(producer->op) : !addBias<WindowAttributes>(producer->op)) return;
        producer->op.inputs.push_back(bias);
        replace(reader, *producer, "+bias");
    }

    template <class Attributes>
    static bool addActivation(Op& op, const UnaryAttributes& unary) {
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

    void joinReluBackward(FusedOp& reader) {
        if (reader.op.kind != OpKind::UnaryBackward || reader.op.as<UnaryAttributes>().kind != UnaryKind::Relu) return;
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

    const Graph& m_graph;
    const std::vector<bool>& m_kept;
    std::vector<FusedOp> m_ops;
    std::vector<int> m_uses;
    std::vector<FusedOp*> m_producer;
};

}  // namespace

std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept) { return Fusion(graph, kept).run(); }

}  // namespace lamina::cuda
