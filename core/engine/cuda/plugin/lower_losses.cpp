// Softmax and the losses.
#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

Lines linesOf(const Shape& shape, std::int64_t axis) {
    Lines lines{1, 1, 1};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i);
        (at < axis ? lines.outer : at == axis ? lines.size : lines.inner) *= static_cast<int>(shape[i]);
    }
    return lines;
}

double* doubles(void* p) { return static_cast<double*>(p); }
const std::int32_t* labels(void* p) { return static_cast<const std::int32_t*>(p); }

void lowerCrossEntropy(PlanBuilder& builder, const Op& op) {
    const Shape& logits = builder.shape(op.inputs[0]);
    const int rows = static_cast<int>(logits[0]), classes = static_cast<int>(logits[1]);
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), builder.scratch(std::int64_t{8} * rows), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            crossEntropy(launch.stream, rows, classes, floats(p[0]), labels(p[1]), doubles(p[2]), floats(p[3]));
        },
        "own");
}

void lowerCrossEntropyBackward(PlanBuilder& builder, const Op& op) {
    const Shape& logits = builder.shape(op.inputs[0]);
    const int rows = static_cast<int>(logits[0]), classes = static_cast<int>(logits[1]);
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), builder.in(op.inputs[2]), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            crossEntropyBackward(launch.stream, rows, classes, floats(p[0]), labels(p[1]), floats(p[2]), floats(p[3]));
        },
        "own");
}

void lowerBinaryCrossEntropy(PlanBuilder& builder, const Op& op) {
    const int count = countOf(builder.shape(op.inputs[0]));
    const int partials = builder.scratch(std::int64_t{8} * binaryCrossEntropyParts(count));
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), partials, builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            binaryCrossEntropy(launch.stream, count, floats(p[0]), floats(p[1]), doubles(p[2]), floats(p[3]));
        },
        "own");
}

void lowerBinaryCrossEntropyBackward(PlanBuilder& builder, const Op& op) {
    const int count = countOf(builder.shape(op.inputs[0]));
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), builder.in(op.inputs[2]), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            binaryCrossEntropyBackward(launch.stream, count, floats(p[0]), floats(p[1]), floats(p[2]), floats(p[3]));
        },
        "own");
}

}  // namespace

void lowerSoftmax(PlanBuilder& builder, const FusedOp& fused) {
    const Op& op = fused.op;
    const Lines lines = linesOf(builder.shape(op.inputs[0]), op.as<AxisAttributes>().axis);
    if (op.kind == OpKind::Softmax)
        return builder.add(
            {builder.in(op.inputs[0]), builder.out(op.outputs[0])},
            [=](const Launch& launch, void* const* p) { softmax(launch.stream, lines, floats(p[0]), floats(p[1])); }, "own");
    builder.add(
        {builder.in(op.inputs[0]), builder.in(op.inputs[1]), builder.out(op.outputs[0])},
        [=](const Launch& launch, void* const* p) { softmaxBackward(launch.stream, lines, floats(p[0]), floats(p[1]), floats(p[2])); }, "own");
}

void lowerLoss(PlanBuilder& builder, const FusedOp& fused) {
    if (fused.op.kind == OpKind::CrossEntropy) return lowerCrossEntropy(builder, fused.op);
    if (fused.op.kind == OpKind::CrossEntropyBackward) return lowerCrossEntropyBackward(builder, fused.op);
    if (fused.op.kind == OpKind::BinaryCrossEntropy) return lowerBinaryCrossEntropy(builder, fused.op);
    lowerBinaryCrossEntropyBackward(builder, fused.op);
}

}  // namespace lamina::cuda
