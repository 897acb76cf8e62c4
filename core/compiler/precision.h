// Training steps whose products multiply in bfloat16: a pass over the finished graph of a step.
#pragma once

#include "core/engine/graph.h"

namespace lamina {

/// Marks the products and convolutions of a step (forward and both gradients) for which that pays. All else, parameters and what optimizers
/// keep among it, stays float32.
void multiplyInBfloat16(Graph& graph);

/// Whether an op is a product or convolution that is worth it: a function of shapes alone, so that every machine computes the same. Not where rounding
/// the operands costs what the product saves (a side of less than 16, few channels, groups), and not for 3×3 convolutions of many channels, which
/// float32 computes with a fraction of the multiplications (Winograd's form).
bool paysInBfloat16(const Graph& graph, const Op& op);

}  // namespace lamina
