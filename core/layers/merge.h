// What the layers that merge several inputs number by number have in common.
#pragma once

#include "core/layers/layer_type.h"

namespace lamina {

/// The first input that does not fit those before it, 0 where all do: as many axes, every size equal or 1 (then it is repeated).
std::size_t inputThatDoesNotFit(const LayerContext& context);
/// All inputs through `kind`, from left to right; refused with "layer.merge_shapes" {first,other} where one does not fit.
ValueId mergeInputs(LayerContext& context, BinaryKind kind);
constexpr int mostMerged = 16;
/// Can the node be such a layer? "onnx.constant_operand" where an input is stored in the file instead of computed, "onnx.other_form" where there are too few or too many.
Result<void> checkOperands(const OnnxNode& node, const OnnxImportContext& context);

}  // namespace lamina
