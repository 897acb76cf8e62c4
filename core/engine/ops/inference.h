// Small pieces that the ops' shape inference and gradients share.
#pragma once

#include <span>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"

namespace lamina {

using OpInputs = std::span<const Value* const>;
using OpOutputs = Result<std::vector<OpType::Output>>;
using Gradients = std::span<const ValueId>;
using Wanted = std::vector<bool>;

inline std::vector<OpType::Output> outputs(Shape shape, DType type = DType::Float32) { return {{std::move(shape), type}}; }

/// "op.input_count" where not exactly `count` inputs came.
Result<void> expectCount(OpInputs inputs, std::size_t count);
/// "op.axis_count" where input `index` has another number of axes.
Result<void> expectAxes(OpInputs inputs, std::size_t index, std::size_t axes);
/// "op.shape_differs" where input `index` has another shape.
Result<void> expectShape(OpInputs inputs, std::size_t index, const Shape& shape);
/// "op.real_input" where input `index` holds whole numbers.
Result<void> expectReal(OpInputs inputs, std::size_t index);
/// "op.index_type" where input `index` is neither int32 nor real.
Result<void> expectIndices(OpInputs inputs, std::size_t index);
/// "op.axis" where the shape has no such axis (negative ones are not counted from the end here: the builders did that).
Result<void> expectAxis(const Shape& shape, std::int64_t axis);

/// floor((size + padding - extent) / stride) + 1 per spatial axis, checked ("op.window", "op.window_too_large").
Result<std::array<std::int64_t, 2>> windowSizes(const Shape& x, const WindowAttributes& window);

/// NumPy's broadcast of two shapes ("op.broadcast").
Result<Shape> broadcastShape(const Shape& a, const Shape& b);
/// Sums a gradient over the axes along which a value of `shape` was repeated.
ValueId sumTo(Graph& g, ValueId gradient, const Shape& shape);
/// [1, C, 1, 1 …] for a value of C numbers that goes along axis 1 of a value with that many axes.
Shape alongChannels(std::int64_t channels, std::size_t axes);

/// Costs: one operation per element of the first output; of the first input; none.
double oncePerOutput(const Graph& g, const Op& op);
double oncePerInput(const Graph& g, const Op& op);
double noCost(const Graph& g, const Op& op);

}  // namespace lamina
