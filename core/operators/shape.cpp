// What knows or changes shapes and types alone, and tensors made from nothing.
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"
#include "core/operators/type_codes.h"

namespace lamina {
namespace {

Operands known(TypedTensor tensor) { return std::vector<Operand>{operandOf(std::move(tensor))}; }

std::int64_t heldWithin(std::int64_t place, std::int64_t rank) { return std::clamp<std::int64_t>(place < 0 ? place + rank : place, 0, rank); }

Operands shape(OperatorContext& context) {
    const Shape& sizes = context.shape();
    const std::int64_t begin = heldWithin(context.node.integer("start", 0), context.rank());
    const std::int64_t end = std::max(begin, heldWithin(context.node.integer("end", context.rank()), context.rank()));
    return known(integersTensor({sizes.begin() + begin, sizes.begin() + end}));
}

Operands size(OperatorContext& context) { return known(scalarTensor(static_cast<double>(elementCount(context.shape())), DType::Int64)); }

Operands identity(OperatorContext& context) { return std::vector<Operand>{context.input()}; }

/// At inference nothing is dropped: the mask is all true.
Operands dropout(OperatorContext& context) {
    if (context.has(2)) {
        LAMINA_TRY(const auto training, context.integers(2));
        LAMINA_TRY(const auto ratio, context.has(1) ? context.reals(1) : std::vector<double>{0.5});
        if (training.size() != 1 || ratio.size() != 1) return context.badShapes();
        if (training[0] && ratio[0] != 0)
            return fail("onnx.operator_unknown", {{"op", context.node.op}, {"node", context.node.name}, {"opset", std::to_string(context.opset)}});
    }
    std::vector<Operand> results{context.input()};
    if (context.outputs() > 1) {
        LAMINA_TRY(const auto mask, context.hostOn({}, {{context.shape(), DType::Bool}}, [](auto, auto out) {
            store(out[0], std::vector<std::int64_t>(static_cast<std::size_t>(out[0].count()), 1));
        }));
        results.push_back(mask[0]);
    }
    return results;
}

Operands constant(OperatorContext& context) {
    if (const auto value = context.tensors.find("value"); value != context.tensors.end()) return known(value->second);
    const auto& attributes = context.node.attributes;
    if (attributes.count("value_float")) return known(scalarTensor(context.node.number("value_float", 0), DType::Float32));
    if (attributes.count("value_int")) {
        TypedTensor whole = integersTensor({context.node.integer("value_int", 0)});
        whole.shape.clear();
        return known(std::move(whole));
    }
    if (attributes.count("value_ints")) return known(integersTensor(context.node.integers("value_ints", {})));
    const auto* reals = attributes.count("value_floats") ? std::get_if<std::vector<double>>(&attributes.at("value_floats")) : nullptr;
    if (!reals) return context.badAttribute("value");
    TypedTensor tensor({static_cast<std::int64_t>(reals->size())}, DType::Float32);
    store(tensor.host(), *reals);
    return known(std::move(tensor));
}

bool takesConstant(const OperatorNode& node, std::int64_t) {
    return !node.node.attributes.count("value_string") && !node.node.attributes.count("value_strings") && !node.node.attributes.count("sparse_value");
}

Operands constantOfShape(OperatorContext& context) {
    LAMINA_TRY(Shape sizes, context.integers(0));
    const auto value = context.tensors.find("value");
    const TypedTensor number = value == context.tensors.end() ? scalarTensor(0, DType::Float32) : value->second;
    if (number.count() != 1) return context.badAttribute("value");
    return context.hostOn({}, {{std::move(sizes), number.type}}, [number](auto, auto out) {
        gatherElements(number.host(), out[0], std::vector<std::int64_t>(static_cast<std::size_t>(out[0].count()), 0));
    });
}

/// -1 is what is left over, 0 the size that was there (unless allowzero).
Operands reshape(OperatorContext& context) {
    LAMINA_TRY(Shape sizes, context.has(1) ? context.integers(1) : Result<Shape>(context.node.integers("shape", {})));
    const bool zeros = context.node.integer("allowzero", 0) != 0;
    std::int64_t rest = 1, open = -1;
    for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
        if (sizes[axis] == 0 && !zeros) {
            if (axis >= context.shape().size()) return context.badShapes();
            sizes[axis] = context.shape()[axis];
        }
        if (sizes[axis] < -1 || (sizes[axis] == -1 && open >= 0)) return context.badShapes();
        if (sizes[axis] == -1) open = static_cast<std::int64_t>(axis);
        else if (__builtin_mul_overflow(rest, sizes[axis], &rest)) return context.badShapes();
    }
    const std::int64_t count = elementCount(context.shape());
    if (open >= 0 && (rest == 0 || count % rest != 0)) return context.badShapes();
    if (open >= 0) sizes[static_cast<std::size_t>(open)] = count / rest;
    return context.reshaped(context.input(), std::move(sizes));
}

Operands flatten(OperatorContext& context) {
    std::int64_t axis = context.node.integer("axis", 1);
    if (axis < -context.rank() || axis > context.rank()) return context.badAttribute("axis");
    if (axis < 0) axis += context.rank();
    const Shape& from = context.shape();
    return context.reshaped(context.input(), {elementCount({from.begin(), from.begin() + axis}), elementCount({from.begin() + axis, from.end()})});
}

Result<std::vector<std::int64_t>> axesOf(const OperatorContext& context, std::int64_t rank) {
    std::vector<std::int64_t> axes = context.node.integers("axes", {});
    if (context.has(1)) {
        LAMINA_TRY(axes, context.integers(1));
    }
    return context.axes(std::move(axes), rank);
}

Operands squeeze(OperatorContext& context) {
    LAMINA_TRY(const auto axes, axesOf(context, context.rank()));
    Shape sizes;
    for (std::int64_t axis = 0; axis < context.rank(); ++axis) {
        const std::int64_t count = context.shape()[static_cast<std::size_t>(axis)];
        const bool named = std::find(axes.begin(), axes.end(), axis) != axes.end();
        if (named && count != 1) return context.badShapes();
        if (axes.empty() ? count != 1 : !named) sizes.push_back(count);
    }
    return context.reshaped(context.input(), std::move(sizes));
}

Operands unsqueeze(OperatorContext& context) {
    const auto given = context.has(1) ? elementCount(context.shape(1)) : static_cast<std::int64_t>(context.node.integers("axes", {}).size());
    LAMINA_TRY(auto axes, axesOf(context, context.rank() + given));
    std::sort(axes.begin(), axes.end());
    Shape sizes = context.shape();
    for (const std::int64_t axis : axes) sizes.insert(sizes.begin() + axis, 1);
    return context.reshaped(context.input(), std::move(sizes));
}

Operands castTo(OperatorContext& context, DType type) {
    if (type == context.type()) return std::vector<Operand>{context.input()};
    return context.hostOn({context.input()}, {{context.shape(), type}}, [](auto in, auto out) {
        withFamily(in[0].type, [&]<class N>(N) { store(out[0], load<N>(in[0])); });
    });
}

Operands cast(OperatorContext& context) {
    const auto type = typeOfCode(context.node.integer("to", 0));
    if (!type) return context.badAttribute("to");
    return castTo(context, *type);
}
bool takesCast(const OperatorNode& node, std::int64_t) { return typeOfCode(node.node.integer("to", 0)).has_value(); }

Operands castLike(OperatorContext& context) { return castTo(context, context.type(1)); }

Operands range(OperatorContext& context) {
    LAMINA_TRY(const auto begin, context.reals(0));
    LAMINA_TRY(const auto end, context.reals(1));
    LAMINA_TRY(const auto delta, context.reals(2));
    if (begin.size() != 1 || end.size() != 1 || delta.size() != 1 || delta[0] == 0) return context.badShapes();
    const double steps = std::ceil((end[0] - begin[0]) / delta[0]);
    const std::int64_t count = steps > 0 ? (steps < 1e12 ? static_cast<std::int64_t>(steps) : std::int64_t{1} << 40) : 0;
    return context.hostOn({}, {{{count}, context.type()}}, [begin = begin[0], delta = delta[0]](auto, auto out) {
        std::vector<double> numbers;
        for (std::int64_t i = 0; i < out[0].count(); ++i) numbers.push_back(begin + static_cast<double>(i) * delta);
        store(out[0], numbers);
    });
}

Operands eyeLike(OperatorContext& context) {
    if (context.rank() != 2) return context.badShapes();
    const std::int64_t code = context.node.integer("dtype", 0), k = context.node.integer("k", 0);
    const auto type = code ? typeOfCode(code) : context.type();
    if (!type) return context.badAttribute("dtype");
    return context.hostOn({}, {{context.shape(), *type}}, [k](auto, auto out) {
        const std::int64_t columns = (*out[0].shape)[1];
        std::vector<std::int64_t> numbers(static_cast<std::size_t>(out[0].count()));
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const auto place = static_cast<std::int64_t>(i);
            numbers[i] = place % columns - place / columns == k;
        }
        store(out[0], numbers);
    });
}

}  // namespace

const OperatorFamily& shape_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "Shape", .translate = shape},
        {.name = "Size", .translate = size},
        {.name = "Identity", .translate = identity},
        {.name = "Dropout", .since = 7, .types = {reals, reals, truth}, .constants = {1, 2}, .translate = dropout},
        {.name = "Constant", .types = {}, .translate = constant, .takes = takesConstant, .minimumInputs = 0},
        {.name = "ConstantOfShape", .since = 9, .types = {places}, .constants = {0}, .translate = constantOfShape},
        {.name = "Reshape", .types = {all, places}, .constants = {1}, .translate = reshape},
        {.name = "Flatten", .translate = flatten},
        {.name = "Squeeze", .types = {all, places}, .constants = {1}, .translate = squeeze},
        {.name = "Unsqueeze", .types = {all, places}, .constants = {1}, .translate = unsqueeze},
        {.name = "Cast", .since = 6, .translate = cast, .takes = takesCast},
        {.name = "CastLike", .since = 15, .translate = castLike, .minimumInputs = 2},
        {.name = "Range", .since = 11, .types = {numbers}, .constants = {0, 1, 2}, .translate = range, .minimumInputs = 3},
        {.name = "EyeLike", .since = 9, .translate = eyeLike},
    }};
    return family;
}

}  // namespace lamina
