#include "core/engine/fusion.h"

#include <algorithm>

#include "core/engine/op_type.h"

namespace lamina {

namespace {

template <class Attributes>
bool addBias(Op& op) {
    auto& attributes = op.as<Attributes>();
    if (attributes.bias || attributes.activation) return false;
    return attributes.bias = true;
}

template <class Attributes>
bool addActivation(Op& op, const UnaryAttributes& unary) {
    auto& attributes = op.as<Attributes>();
    if (attributes.activation) return false;
    attributes.activation = unary.kind;
    attributes.activationAlpha = unary.alpha;
    return true;
}

}  // namespace

Fusion::Fusion(const Graph& graph, const std::vector<bool>& kept) : m_graph(graph), m_kept(kept) {
    m_kept.resize(graph.values.size());
    for (const Op& op : graph.ops) {
        FusedOp& f = m_ops.emplace_back();
        f.op = op;
        f.name = opName(op.kind);
    }
}

void Fusion::joinChains() {
    dropUnused();
    countUses();
    for (FusedOp& reader : m_ops)
        if (alive(reader)) joinForward(reader);
    for (FusedOp& reader : m_ops)
        if (alive(reader)) joinReluBackward(reader);
}

std::vector<FusedOp> Fusion::take() {
    std::erase_if(m_ops, [](const FusedOp& f) { return !alive(f); });
    return std::move(m_ops);
}

void Fusion::dropUnused() {
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

void Fusion::countUses() {
    m_uses.assign(m_graph.values.size(), 0);
    m_producer.assign(m_graph.values.size(), nullptr);
    for (FusedOp& f : m_ops) {
        if (!alive(f)) continue;
        for (ValueId input : f.op.inputs) ++m_uses[index(input)];
        for (ValueId output : f.op.outputs) m_producer[index(output)] = &f;
    }
}

FusedOp* Fusion::onlyFor(ValueId value) const { return uses(value) == 1 && !kept(value) ? producer(value) : nullptr; }

void Fusion::replace(FusedOp& reader, FusedOp& producer, const std::string& suffix) {
    FusedOp joined = producer;
    joined.op.outputs[0] = reader.op.outputs[0];
    joined.name += suffix;
    kill(producer);
    reader = std::move(joined);
    setProducer(reader.op.outputs[0], reader);
}

void Fusion::joinForward(FusedOp& reader) {
    if (reader.op.kind == OpKind::Binary && reader.op.as<BinaryAttributes>().kind == BinaryKind::Add) joinBias(reader);
    else if (reader.op.kind == OpKind::Unary) joinActivation(reader);
}

/// bias as [N] for gemm, [C,1,1] for conv (perhaps through a reshape), and nothing else repeated.
bool Fusion::isBias(const Op& op, ValueId bias) const {
    const Shape &y = m_graph.shape(op.outputs[0]), &b = m_graph.shape(bias);
    const std::size_t fromEnd = op.kind == OpKind::Gemm ? 1 : 3;
    return elementCount(b) == y[1] && b.size() >= fromEnd && b.size() <= y.size() && b[b.size() - fromEnd] == y[1];
}

void Fusion::joinBias(FusedOp& reader) {
    const ValueId bias = reader.op.inputs[1];
    FusedOp* const product = onlyFor(reader.op.inputs[0]);
    if (!product || product->norm || (product->op.kind != OpKind::Gemm && product->op.kind != OpKind::Conv2d)) return;
    if (m_graph.shape(reader.op.outputs[0]) != m_graph.shape(reader.op.inputs[0]) || !isBias(product->op, bias)) return;
    if (product->op.kind == OpKind::Gemm ? !addBias<GemmAttributes>(product->op) : !addBias<WindowAttributes>(product->op)) return;
    product->op.inputs.push_back(bias);
    replace(reader, *product, "+bias");
}

void Fusion::joinActivation(FusedOp& reader) {
    const UnaryAttributes unary = reader.op.as<UnaryAttributes>();
    FusedOp* const product = onlyFor(reader.op.inputs[0]);
    if (!product) return;
    const bool rectifier = unary.kind == UnaryKind::Relu || unary.kind == UnaryKind::LeakyRelu;
    if (product->op.kind == OpKind::Gemm ? addActivation<GemmAttributes>(product->op, unary)
                                         : product->op.kind == OpKind::Conv2d && rectifier && addActivation<WindowAttributes>(product->op, unary))
        replace(reader, *product, std::string("+") + unaryName(unary.kind));
}

void Fusion::joinReluBackward(FusedOp& reader) {
    if (reader.op.kind != OpKind::UnaryBackward || reader.op.as<UnaryAttributes>().kind != UnaryKind::Relu) return;
    const ValueId y = reader.op.inputs[1];
    FusedOp* const source = reader.op.inputs[2] == y ? nullptr : onlyFor(reader.op.inputs[2]);
    if (!source) return;
    if (source->op.kind == OpKind::Gemm && source->mask == noValue && !source->op.as<GemmAttributes>().activation) {
        source->mask = y;
        replace(reader, *source, "+relu_backward");
    } else if (source->op.kind == OpKind::MaxPool2dBackward && source->op.inputs[0] == y && !source->maskedByInput) {
        source->maskedByInput = true;
        replace(reader, *source, "+relu_backward");
    }
}

}  // namespace lamina
