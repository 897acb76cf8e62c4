#include "core/layers/merge.h"

#include <algorithm>

#include "core/layers/channels.h"

namespace lamina {
namespace {

/// Widens `shape` to what both give together; false where they do not fit.
bool widen(Shape& shape, const Shape& other) {
    if (shape.size() != other.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] != other[i] && shape[i] != 1 && other[i] != 1) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) shape[i] = std::max(shape[i], other[i]);
    return true;
}

}  // namespace

std::size_t inputThatDoesNotFit(const LayerContext& context) {
    Shape shape = context.shape();
    for (std::size_t i = 1; i < context.inputs.size(); ++i)
        if (!widen(shape, context.shape(i))) return i;
    return 0;
}

ValueId mergeInputs(LayerContext& context, BinaryKind kind) {
    if (const std::size_t odd = inputThatDoesNotFit(context))
        return context.refuse(fail("layer.merge_shapes", {{"first", shapeText(context.shape())}, {"other", shapeText(context.shape(odd))}}));
    ValueId merged = context.input();
    for (std::size_t i = 1; i < context.inputs.size(); ++i) merged = ops::binary(context.graph, kind, merged, context.inputs[i]);
    return merged;
}

Result<void> checkOperands(const OnnxNode& node, const OnnxImportContext& context) {
    if (node.inputs.size() < 2 || node.inputs.size() > mostMerged) return otherForm(node);
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (context.constantInput(i)) return fail("onnx.constant_operand", {{"node", node.name}, {"op", node.op}});
    return {};
}

}  // namespace lamina
