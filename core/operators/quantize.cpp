// Between real numbers and 8- or 16-bit ones.
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"
#include "core/operators/type_codes.h"

namespace lamina {
namespace {

/// Which scale each element has: one for all, or one along an axis.
Result<std::vector<std::int64_t>> scalePlaces(const OperatorContext& context) {
    const Shape &x = context.shape(0), &scale = context.shape(1);
    Shape along;
    if (elementCount(scale) != 1) {
        LAMINA_TRY(const std::int64_t axis, context.axis(context.node.integer("axis", 1), context.rank()));
        if (scale != Shape{x[static_cast<std::size_t>(axis)]}) return context.badShapes();
        along.assign(x.size(), 1);
        along[static_cast<std::size_t>(axis)] = scale[0];
    }
    if (context.has(2) && elementCount(context.shape(2)) != elementCount(scale)) return context.badShapes();
    return broadcastIndices(along, x);
}

/// Divided in float32 as everywhere, rounded to the nearest whole number, ties to even: half a step more or less shows in the result.
double quotient(double x, double scale) { return std::nearbyint(static_cast<float>(x) / static_cast<float>(scale)); }

std::pair<double, double> limitsOf(DType type) {
    switch (type) {
        case DType::Int8: return {-128, 127};
        case DType::Int16: return {-32768, 32767};
        case DType::UInt16: return {0, 65535};
        default: return {0, 255};
    }
}

bool inOneBlock(const OperatorNode& node, std::int64_t) { return node.node.integer("block_size", 0) == 0; }
bool takesQuantize(const OperatorNode& node, std::int64_t opset) {
    const std::int64_t code = node.node.integer("output_dtype", 0);
    return inOneBlock(node, opset) && (code == 0 || (code >= 2 && code <= 5)) && node.node.integer("precision", 0) == 0;
}

Operands quantize(OperatorContext& context) {
    LAMINA_TRY(const auto places, scalePlaces(context));
    const DType type = context.has(2) ? context.type(2) : typeOfCode(context.node.integer("output_dtype", 2)).value_or(DType::UInt8);
    return context.host(context.shape(), type, [places](auto in, auto out) {
        const auto scale = load<double>(in[1]), zero = in.size() > 2 && in[2].data ? load<double>(in[2]) : std::vector<double>(scale.size(), 0);
        const auto [low, high] = limitsOf(out[0].type);
        auto x = load<double>(in[0]);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const auto k = static_cast<std::size_t>(places[i]);
            x[i] = std::clamp(quotient(x[i], scale[k]) + zero[k], low, high);
        }
        store(out[0], x);
    });
}

Operands dequantize(OperatorContext& context) {
    LAMINA_TRY(const auto places, scalePlaces(context));
    return context.host(context.shape(), context.type(1), [places](auto in, auto out) {
        const auto scale = load<double>(in[1]), zero = in.size() > 2 && in[2].data ? load<double>(in[2]) : std::vector<double>(scale.size(), 0);
        auto x = load<double>(in[0]);
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = (x[i] - zero[static_cast<std::size_t>(places[i])]) * scale[static_cast<std::size_t>(places[i])];
        store(out[0], x);
    });
}

/// Scale and zero point follow from the range of the numbers, 0 included.
Operands quantizeByRange(OperatorContext& context) {
    std::vector<OpType::Output> outputs{{context.shape(), DType::UInt8}, {{}, DType::Float32}, {{}, DType::UInt8}};
    return context.host(outputs, [](auto in, auto out) {
        auto x = load<double>(in[0]);
        double low = 0, high = 0;
        for (const double number : x) {
            low = std::min(low, number);
            high = std::max(high, number);
        }
        const double scale = high > low ? static_cast<float>((high - low) / 255) : 1, zero = std::clamp(quotient(-low, scale), 0.0, 255.0);
        for (double& number : x) number = std::clamp(quotient(number, scale) + zero, 0.0, 255.0);
        store(out[0], x);
        store(out[1], std::vector<double>{scale});
        store(out[2], std::vector<double>{zero});
    });
}

}  // namespace

const OperatorFamily& quantize_operators() {
    using namespace types;
    constexpr TypeSet narrow = bytes | of(DType::Int16) | of(DType::UInt16);
    static const OperatorFamily family{{
        {.name = "QuantizeLinear",
         .since = 10,
         .types = {reals | of(DType::Int32), reals | of(DType::Int32), narrow},
         .translate = quantize,
         .takes = takesQuantize,
         .minimumInputs = 2},
        {.name = "DequantizeLinear",
         .since = 10,
         .types = {narrow | of(DType::Int32), reals, narrow | of(DType::Int32)},
         .translate = dequantize,
         .takes = inOneBlock,
         .minimumInputs = 2},
        {.name = "DynamicQuantizeLinear", .since = 11, .types = {float32}, .translate = quantizeByRange},
    }};
    return family;
}

}  // namespace lamina
