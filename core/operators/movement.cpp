// What moves numbers about: other orders, parts, repetitions, borders.
#include <algorithm>
#include <limits>
#include <numeric>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

using Tables = std::vector<std::vector<std::int64_t>>;

/// Axis i of the result walks over the input as tables[i] says.
Operands moved(OperatorContext& context, Shape shape, Tables tables, const Operand& fill = {}) {
    return context.hostOn({context.input(), fill}, {{std::move(shape), context.type()}}, [tables = std::move(tables)](auto in, auto out) {
        gatherElements(in[0], out[0], tableIndices(tables), in[1].data ? &in[1] : nullptr);
    });
}

Operands transposed(OperatorContext& context, const Operand& x, const std::vector<std::int64_t>& order) {
    Shape shape;
    for (const std::int64_t axis : order) shape.push_back(x.shape[static_cast<std::size_t>(axis)]);
    if (!x.known && x.type == DType::Float32 && elementCount(shape) > 0) return context.ops(ops::transpose(context.graph, x.value, order));
    const auto strides = stridesOf(x.shape);
    Tables tables;
    for (std::size_t i = 0; i < order.size(); ++i) tables.push_back(steps(shape[i], strides[static_cast<std::size_t>(order[i])]));
    return context.hostOn({x}, {{std::move(shape), x.type}},
                          [tables = std::move(tables)](auto in, auto out) { gatherElements(in[0], out[0], tableIndices(tables)); });
}

Operands transpose(OperatorContext& context) {
    std::vector<std::int64_t> order(context.shape().size());
    std::iota(order.rbegin(), order.rend(), 0);
    LAMINA_TRY(order, context.axes(context.node.integers("perm", order), context.rank()));
    if (static_cast<std::int64_t>(order.size()) != context.rank()) return context.badAttribute("perm");
    return transposed(context, context.input(), order);
}

Operands expand(OperatorContext& context) {
    LAMINA_TRY(const Shape asked, context.integers(1));
    Shape shape = context.shape();
    if (checkedElementCount(asked, std::numeric_limits<std::int64_t>::max()) < 0 || !broadcastTo(shape, asked)) return context.badShapes();
    if (checkedElementCount(shape, std::int64_t{1} << 40) < 0) return context.tooLarge();
    if (context.inOps(1) && elementCount(shape) > 0) {
        Shape aligned = context.shape();
        aligned.insert(aligned.begin(), shape.size() - aligned.size(), 1);
        const ValueId x = aligned == context.shape() ? context.value() : ops::reshape(context.graph, context.value(), aligned);
        return context.ops(aligned == shape ? x : ops::broadcast(context.graph, x, shape));
    }
    return context.host(shape, context.type(),
                        [](auto in, auto out) { gatherElements(in[0], out[0], broadcastIndices(*in[0].shape, *out[0].shape)); });
}

Operands tile(OperatorContext& context) {
    LAMINA_TRY(const auto repeats, context.integers(1));
    if (repeats.size() != context.shape().size()) return context.badShapes();
    Shape shape = context.shape();
    for (std::size_t axis = 0; axis < shape.size(); ++axis)
        if (repeats[axis] < 0 || __builtin_mul_overflow(shape[axis], repeats[axis], &shape[axis])) return context.badShapes();
    const auto strides = stridesOf(context.shape());
    if (checkedElementCount(shape, mostHostElements) < 0) return context.badShapes();
    Tables tables;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        tables.emplace_back();
        for (std::int64_t i = 0; i < shape[axis]; ++i) tables.back().push_back(i % context.shape()[axis] * strides[axis]);
    }
    return moved(context, std::move(shape), std::move(tables));
}

struct Cut {
    std::int64_t begin = 0, count = 0, step = 1;
};

/// NumPy's rules: places beyond the border are held to it.
Cut cutOf(std::int64_t size, std::int64_t start, std::int64_t end, std::int64_t step) {
    const auto held = [&](std::int64_t place, std::int64_t low, std::int64_t high) {
        return std::clamp(place < 0 ? place + size : place, low, high);
    };
    const std::int64_t begin = step > 0 ? held(start, 0, size) : held(start, -1, size - 1);
    const std::int64_t stop = step > 0 ? held(end, 0, size) : end < -size ? -1 : held(end, -1, size - 1);
    const std::int64_t span = step > 0 ? stop - begin : begin - stop, stride = step > 0 ? step : step < -size ? size + 1 : -step;
    return {begin, span > 0 ? (span - 1) / stride + 1 : 0, step};
}

Operands cut(OperatorContext& context, const std::vector<Cut>& cuts) {
    Shape shape;
    bool forward = true;
    for (const Cut& part : cuts) {
        shape.push_back(part.count);
        forward = forward && (part.step == 1 || part.count == 1);
    }
    if (forward && context.inOps(1) && elementCount(shape) > 0) {
        ValueId x = context.value();
        for (std::size_t axis = 0; axis < cuts.size(); ++axis)
            if (shape[axis] != context.shape()[axis])
                x = ops::slice(context.graph, x, static_cast<std::int64_t>(axis), cuts[axis].begin, shape[axis]);
        return context.ops(x);
    }
    const auto strides = stridesOf(context.shape());
    Tables tables;
    for (std::size_t axis = 0; axis < cuts.size(); ++axis) {
        tables.emplace_back();
        for (std::int64_t i = 0; i < shape[axis]; ++i) tables.back().push_back((cuts[axis].begin + (i ? i * cuts[axis].step : 0)) * strides[axis]);
    }
    return moved(context, std::move(shape), std::move(tables));
}

Operands slice(OperatorContext& context) {
    std::vector<std::int64_t> starts = context.node.integers("starts", {}), ends = context.node.integers("ends", {}),
                              axes = context.node.integers("axes", {}), strides;
    for (const auto& [input, numbers] : {std::pair(1, &starts), {2, &ends}, {3, &axes}, {4, &strides}})
        if (context.has(static_cast<std::size_t>(input))) {
            LAMINA_TRY(*numbers, context.integers(static_cast<std::size_t>(input)));
        }
    if (axes.empty())
        for (std::size_t i = 0; i < starts.size(); ++i) axes.push_back(static_cast<std::int64_t>(i));
    if (strides.empty()) strides.assign(axes.size(), 1);
    if (starts.size() != axes.size() || ends.size() != axes.size() || strides.size() != axes.size()) return context.badShapes();
    LAMINA_TRY(axes, context.axes(axes, context.rank()));
    std::vector<Cut> cuts;
    for (const std::int64_t size : context.shape()) cuts.push_back({0, size, 1});
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (strides[i] == 0) return context.badAttribute("steps");
        const auto axis = static_cast<std::size_t>(axes[i]);
        cuts[axis] = cutOf(context.shape()[axis], starts[i], ends[i], strides[i]);
    }
    return cut(context, cuts);
}

/// Sizes of the parts: given as attribute or input, else equal ones (the last may be smaller).
Result<std::vector<std::int64_t>> partsOf(const OperatorContext& context, std::int64_t size) {
    std::vector<std::int64_t> parts = context.node.integers("split", {});
    if (context.has(1)) {
        LAMINA_TRY(parts, context.integers(1));
    }
    const std::int64_t count = context.node.integer("num_outputs", static_cast<std::int64_t>(context.outputs()));
    if (!parts.empty()) return parts;
    if (count < 1 || count > size + 1) return context.badAttribute("num_outputs");
    const std::int64_t each = (size + count - 1) / count;
    for (std::int64_t left = size; static_cast<std::int64_t>(parts.size()) < count; left -= parts.back()) parts.push_back(std::min(each, left));
    return parts;
}

Operands split(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 0), context.rank()));
    const std::int64_t size = context.shape()[static_cast<std::size_t>(axis)];
    LAMINA_TRY(const auto parts, partsOf(context, size));
    std::vector<Operand> results;
    std::int64_t begin = 0;
    for (const std::int64_t part : parts) {
        if (part < 0 || part > size - begin) return context.badShapes();
        std::vector<Cut> cuts;
        for (const std::int64_t whole : context.shape()) cuts.push_back({0, whole, 1});
        cuts[static_cast<std::size_t>(axis)] = {begin, part, 1};
        LAMINA_TRY(const auto cutOut, cut(context, cuts));
        results.push_back(cutOut[0]);
        begin += part;
    }
    return results;
}

Operands concat(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 1), context.rank()));
    const auto along = static_cast<std::size_t>(axis);
    Shape shape = context.shape();
    shape[along] = 0;
    for (std::size_t i = 0; i < context.inputs(); ++i) {
        if (!context.has(i) || context.type(i) != context.type(0) || context.rank(i) != context.rank(0)) return context.badShapes();
        Shape rest = context.shape(i);
        const std::int64_t size = std::exchange(rest[along], shape[along]);
        if (rest != shape) return context.badShapes();
        shape[along] += size;
    }
    if (context.inOps()) {
        std::vector<ValueId> values;
        for (std::size_t i = 0; i < context.inputs(); ++i) values.push_back(context.value(i));
        return context.ops(values.size() == 1 ? values[0] : ops::concat(context.graph, values, axis));
    }
    return context.host(shape, context.type(), [axis](auto in, auto out) {
        const AxisSplit whole(*out[0].shape, axis);
        std::int64_t begin = 0;
        for (const HostTensor& part : in) {
            const AxisSplit own(*part.shape, axis);
            std::vector<std::int64_t> places;
            for (std::int64_t o = 0; o < own.outer; ++o)
                for (std::int64_t i = 0; i < own.size * own.inner; ++i) places.push_back((o * whole.size + begin) * whole.inner + i);
            scatterElements(part, out[0], places);
            begin += own.size;
        }
    });
}

/// Where element i of an axis with borders comes from; -1 is the filling.
std::int64_t padSource(const std::string& mode, std::int64_t place, std::int64_t size) {
    if (place >= 0 && place < size) return place;
    if (size == 0 || mode == "constant") return -1;
    if (mode == "edge") return place < 0 ? 0 : size - 1;
    if (mode == "wrap") return (place % size + size) % size;
    const std::int64_t period = std::max<std::int64_t>(1, 2 * (size - 1)), around = (place % period + period) % period;
    return around < size ? around : period - around;
}

Operands pad(OperatorContext& context) {
    std::vector<std::int64_t> given = context.node.integers("pads", {}), axes;
    if (context.has(1)) {
        LAMINA_TRY(given, context.integers(1));
    }
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) axes.push_back(axis);
    if (context.has(3)) {
        LAMINA_TRY(const auto named, context.integers(3));
        LAMINA_TRY(axes, context.axes(named, context.rank()));
    }
    if (given.size() != 2 * axes.size()) return context.badShapes();
    std::vector<std::int64_t> before(context.shape().size()), after(context.shape().size());
    Shape shape = context.shape();
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(axes[i]);
        before[axis] = given[i];
        after[axis] = given[i + axes.size()];
        std::int64_t added = 0;
        if (__builtin_add_overflow(before[axis], after[axis], &added) || __builtin_add_overflow(shape[axis], added, &shape[axis]))
            return context.badShapes();
    }
    if (checkedElementCount(shape, mostHostElements) < 0) return context.badShapes();
    const std::string mode = context.node.text("mode", "constant");
    if (mode != "constant" && mode != "edge" && mode != "reflect" && mode != "wrap") return context.badAttribute("mode");
    const bool positive = std::all_of(given.begin(), given.end(), [](std::int64_t count) { return count >= 0; });
    const Operand fill = context.has(2) ? context.input(2) : operandOf(scalarTensor(context.node.number("value", 0), context.type()));
    if (elementCount(fill.shape) != 1 || fill.type != context.type()) return context.badShapes();
    if (positive && mode == "constant" && context.inOps(1) && fill.known)
        return context.ops(ops::pad(context.graph, context.value(), before, after, load<double>(fill.known->tensor.host())[0]));
    const auto strides = stridesOf(context.shape());
    Tables tables;
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        tables.emplace_back();
        for (std::int64_t i = 0; i < shape[axis]; ++i) {
            const std::int64_t source = padSource(mode, i - before[axis], context.shape()[axis]);
            tables.back().push_back(source < 0 ? -1 : source * strides[axis]);
        }
    }
    return moved(context, std::move(shape), std::move(tables), fill);
}

/// Reshape, transpose, reshape: how both of these are defined.
Operands rearranged(OperatorContext& context, const Shape& apart, const std::vector<std::int64_t>& order, Shape together) {
    LAMINA_TRY(const auto split, context.reshaped(context.input(), apart));
    LAMINA_TRY(const auto turned, transposed(context, split[0], order));
    return context.reshaped(turned[0], std::move(together));
}

Operands depthToSpace(OperatorContext& context) {
    const std::int64_t block = context.node.integer("blocksize", 0);
    const Shape& x = context.shape();
    if (block < 1 || block > 65536) return context.badAttribute("blocksize");
    if (x.size() != 4 || x[1] % (block * block) != 0) return context.badShapes();
    const std::int64_t depth = x[1] / (block * block);
    const Shape together{x[0], depth, x[2] * block, x[3] * block};
    if (context.node.text("mode", "DCR") == "CRD") return rearranged(context, {x[0], depth, block, block, x[2], x[3]}, {0, 1, 4, 2, 5, 3}, together);
    return rearranged(context, {x[0], block, block, depth, x[2], x[3]}, {0, 3, 4, 1, 5, 2}, together);
}

Operands spaceToDepth(OperatorContext& context) {
    const std::int64_t block = context.node.integer("blocksize", 0);
    const Shape& x = context.shape();
    if (block < 1 || block > 65536) return context.badAttribute("blocksize");
    if (x.size() != 4 || x[2] % block != 0 || x[3] % block != 0) return context.badShapes();
    return rearranged(context, {x[0], x[1], x[2] / block, block, x[3] / block, block}, {0, 3, 5, 1, 2, 4},
                      {x[0], x[1] * block * block, x[2] / block, x[3] / block});
}

/// The first lengths[n] items of every sequence in reverse, the others where they are.
Operands reverseSequence(OperatorContext& context) {
    const std::int64_t batch = context.node.integer("batch_axis", 1), time = context.node.integer("time_axis", 0);
    if (context.rank() < 2 || batch < 0 || batch > 1 || time != 1 - batch ||
        context.shape(1) != Shape{context.shape()[static_cast<std::size_t>(batch)]})
        return context.badShapes();
    return context.host(context.shape(), context.type(), [batch, time](auto in, auto out) {
        const auto lengths = load<std::int64_t>(in[1]);
        const auto strides = stridesOf(*in[0].shape);
        const Shape& shape = *in[0].shape;
        std::vector<std::int64_t> coordinates(shape.size()), places(static_cast<std::size_t>(in[0].count()));
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::int64_t t = coordinates[static_cast<std::size_t>(time)];
            const std::int64_t length =
                std::min(lengths[static_cast<std::size_t>(coordinates[static_cast<std::size_t>(batch)])], shape[static_cast<std::size_t>(time)]);
            const std::int64_t from = t < length ? length - 1 - t : t;
            places[i] = static_cast<std::int64_t>(i) + (from - t) * strides[static_cast<std::size_t>(time)];
            advance(coordinates, shape);
        }
        gatherElements(in[0], out[0], places);
    });
}

Operands trilu(OperatorContext& context) {
    if (context.rank() < 2) return context.badShapes();
    const bool upper = context.node.integer("upper", 1) != 0;
    if (context.has(1) && elementCount(context.shape(1)) != 1) return context.badShapes();
    return context.host(context.shape(), context.type(), [upper](auto in, auto out) {
        const std::int64_t k = in.size() > 1 && in[1].data ? load<std::int64_t>(in[1])[0] : 0;
        const Shape& shape = *in[0].shape;
        const std::int64_t columns = shape.back(), rows = shape[shape.size() - 2];
        std::vector<std::int64_t> places(static_cast<std::size_t>(in[0].count()));
        for (std::int64_t i = 0; i < in[0].count(); ++i) {
            const std::int64_t column = i % columns, row = i / columns % rows;
            const bool stays = upper ? column - row >= k : column - row <= k;
            places[static_cast<std::size_t>(i)] = stays ? i : -1;
        }
        gatherElements(in[0], out[0], places);
    });
}

}  // namespace

const OperatorFamily& movement_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Transpose", .translate = transpose},
        {.name = "Expand", .since = 8, .types = {all, places}, .constants = {1}, .translate = expand, .minimumInputs = 2},
        {.name = "Tile", .since = 6, .types = {all, places}, .constants = {1}, .translate = tile, .minimumInputs = 2},
        {.name = "Slice", .types = {all, places}, .constants = {1, 2, 3, 4}, .translate = slice},
        {.name = "Split", .since = 2, .types = {all, places}, .constants = {1}, .translate = split},
        {.name = "Concat", .since = 4, .translate = concat},
        {.name = "Pad", .since = 2, .types = {all, places, all, places}, .constants = {1, 3}, .translate = pad},
        {.name = "DepthToSpace", .translate = depthToSpace},
        {.name = "SpaceToDepth", .translate = spaceToDepth},
        {.name = "ReverseSequence", .since = 10, .types = {all, places}, .translate = reverseSequence, .minimumInputs = 2},
        {.name = "Trilu", .since = 14, .types = {all, places}, .translate = trilu},
    }};
    return family;
}

}  // namespace lamina
