#include "core/engine/cpu/plan_builder.h"

#include <algorithm>

#include "core/engine/cpu/lowering.h"
#include "core/engine/op_type.h"

namespace lamina::cpu {

namespace {

void lower(PlanBuilder& builder, const FusedOp& fused) {
    switch (fused.op.kind) {
        case OpKind::Gemm: return lowerGemm(builder, fused);
        case OpKind::Conv2d:
        case OpKind::Conv2dBackwardData:
        case OpKind::Conv2dBackwardWeights: return lowerConvolution(builder, fused);
        case OpKind::MaxPool2d:
        case OpKind::MaxPool2dBackward:
        case OpKind::AveragePool2d:
        case OpKind::AveragePool2dBackward: return lowerPooling(builder, fused);
        case OpKind::Unary: return lowerUnary(builder, fused);
        case OpKind::UnaryBackward: return lowerUnaryBackward(builder, fused);
        case OpKind::Binary: return lowerBinary(builder, fused);
        case OpKind::Reduce: return lowerReduce(builder, fused);
        case OpKind::Broadcast: return lowerBroadcast(builder, fused);
        case OpKind::Reshape: return builder.alias(fused.op.outputs[0], fused.op.inputs[0]);
        case OpKind::Concat: return lowerConcat(builder, fused);
        case OpKind::Slice: return lowerSlice(builder, fused);
        case OpKind::Transpose: return lowerTranspose(builder, fused);
        case OpKind::Pad: return lowerPad(builder, fused);
        case OpKind::MatMul: return lowerMatMul(builder, fused);
        case OpKind::Gather:
        case OpKind::GatherBackward:
        case OpKind::OneHot: return lowerRows(builder, fused);
        case OpKind::Softmax:
        case OpKind::LogSoftmax:
        case OpKind::SoftmaxBackward: return lowerSoftmax(builder, fused);
        case OpKind::CrossEntropy:
        case OpKind::CrossEntropyBackward:
        case OpKind::BinaryCrossEntropy:
        case OpKind::BinaryCrossEntropyBackward: return lowerLoss(builder, fused);
        case OpKind::BatchNormTraining:
        case OpKind::BatchNormInference:
        case OpKind::BatchNormBackward: return lowerBatchNorm(builder, fused);
        case OpKind::LayerNorm:
        case OpKind::LayerNormBackward: return lowerLayerNorm(builder, fused);
        case OpKind::Recurrent:
        case OpKind::RecurrentBackward: return lowerRecurrent(builder, fused);
        case OpKind::Dropout: return lowerDropout(builder, fused);
        case OpKind::GaussianNoise: return lowerGaussianNoise(builder, fused);
        case OpKind::HostFunction: return lowerHostFunction(builder, fused);
        case OpKind::AllFinite: return lowerAllFinite(builder, fused);
        case OpKind::OptimizerUpdate: return lowerUpdates(builder, {&fused, 1});
    }
}

bool sameUpdate(const FusedOp& a, const FusedOp& b) {
    return b.op.kind == OpKind::OptimizerUpdate && a.op.attributes == b.op.attributes && a.op.inputs.back() == b.op.inputs.back();
}

std::vector<bool> flagsOf(const std::vector<ValueId>& kept, std::size_t count) {
    std::vector<bool> flags(count, false);
    for (ValueId id : kept)
        if (id != noValue) flags[static_cast<std::size_t>(id)] = true;
    return flags;
}

}  // namespace

PlanBuilder::PlanBuilder(const Graph& graph, const std::vector<ValueId>& kept, const Kernels& kernels, int threads)
    : buffers(graph.values.size()),
      m_graph(graph),
      m_kept(flagsOf(kept, graph.values.size())),
      m_kernels(kernels),
      m_threads(threads),
      m_ops(fuse(graph, m_kept)),
      m_lastUse(graph.values.size(), -1),
      m_forms(graph.values.size()),
      m_uses(graph.values.size()) {}

Result<void> PlanBuilder::build() {
    updates = std::any_of(m_ops.begin(), m_ops.end(), [](const FusedOp& f) { return f.update || !opType(f.op.kind).updates.empty(); });
    noteUses();
    placeGiven();
    for (std::size_t i = 0; i < m_ops.size();) {
        m_current = static_cast<int>(i);
        m_flopsCounted = false;
        if (m_ops[i].op.kind == OpKind::OptimizerUpdate) {
            std::size_t end = i + 1;
            while (end < m_ops.size() && sameUpdate(m_ops[i], m_ops[end])) ++end;
            lowerUpdates(*this, std::span(m_ops).subspan(i, end - i));
            i = end;
            continue;
        }
        lower(*this, m_ops[i]);
        finishKept(m_ops[i]);
        ++i;
    }
    finishBuffers();
    return {};
}

void PlanBuilder::noteUses() {
    for (std::size_t i = 0; i < m_ops.size(); ++i) {
        for (ValueId input : m_ops[i].op.inputs) m_lastUse[index(input)] = static_cast<int>(i);
        if (m_ops[i].mask != noValue) m_lastUse[index(m_ops[i].mask)] = static_cast<int>(i);
        if (m_ops[i].update) m_lastUse[index(m_ops[i].update->inputs.back())] = static_cast<int>(i);
    }
}

/// Inputs, parameters, states and constants are there from the start, in plain layout.
void PlanBuilder::placeGiven() {
    for (std::size_t i = 0; i < m_graph.values.size(); ++i) {
        const Value& value = m_graph.values[i];
        if (value.role == ValueRole::Computed) continue;
        const int buffer = static_cast<int>(i);
        buffers[i].bytes = static_cast<std::size_t>(elementCount(value.shape)) * dtypeSize(value.type);
        setForm(buffer, Layout::Plain, buffer);
        m_uses[i].pinned = true;
    }
}

void PlanBuilder::setForm(ValueId value, Layout layout, int buffer) {
    m_forms[index(value)].push_back({layout, buffer});
    Use& use = m_uses[static_cast<std::size_t>(buffer)];
    use.lastOp = std::max(use.lastOp, m_lastUse[index(value)]);
    if (layout == Layout::Plain && m_kept[index(value)]) use.pinned = true;
}

const PlanBuilder::Form* PlanBuilder::find(ValueId value, Layout layout, Numbers numbers) const {
    for (const Form& form : m_forms[index(value)])
        if (form.layout == layout && form.numbers == numbers) return &form;
    return nullptr;
}

int PlanBuilder::newBuffer(std::int64_t bytes) {
    buffers.push_back({.bytes = static_cast<std::size_t>(bytes)});
    m_uses.emplace_back();
    return static_cast<int>(buffers.size()) - 1;
}

int PlanBuilder::scratch(std::int64_t bytes) { return newBuffer(bytes); }
int PlanBuilder::scratchPerThread(std::int64_t bytes) { return newBuffer(roundedBytes(bytes) * m_threads); }

bool PlanBuilder::isFixed(ValueId value) const {
    const ValueRole role = m_graph.value(value).role;
    return !updates && role != ValueRole::Computed && role != ValueRole::Input;
}

int PlanBuilder::lasting(std::int64_t bytes) {
    const int buffer = newBuffer(bytes);
    m_uses[static_cast<std::size_t>(buffer)].lasting = true;
    return buffer;
}

int PlanBuilder::in(ValueId value, Layout layout) {
    if (const Form* form = find(value, layout)) return form->buffer;
    Form from = m_forms[index(value)].front();
    if (from.layout != Layout::Plain && layout != Layout::Plain) from = {Layout::Plain, in(value)};
    const int buffer = out(value, layout);
    addReorder(value, from, layout, buffer);
    return buffer;
}

int PlanBuilder::inBfloat16(ValueId value, Layout layout, bool wide) {
    const Numbers numbers = wide ? Numbers::RoundedFloat32 : Numbers::Bfloat16;
    if (const Form* form = find(value, layout, numbers)) return form->buffer;
    const std::int64_t count = physicalCount(shape(value), layout);
    const Cut cut{count, pointwiseUnit};
    const int from = in(value, layout), to = newBuffer(count * (wide ? 4 : 2));
    m_forms[index(value)].push_back({layout, to, numbers});
    const auto round = [=](const RunContext& run, void* const* p, int slice) {
        const float* const x = static_cast<float*>(p[0]) + cut.first(slice);
        if (wide) run.kernels.roundToBfloat16(x, static_cast<float*>(p[1]) + cut.first(slice), cut.length(slice));
        else run.kernels.toBfloat16(x, static_cast<std::uint16_t*>(p[1]) + cut.first(slice), cut.length(slice));
    };
    addHelper(std::make_unique<SlicedStep>(std::vector<int>{from, to}, cut.slices(), round), "to bfloat16, " + m_graph.value(value).name);
    return to;
}

int PlanBuilder::out(ValueId value, Layout layout) {
    const std::int64_t bytes = physicalCount(shape(value), layout) * static_cast<std::int64_t>(dtypeSize(m_graph.value(value).type));
    const bool ownBuffer =
        buffers[index(value)].bytes == 0 && buffers[index(value)].aliasOf == noValue && (layout == Layout::Plain || !m_kept[index(value)]);
    int buffer = value;
    if (ownBuffer) buffers[index(value)].bytes = static_cast<std::size_t>(bytes);
    else buffer = newBuffer(bytes);
    setForm(value, layout, buffer);
    return buffer;
}

int PlanBuilder::outOver(ValueId value, ValueId over, Layout layout) {
    const Form* const form = find(over, layout);
    if (!form || m_uses[static_cast<std::size_t>(form->buffer)].pinned || m_uses[static_cast<std::size_t>(form->buffer)].lastOp > m_current ||
        (m_kept[index(value)] && layout != Layout::Plain) || shape(value) != shape(over))
        return out(value, layout);
    const int buffer = form->buffer;
    buffers[index(value)].aliasOf = buffer;
    setForm(value, layout, buffer);
    return buffer;
}

void PlanBuilder::alias(ValueId value, ValueId of) {
    const int buffer = in(of);
    buffers[index(value)].aliasOf = buffer;
    setForm(value, Layout::Plain, buffer);
}

void PlanBuilder::append(std::unique_ptr<Step> step, std::string implementation, std::string note, double flops) {
    const FusedOp& fused = m_ops[static_cast<std::size_t>(m_current)];
    planned.push_back({fused.name, fused.op.origin, std::move(implementation), std::move(note), flops});
    steps.push_back(std::move(step));
    once.push_back(false);
}

void PlanBuilder::add(std::unique_ptr<Step> step, std::string implementation, std::string note) {
    const Op& op = m_ops[static_cast<std::size_t>(m_current)].op;
    const double flops = std::exchange(m_flopsCounted, true) ? 0 : opType(op.kind).flops(m_graph, op);
    append(std::move(step), std::move(implementation), std::move(note), flops);
}

void PlanBuilder::addHelper(std::unique_ptr<Step> step, std::string implementation) { append(std::move(step), std::move(implementation), {}, 0); }

void PlanBuilder::addOnce(std::unique_ptr<Step> step, std::string implementation) {
    append(std::move(step), implementation + ", once", {}, 0);
    once.back() = true;
}

/// Values are interleaved or taken apart one plane at a time; padded channels become 0.
void PlanBuilder::addReorder(ValueId value, const Form& from, Layout layout, int to) {
    const bool interleave = from.layout == Layout::Plain;
    const Shape& s = shape(value);
    const Planes planes = planesOf(s, interleave ? layout : from.layout);
    const std::int64_t channels = s[1];
    const Cut cut{planes.count(), std::max<std::int64_t>(1, pointwiseUnit / std::max<std::int64_t>(1, planes.planeSize()))};
    const auto move = [=](const RunContext& run, void* const* p, int slice) {
        for (std::int64_t i = cut.first(slice); i < cut.first(slice) + cut.length(slice); ++i) {
            const std::int64_t channel = i % planes.groups * planes.lanes, used = std::min(planes.lanes, channels - channel);
            const std::int64_t plain = (i / planes.groups * channels + channel) * planes.places, blocked = i * planes.planeSize();
            if (interleave)
                run.kernels.interleave(static_cast<float*>(p[0]) + plain, planes.places, used, planes.lanes, static_cast<float*>(p[1]) + blocked);
            else run.kernels.takeApart(static_cast<float*>(p[0]) + blocked, planes.places, used, planes.lanes, static_cast<float*>(p[1]) + plain);
        }
    };
    addHelper(std::make_unique<SlicedStep>(std::vector<int>{from.buffer, to}, cut.slices(), move),
              std::string("reorder ") + layoutName(from.layout) + "→" + layoutName(layout) + " of " + m_graph.value(value).name);
}

/// The caller reads kept values in plain layout.
void PlanBuilder::finishKept(const FusedOp& fused) {
    for (ValueId output : fused.op.outputs)
        if (m_kept[index(output)] && !m_forms[index(output)].empty()) in(output);
}

void PlanBuilder::finishBuffers() {
    const int last = static_cast<int>(steps.size());
    for (int s = 0; s < last; ++s)
        for (int buffer : steps[static_cast<std::size_t>(s)]->buffers()) {
            if (buffer < 0) continue;
            auto& b = buffers[static_cast<std::size_t>(buffer)];
            if (b.lastStep < 0) b.firstStep = s;
            b.lastStep = s;
        }
    for (std::size_t i = 0; i < buffers.size(); ++i)
        if (m_uses[i].lasting) buffers[i].firstStep = 0, buffers[i].lastStep = last, buffers[i].lasting = true;
    for (std::size_t i = 0; i < m_graph.values.size(); ++i) {
        if (buffers[i].aliasOf != noValue) {
            const auto& root = buffers[static_cast<std::size_t>(buffers[i].aliasOf)];
            buffers[i].firstStep = root.firstStep;
            buffers[i].lastStep = root.lastStep;
        }
        if (m_graph.values[i].role == ValueRole::Computed && !m_kept[i]) continue;
        buffers[i].firstStep = 0;
        buffers[i].lastStep = last;
    }
}

}  // namespace lamina::cpu
