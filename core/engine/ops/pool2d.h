// What the two poolings share.
#pragma once

#include "core/engine/ops/inference.h"

namespace lamina {

/// [N,C,H,W] → [N,C,Ho,Wo]; refuses padding as large as the window ("op.pool_padding"): such a window would see padding alone.
Result<Shape> pooledShape(const Shape& x, const WindowAttributes& window);
OpOutputs inferPool(const Op& op, OpInputs inputs);
/// `dy` is the place of dy among the inputs, whose shape must be that of the pooled otherShape; gives otherShape.
OpOutputs inferPoolBackward(const Op& op, OpInputs inputs, std::size_t dy);
/// One operation per place of every window. `small`: the value that has one element per window.
double poolFlops(const Graph& g, const Op& op, ValueId small);

}  // namespace lamina
