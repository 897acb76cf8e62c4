// Sums and means over axes.
#include <algorithm>

#include "core/engine/cuda/plugin/lowering.h"

namespace lamina::cuda {

namespace {

bool isReduced(const ReduceAttributes& attributes, std::size_t axis) {
    const auto& axes = attributes.axes;
    return axes.empty() || std::find(axes.begin(), axes.end(), static_cast<std::int64_t>(axis)) != axes.end();
}

/// The axes that stay, or those that are summed over; neighbours joined.
Axes axesOf(const Shape& shape, const ReduceAttributes& attributes, bool reduced) {
    Axes axes;
    std::uint32_t step = 1;
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        const auto size = static_cast<std::uint32_t>(shape[axis]);
        const std::uint32_t own = step;
        step *= size;
        if (isReduced(attributes, axis) != reduced) continue;
        axes.count *= size;
        if (size == 1) continue;
        if (axes.axes > 0 && own == axes.step[axes.axes - 1] * axes.size[axes.axes - 1]) {
            axes.size[axes.axes - 1] *= size;
            continue;
        }
        axes.size[axes.axes] = size;
        axes.step[axes.axes++] = own;
    }
    return axes;
}

}  // namespace

void lowerReduce(PlanBuilder& builder, const FusedOp& fused) {
    const Shape& shape = builder.shape(fused.op.inputs[0]);
    const auto& attributes = fused.op.as<ReduceAttributes>();
    const Axes kept = axesOf(shape, attributes, false), summed = axesOf(shape, attributes, true);
    const double scale = attributes.kind == ReduceKind::Mean ? 1 / static_cast<double>(summed.count) : 1;
    const int parts = reductionParts(kept, summed);
    const int partials = parts > 1 ? builder.scratch(static_cast<std::int64_t>(parts) * kept.count * 8) : -1;
    builder.add(
        {builder.in(fused.op.inputs[0]), partials, builder.out(fused.op.outputs[0])},
        [=](const Launch& launch, void* const* p) {
            reduce(launch.stream, kept, summed, scale, floats(p[0]), static_cast<double*>(p[1]), floats(p[2]));
        },
        "own sum, " + std::to_string(parts) + (parts == 1 ? " part" : " parts"));
}

}  // namespace lamina::cuda
