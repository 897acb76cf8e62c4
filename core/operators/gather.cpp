// Reading and writing numbers at places that other tensors name.
#include <algorithm>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

using Places = std::vector<std::int64_t>;

/// Counted from the end where negative; -1 where there is no such place, which reads as zero and is not written.
std::int64_t placeOf(std::int64_t index, std::int64_t size) {
    if (index < 0) index += size;
    return index >= 0 && index < size ? index : -1;
}

/// Rows of a table by known indices, in ops: embeddings and picked channels keep their gradient.
Operands gatherRows(OperatorContext& context, std::int64_t axis, const Shape& shape) {
    Graph& g = context.graph;
    std::vector<std::int64_t> order{axis};
    for (std::int64_t i = 0; i < context.rank(); ++i)
        if (i != axis) order.push_back(i);
    ValueId x = axis == 0 ? context.value() : ops::transpose(g, context.value(), order);
    const std::int64_t size = context.shape()[static_cast<std::size_t>(axis)], rest = elementCount(context.shape()) / size;
    x = ops::reshape(g, x, {size, rest});
    LAMINA_TRY(const auto indices, context.integers(1));
    std::vector<double> numbers;
    for (const std::int64_t index : indices) numbers.push_back(static_cast<double>(placeOf(index, size)));
    const std::int64_t count = static_cast<std::int64_t>(indices.size());
    ValueId rows = ops::gather(g, x, g.constant(context.node.name + "/indices", {count}, std::move(numbers)));
    if (axis == 0) return context.ops(ops::reshape(g, rows, shape));
    Shape apart{count};
    std::vector<std::int64_t> back;
    for (std::size_t i = 1; i < order.size(); ++i) apart.push_back(context.shape()[static_cast<std::size_t>(order[i])]);
    for (std::int64_t i = 0; i < context.rank(); ++i) back.push_back(i < axis ? i + 1 : i == axis ? 0 : i);
    return context.ops(ops::reshape(g, ops::transpose(g, ops::reshape(g, rows, apart), back), shape));
}

Operands gather(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 0), context.rank()));
    Shape shape(context.shape().begin(), context.shape().begin() + axis);
    shape.insert(shape.end(), context.shape(1).begin(), context.shape(1).end());
    shape.insert(shape.end(), context.shape().begin() + axis + 1, context.shape().end());
    if (context.inOps(1) && context.input(1).known && checkedElementCount(shape, mostHostElements) > 0) return gatherRows(context, axis, shape);
    return context.host(shape, context.type(), [axis](auto in, auto out) {
        const AxisSplit split(*in[0].shape, axis);
        const auto indices = load<std::int64_t>(in[1]);
        Places places;
        for (std::int64_t o = 0; o < split.outer; ++o)
            for (const std::int64_t index : indices) {
                const std::int64_t row = placeOf(index, split.size);
                for (std::int64_t i = 0; i < split.inner; ++i) places.push_back(row < 0 ? -1 : (o * split.size + row) * split.inner + i);
            }
        gatherElements(in[0], out[0], places);
    });
}

/// For every element of `indices` the place in `data` where the axis is replaced by the index.
Places elementPlaces(const HostTensor& data, const HostTensor& indices, std::int64_t axis) {
    const auto numbers = load<std::int64_t>(indices);
    const auto strides = stridesOf(*data.shape);
    std::vector<std::int64_t> coordinates(data.shape->size());
    Places places;
    for (const std::int64_t number : numbers) {
        const std::int64_t index = placeOf(number, (*data.shape)[static_cast<std::size_t>(axis)]);
        std::int64_t place = 0;
        for (std::size_t i = 0; i < strides.size(); ++i) place += strides[i] * (static_cast<std::int64_t>(i) == axis ? index : coordinates[i]);
        places.push_back(index < 0 ? -1 : place);
        advance(coordinates, *indices.shape);
    }
    return places;
}

/// Every axis but the one must be within the data's.
bool fitsWithin(const Shape& indices, const Shape& data, std::int64_t axis) {
    if (indices.size() != data.size()) return false;
    for (std::size_t i = 0; i < data.size(); ++i)
        if (static_cast<std::int64_t>(i) != axis && indices[i] > data[i]) return false;
    return true;
}

Operands gatherAlong(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 0), context.rank()));
    if (!fitsWithin(context.shape(1), context.shape(), axis)) return context.badShapes();
    return context.host(context.shape(1), context.type(),
                        [axis](auto in, auto out) { gatherElements(in[0], out[0], elementPlaces(in[0], in[1], axis)); });
}

/// Where each tuple of `indices` [batch…, …, depth] begins in `data`, and how many elements follow it.
struct Tuples {
    Places begins;
    std::int64_t length = 1;
};
Tuples tuplesOf(const HostTensor& data, const HostTensor& indices, std::int64_t batchAxes) {
    const auto strides = stridesOf(*data.shape);
    const auto numbers = load<std::int64_t>(indices);
    const std::int64_t depth = indices.shape->back();
    Tuples tuples;
    for (auto i = static_cast<std::size_t>(batchAxes + depth); i < data.shape->size(); ++i) tuples.length *= (*data.shape)[i];
    std::int64_t batches = 1;
    for (std::int64_t i = 0; i < batchAxes; ++i) batches *= (*data.shape)[static_cast<std::size_t>(i)];
    const std::int64_t count = indices.count() / std::max<std::int64_t>(1, depth),
                       perBatch = std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, batches));
    for (std::int64_t t = 0; t < count; ++t) {
        std::int64_t place = batchAxes ? t / perBatch * strides[static_cast<std::size_t>(batchAxes - 1)] : 0;
        for (std::int64_t d = 0; d < depth && place >= 0; ++d) {
            const auto axis = static_cast<std::size_t>(batchAxes + d);
            const std::int64_t index = placeOf(numbers[static_cast<std::size_t>(t * depth + d)], (*data.shape)[axis]);
            place = index < 0 ? -1 : place + index * strides[axis];
        }
        tuples.begins.push_back(place);
    }
    return tuples;
}
Places spread(const Tuples& tuples) {
    Places places;
    for (const std::int64_t begin : tuples.begins)
        for (std::int64_t i = 0; i < tuples.length; ++i) places.push_back(begin < 0 ? -1 : begin + i);
    return places;
}

/// indices [batch…, …, depth] with depth at most the axes that are left; gives the shape of what they pick.
Result<Shape> pickedShape(const OperatorContext& context, std::int64_t batchAxes) {
    const Shape &data = context.shape(0), &indices = context.shape(1);
    if (indices.empty() || batchAxes < 0 || batchAxes >= std::min(context.rank(0), context.rank(1))) return context.badShapes();
    const std::int64_t depth = indices.back();
    if (depth < 1 || batchAxes + depth > context.rank(0) || !std::equal(data.begin(), data.begin() + batchAxes, indices.begin()))
        return context.badShapes();
    Shape shape(indices.begin(), indices.end() - 1);
    shape.insert(shape.end(), data.begin() + batchAxes + depth, data.end());
    return shape;
}

Operands gatherTuples(OperatorContext& context) {
    const std::int64_t batchAxes = context.node.integer("batch_dims", 0);
    LAMINA_TRY(Shape shape, pickedShape(context, batchAxes));
    return context.host(std::move(shape), context.type(),
                        [batchAxes](auto in, auto out) { gatherElements(in[0], out[0], spread(tuplesOf(in[0], in[1], batchAxes))); });
}

template <class N> void writeNumbers(const std::string& reduction, const HostTensor& updates, const Places& places, const HostTensor& out) {
    auto numbers = load<N>(out);
    const auto written = load<N>(updates);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] < 0) continue;
        N& number = numbers[static_cast<std::size_t>(places[i])];
        if (reduction == "add") number = number + written[i];
        else if (reduction == "mul") number = number * written[i];
        else if (reduction == "max") number = std::max(number, written[i]);
        else if (reduction == "min") number = std::min(number, written[i]);
        else number = written[i];
    }
    store(out, numbers);
}

void writeAt(const std::string& reduction, std::span<const HostTensor> in, const Places& places, const HostTensor& out) {
    copyElements(in[0], out);
    withFamily(out.type, [&]<class N>(N) { writeNumbers<N>(reduction, in[2], places, out); });
}

bool knownReduction(const std::string& reduction) {
    return reduction == "none" || reduction == "add" || reduction == "mul" || reduction == "max" || reduction == "min";
}

Operands scatterAlong(OperatorContext& context) {
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 0), context.rank()));
    const std::string reduction = context.node.text("reduction", "none");
    if (!knownReduction(reduction)) return context.badAttribute("reduction");
    if (context.shape(1) != context.shape(2) || context.type(0) != context.type(2) || !fitsWithin(context.shape(1), context.shape(), axis))
        return context.badShapes();
    return context.host(context.shape(), context.type(),
                        [axis, reduction](auto in, auto out) { writeAt(reduction, in, elementPlaces(in[0], in[1], axis), out[0]); });
}

Operands scatterTuples(OperatorContext& context) {
    const std::string reduction = context.node.text("reduction", "none");
    if (!knownReduction(reduction)) return context.badAttribute("reduction");
    LAMINA_TRY(const Shape shape, pickedShape(context, 0));
    if (context.shape(2) != shape || context.type(0) != context.type(2)) return context.badShapes();
    return context.host(context.shape(), context.type(),
                        [reduction](auto in, auto out) { writeAt(reduction, in, spread(tuplesOf(in[0], in[1], 0)), out[0]); });
}

/// indices, depth, [off, on] → a new axis of `depth`; an index outside is off everywhere.
Operands oneHot(OperatorContext& context) {
    LAMINA_TRY(const auto depths, context.integers(1));
    LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", -1), context.rank() + 1));
    if (depths.size() != 1 || depths[0] < 1 || elementCount(context.shape(2)) != 2) return context.badShapes();
    Shape shape = context.shape();
    shape.insert(shape.begin() + axis, depths[0]);
    return context.host(shape, context.type(2), [axis](auto in, auto out) {
        const AxisSplit split(*out[0].shape, axis);
        const auto indices = load<std::int64_t>(in[0]);
        Places places;
        for (std::int64_t o = 0; o < split.outer; ++o)
            for (std::int64_t k = 0; k < split.size; ++k)
                for (std::int64_t i = 0; i < split.inner; ++i)
                    places.push_back(placeOf(indices[static_cast<std::size_t>(o * split.inner + i)], split.size) == k);
        gatherElements(in[2], out[0], places);
    });
}

/// Keeps the slices whose condition, known when the graph is made, is true.
Operands compress(OperatorContext& context) {
    LAMINA_TRY(const auto condition, context.integers(1));
    const bool flat = !context.node.attributes.count("axis");
    LAMINA_TRY(const std::int64_t axis, flat ? Result<std::int64_t>(0) : context.axis(context.node.integer("axis", 0), context.rank()));
    Shape shape = flat ? Shape{elementCount(context.shape())} : context.shape();
    auto& size = shape[static_cast<std::size_t>(axis)];
    Places kept;
    for (std::int64_t i = 0; i < std::min(size, static_cast<std::int64_t>(condition.size())); ++i)
        if (condition[static_cast<std::size_t>(i)]) kept.push_back(i);
    const AxisSplit split(shape, axis);
    size = static_cast<std::int64_t>(kept.size());
    return context.host(shape, context.type(), [split, kept](auto in, auto out) {
        Places places;
        for (std::int64_t o = 0; o < split.outer; ++o)
            for (const std::int64_t k : kept)
                for (std::int64_t i = 0; i < split.inner; ++i) places.push_back((o * split.size + k) * split.inner + i);
        gatherElements(in[0], out[0], places);
    });
}

Operands where(OperatorContext& context) {
    Shape shape = context.shape(0);
    if (context.type(1) != context.type(2) || !broadcastTo(shape, context.shape(1)) || !broadcastTo(shape, context.shape(2)))
        return context.badShapes();
    return context.host(shape, context.type(1), [](auto in, auto out) {
        const auto conditions = load<std::int64_t>(in[0]);
        const auto condition = broadcastIndices(*in[0].shape, *out[0].shape), yes = broadcastIndices(*in[1].shape, *out[0].shape),
                   no = broadcastIndices(*in[2].shape, *out[0].shape);
        withFamily(out[0].type, [&]<class N>(N) {
            const auto a = load<N>(in[1]), b = load<N>(in[2]);
            std::vector<N> result(condition.size());
            for (std::size_t i = 0; i < result.size(); ++i)
                result[i] =
                    conditions[static_cast<std::size_t>(condition[i])] ? a[static_cast<std::size_t>(yes[i])] : b[static_cast<std::size_t>(no[i])];
            store(out[0], result);
        });
    });
}

}  // namespace

const OperatorFamily& gather_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Gather", .types = {all, places}, .translate = gather, .minimumInputs = 2},
        {.name = "GatherElements", .since = 11, .types = {all, places}, .translate = gatherAlong, .minimumInputs = 2},
        {.name = "GatherND", .since = 11, .types = {all, places}, .translate = gatherTuples, .minimumInputs = 2},
        {.name = "Scatter", .since = 9, .types = {all, places, all}, .translate = scatterAlong, .minimumInputs = 3},
        {.name = "ScatterElements", .since = 11, .types = {all, places, all}, .translate = scatterAlong, .minimumInputs = 3},
        {.name = "ScatterND", .since = 11, .types = {all, places, all}, .translate = scatterTuples, .minimumInputs = 3},
        {.name = "OneHot", .since = 9, .types = {numbers, numbers, all}, .constants = {1}, .translate = oneHot, .minimumInputs = 3},
        {.name = "Compress", .since = 9, .types = {all, truth}, .constants = {1}, .translate = compress, .minimumInputs = 2},
        {.name = "Where", .since = 9, .types = {truth, all}, .translate = where, .minimumInputs = 3},
    }};
    return family;
}

}  // namespace lamina
