#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

Channels channelsOf(const Shape& shape) {
    Channels c{static_cast<int>(shape[0]), static_cast<int>(shape[1]), 1};
    for (std::size_t i = 2; i < shape.size(); ++i) c.inner *= static_cast<int>(shape[i]);
    return c;
}

int partialsOf(PlanBuilder& builder, const Channels& c) { return builder.scratch(std::int64_t{24} * c.channels * channelParts(c)); }

void lowerTraining(PlanBuilder& builder, const Op& op, const Channels& c) {
    const auto a = op.as<BatchNormAttributes>();
    std::vector<int> buffers;
    for (ValueId input : op.inputs) buffers.push_back(builder.in(input));
    buffers.push_back(partialsOf(builder, c));
    for (ValueId output : op.outputs) buffers.push_back(builder.out(output));
    builder.add(
        buffers,
        [=](const Launch& launch, void* const* p) {
            batchNormTraining(launch.stream, c, a.epsilon, a.momentum, floats(p[0]), floats(p[1]), floats(p[2]), floats(p[3]), floats(p[4]),
                              static_cast<double*>(p[5]), floats(p[6]), floats(p[7]), floats(p[8]));
        },
        "own, " + std::to_string(channelParts(c)) + " parts per channel");
}

void lowerInference(PlanBuilder& builder, const Op& op, const Channels& c) {
    const double epsilon = op.as<BatchNormAttributes>().epsilon;
    std::vector<int> buffers;
    for (ValueId input : op.inputs) buffers.push_back(builder.in(input));
    buffers.push_back(builder.out(op.outputs[0]));
    builder.add(
        buffers,
        [=](const Launch& launch, void* const* p) {
            batchNormInference(launch.stream, c, epsilon, floats(p[0]), floats(p[1]), floats(p[2]), floats(p[3]), floats(p[4]), floats(p[5]));
        },
        "own");
}

void lowerBackward(PlanBuilder& builder, const Op& op, const Channels& c) {
    std::vector<int> buffers;
    for (ValueId input : op.inputs) buffers.push_back(builder.in(input));
    buffers.push_back(partialsOf(builder, c));
    for (ValueId output : op.outputs) buffers.push_back(builder.out(output));
    builder.add(
        buffers,
        [=](const Launch& launch, void* const* p) {
            batchNormBackward(launch.stream, c, floats(p[0]), floats(p[1]), floats(p[2]), floats(p[3]), floats(p[4]), static_cast<double*>(p[5]),
                              floats(p[6]), floats(p[7]), floats(p[8]));
        },
        "own, " + std::to_string(channelParts(c)) + " parts per channel");
}

}  // namespace

void lowerBatchNorm(PlanBuilder& builder, const FusedOp& fused) {
    const Channels c = channelsOf(builder.shape(fused.op.inputs[0]));
    if (fused.op.kind == OpKind::BatchNormTraining) return lowerTraining(builder, fused.op, c);
    if (fused.op.kind == OpKind::BatchNormInference) return lowerInference(builder, fused.op, c);
    lowerBackward(builder, fused.op, c);
}

}  // namespace lamina::cuda
