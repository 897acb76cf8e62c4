// Plain templates in plain row-major memory, one step per op, one thread.
#include <algorithm>

#include "core/engine/device.h"
#include "core/engine/op_type.h"
#include "core/engine/reference/kernel.h"

namespace lamina {

namespace reference {

Kernels kernelsOf(OpKind kind) {
    switch (kind) {
        case OpKind::Gemm: return gemm();
        case OpKind::Conv2d: return conv2d();
        case OpKind::Conv2dBackwardData: return conv2dBackwardData();
        case OpKind::Conv2dBackwardWeights: return conv2dBackwardWeights();
        case OpKind::MaxPool2d: return maxPool2d();
        case OpKind::MaxPool2dBackward: return maxPool2dBackward();
        case OpKind::AveragePool2d: return averagePool2d();
        case OpKind::AveragePool2dBackward: return averagePool2dBackward();
        case OpKind::Unary: return unary();
        case OpKind::UnaryBackward: return unaryBackward();
        case OpKind::Binary: return binary();
        case OpKind::Reduce: return reduce();
        case OpKind::Broadcast: return broadcast();
        case OpKind::Reshape: return reshape();
        case OpKind::Concat: return concat();
        case OpKind::Slice: return slice();
        case OpKind::Transpose: return transpose();
        case OpKind::Pad: return pad();
        case OpKind::MatMul: return matMul();
        case OpKind::Gather: return gather();
        case OpKind::GatherBackward: return gatherBackward();
        case OpKind::OneHot: return oneHot();
        case OpKind::Softmax: return softmax();
        case OpKind::SoftmaxBackward: return softmaxBackward();
        case OpKind::LogSoftmax: return logSoftmax();
        case OpKind::CrossEntropy: return crossEntropy();
        case OpKind::CrossEntropyBackward: return crossEntropyBackward();
        case OpKind::BinaryCrossEntropy: return binaryCrossEntropy();
        case OpKind::BinaryCrossEntropyBackward: return binaryCrossEntropyBackward();
        case OpKind::BatchNormTraining: return batchNormTraining();
        case OpKind::BatchNormInference: return batchNormInference();
        case OpKind::BatchNormBackward: return batchNormBackward();
        case OpKind::LayerNorm: return layerNorm();
        case OpKind::LayerNormBackward: return layerNormBackward();
        case OpKind::Recurrent: return recurrent();
        case OpKind::RecurrentBackward: return recurrentBackward();
        case OpKind::Dropout: return dropout();
        case OpKind::GaussianNoise: return gaussianNoise();
        case OpKind::AllFinite: return allFinite();
        case OpKind::OptimizerUpdate: return optimizerUpdate();
        case OpKind::HostFunction: return hostFunction();
    }
    return {};
}

class Plan : public DevicePlan {
public:
    Plan(Graph graph, DType real, const std::vector<ValueId>& kept) : m_graph(std::move(graph)), m_real(real) {
        measure();
        for (ValueId id : kept)
            if (id != noValue) m_buffers[static_cast<std::size_t>(id)].lastStep = stepCount();
        shareMemory();
    }

    const std::vector<Buffer>& buffers() const override { return m_buffers; }
    int stepCount() const override { return static_cast<int>(m_graph.ops.size()); }

    Result<void> bind(const std::vector<void*>& addresses) override {
        m_steps.clear();
        for (const Op& op : m_graph.ops) {
            const auto kernels = kernelsOf(op.kind);
            Step step{m_real == DType::Float64 ? kernels.float64 : kernels.float32, {&m_graph, &op, {}, {}}};
            for (ValueId id : op.inputs) step.call.inputs.push_back(addresses[static_cast<std::size_t>(id)]);
            for (ValueId id : op.outputs) step.call.outputs.push_back(addresses[static_cast<std::size_t>(id)]);
            m_steps.push_back(std::move(step));
        }
        return {};
    }

    void run(const StepContext& context) override {
        for (const Step& step : m_steps) step.kernel(step.call, context);
    }

    std::vector<PlannedOp> describe() const override {
        std::vector<PlannedOp> lines;
        for (const Op& op : m_graph.ops) lines.push_back({opName(op.kind), op.origin, "reference", "", opType(op.kind).flops(m_graph, op)});
        return lines;
    }

private:
    struct Step {
        Kernel kernel;
        Call call;
    };

    void measure() {
        for (const Value& value : m_graph.values) {
            const DType type = value.type == DType::Float32 ? m_real : value.type;
            m_buffers.push_back({static_cast<std::size_t>(elementCount(value.shape)) * dtypeSize(type), 0, -1, noValue});
        }
        for (std::size_t step = 0; step < m_graph.ops.size(); ++step) {
            for (ValueId id : m_graph.ops[step].outputs) m_buffers[static_cast<std::size_t>(id)].firstStep = static_cast<int>(step);
            for (ValueId id : m_graph.ops[step].outputs) m_buffers[static_cast<std::size_t>(id)].lastStep = static_cast<int>(step);
            for (ValueId id : m_graph.ops[step].inputs) m_buffers[static_cast<std::size_t>(id)].lastStep = static_cast<int>(step);
        }
    }

    /// Views only; in-place is left out, so that an error in its conditions on a fast device shows against this one.
    void shareMemory() {
        for (const Op& op : m_graph.ops)
            if (opType(op.kind).alias) m_buffers[static_cast<std::size_t>(op.outputs[0])].aliasOf = op.inputs[0];
    }

    const Graph m_graph;
    DType m_real;
    std::vector<Buffer> m_buffers;
    std::vector<Step> m_steps;
};

class ReferenceDevice : public Device {
public:
    explicit ReferenceDevice(DType real) : m_real(real) {}
    std::string id() const override { return m_real == DType::Float64 ? "reference-float64" : "reference-float32"; }
    std::string description() const override { return "Reference, " + std::string(dtypeName(m_real)) + ", 1 thread"; }
    DType real() const override { return m_real; }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override {
        if (graph.error()) return *graph.error();
        return std::unique_ptr<DevicePlan>(std::make_unique<Plan>(graph, m_real, kept));
    }

private:
    DType m_real;
};

}  // namespace reference

std::unique_ptr<Device> makeReferenceDevice(DType real) { return std::make_unique<reference::ReferenceDevice>(real); }

}  // namespace lamina
