#include "core/engine/cuda/plugin/plan_builder.h"

#include <algorithm>
#include <limits>

#include "core/engine/cuda/plugin/lowering.h"
#include "core/engine/op_type.h"

namespace lamina::cuda {

namespace {

using Lower = void (*)(PlanBuilder&, const FusedOp&);

/// nullptr where there is no kernel for the op yet (and for updates, which are lowered many at once).
Lower lowerOf(const Op& op) {
    switch (op.kind) {
        case OpKind::Gemm: return lowerGemm;
        case OpKind::Conv2d:
        case OpKind::Conv2dBackwardData:
        case OpKind::Conv2dBackwardWeights: return lowerConvolution;
        case OpKind::MaxPool2d:
        case OpKind::MaxPool2dBackward:
        case OpKind::AveragePool2d:
        case OpKind::AveragePool2dBackward: return lowerPooling;
        case OpKind::Unary: return lowerUnary;
        case OpKind::UnaryBackward: return lowerUnaryBackward;
        case OpKind::Binary: return lowerBinary;
        case OpKind::Reduce: return op.as<ReduceAttributes>().kind == ReduceKind::Maximum ? nullptr : lowerReduce;
        case OpKind::Broadcast: return lowerBroadcast;
        case OpKind::Reshape: return lowerReshape;
        case OpKind::Concat: return lowerConcat;
        case OpKind::Slice: return lowerSlice;
        case OpKind::Softmax:
        case OpKind::SoftmaxBackward: return lowerSoftmax;
        case OpKind::CrossEntropy:
        case OpKind::CrossEntropyBackward:
        case OpKind::BinaryCrossEntropy:
        case OpKind::BinaryCrossEntropyBackward: return lowerLoss;
        case OpKind::BatchNormTraining:
        case OpKind::BatchNormInference:
        case OpKind::BatchNormBackward: return lowerBatchNorm;
        case OpKind::Dropout: return lowerDropout;
        case OpKind::AllFinite: return lowerAllFinite;
        case OpKind::Transpose:
        case OpKind::Pad:
        case OpKind::MatMul:
        case OpKind::Gather:
        case OpKind::GatherBackward:
        case OpKind::OneHot:
        case OpKind::LogSoftmax:
        case OpKind::LayerNorm:
        case OpKind::LayerNormBackward:
        case OpKind::Recurrent:
        case OpKind::RecurrentBackward:
        case OpKind::GaussianNoise:
        case OpKind::HostFunction:
        case OpKind::OptimizerUpdate: return nullptr;
    }
    return nullptr;
}

/// Updates that follow one another and share attributes and guard become one launch.
bool sameUpdate(const FusedOp& a, const FusedOp& b) {
    return b.op.kind == OpKind::OptimizerUpdate && a.op.attributes == b.op.attributes && a.op.inputs.back() == b.op.inputs.back();
}

std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept) {
    Fusion fusion(graph, kept);
    fusion.joinChains();
    return fusion.take();
}

std::vector<bool> flagsOf(const std::vector<ValueId>& kept, std::size_t count) {
    std::vector<bool> flags(count, false);
    for (ValueId id : kept)
        if (id != noValue) flags[static_cast<std::size_t>(id)] = true;
    return flags;
}

}  // namespace

PlanBuilder::PlanBuilder(const Graph& graph, const std::vector<ValueId>& kept)
    : m_graph(graph), m_kept(flagsOf(kept, graph.values.size())), m_ops(fuse(graph, m_kept)), m_bufferOf(graph.values.size(), -1) {}

Result<void> PlanBuilder::build() {
    LAMINA_CHECK(checkTypes());
    LAMINA_CHECK(checkPrecision());
    for (std::size_t i = 0; i < m_graph.values.size(); ++i)
        if (m_graph.values[i].role != ValueRole::Computed)
            m_bufferOf[i] = newBuffer(elementCount(m_graph.values[i].shape) * static_cast<std::int64_t>(dtypeSize(m_graph.values[i].type)),
                                      static_cast<ValueId>(i));
    for (std::size_t i = 0; i < m_ops.size();) {
        m_current = &m_ops[i];
        m_flopsCounted = false;
        std::size_t end = i + 1;
        if (m_ops[i].op.kind == OpKind::OptimizerUpdate) {
            while (end < m_ops.size() && sameUpdate(m_ops[i], m_ops[end])) ++end;
            lowerUpdates(*this, std::span(m_ops).subspan(i, end - i));
        } else {
            const Op& op = m_ops[i].op;
            const Lower lower = lowerOf(op);
            if (!lower) return fail("cuda.no_kernel", {{"op", m_ops[i].name}, {"layer", op.origin}});
            lower(*this, m_ops[i]);
        }
        i = end;
    }
    measureLives();
    return {};
}

/// Kernels count in 32 bits and know two types.
Result<void> PlanBuilder::checkTypes() const {
    for (const Value& value : m_graph.values) {
        if (elementCount(value.shape) > std::numeric_limits<std::int32_t>::max())
            return fail("cuda.too_large", {{"name", value.name}, {"shape", shapeText(value.shape)}});
        if (value.type != DType::Float32 && value.type != DType::Int32)
            return fail("cuda.no_type", {{"name", value.name}, {"type", dtypeName(value.type)}});
    }
    return {};
}

/// Ignoring it would give other numbers than the plan asks for.
Result<void> PlanBuilder::checkPrecision() const {
    const auto rounds = [](const Op& op) {
        const auto* const product = std::get_if<GemmAttributes>(&op.attributes);
        const auto* const convolution = std::get_if<WindowAttributes>(&op.attributes);
        return (product && product->precision == Precision::Bfloat16) || (convolution && convolution->precision == Precision::Bfloat16);
    };
    const auto found = std::find_if(m_graph.ops.begin(), m_graph.ops.end(), rounds);
    if (found == m_graph.ops.end()) return {};
    return fail("cuda.no_bfloat16", {{"layer", found->origin}});
}

int PlanBuilder::newBuffer(std::int64_t bytes, ValueId of) {
    buffers.push_back({.bytes = static_cast<std::size_t>(bytes)});
    ofValue.push_back(of);
    return static_cast<int>(buffers.size()) - 1;
}

int PlanBuilder::out(ValueId value) {
    const int buffer = newBuffer(elementCount(shape(value)) * static_cast<std::int64_t>(dtypeSize(m_graph.value(value).type)), noValue);
    m_bufferOf[static_cast<std::size_t>(value)] = buffer;
    return buffer;
}

int PlanBuilder::scratch(std::int64_t bytes) { return newBuffer(bytes, noValue); }

int PlanBuilder::updateGroup(const OptimizerAttributes& attributes) {
    const auto found = std::find(updateGroups.begin(), updateGroups.end(), attributes);
    if (found == updateGroups.end()) updateGroups.push_back(attributes);
    return static_cast<int>(std::find(updateGroups.begin(), updateGroups.end(), attributes) - updateGroups.begin());
}

void PlanBuilder::add(std::vector<int> used, std::function<void(const Launch&, void* const*)> launch, std::string implementation,
                      std::function<std::vector<std::byte>(void* const*)> table) {
    const double flops = std::exchange(m_flopsCounted, true) ? 0 : opType(m_current->op.kind).flops(m_graph, m_current->op);
    planned.push_back({m_current->name, m_current->op.origin, std::move(implementation), {}, flops});
    steps.push_back({std::move(used), std::move(launch), std::move(table), {}});
}

void PlanBuilder::measureLives() {
    const int last = static_cast<int>(steps.size());
    for (int s = 0; s < last; ++s)
        for (int buffer : steps[static_cast<std::size_t>(s)].buffers) {
            if (buffer < 0) continue;
            auto& b = buffers[static_cast<std::size_t>(buffer)];
            if (b.lastStep < 0) b.firstStep = s;
            b.lastStep = s;
        }
    for (std::size_t i = 0; i < m_graph.values.size(); ++i)
        if (m_kept[i] && m_bufferOf[i] >= 0) buffers[static_cast<std::size_t>(m_bufferOf[i])].lastStep = last;
}

}  // namespace lamina::cuda
