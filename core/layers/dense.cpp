#include "core/layers/initializers.h"
#include "core/layers/interpolation.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace dense_layer_parts {

struct Dense {
    std::int64_t units = 64;
    bool bias = true;
    std::string initializer = "glorot_uniform";
};

ValueId rowsForward(const Dense& settings, LayerContext& context, ValueId rows) {
    const std::int64_t features = context.shape().back();
    const ValueId weight = context.parameter("weight", {features, settings.units}, initializerOf(settings.initializer, features, settings.units));
    const ValueId y = ops::gemm(context.graph, rows, weight);
    if (!settings.bias) return y;
    return ops::addBias(context.graph, y, context.parameter("bias", {settings.units}, {}));
}

/// Every step of a sequence [N,T,F] counts as a row of its own. A picture is refused: most likely a Flatten layer was forgotten.
ValueId forward(const Dense& settings, LayerContext& context) {
    const Shape shape = context.shape();
    if (shape.size() == 2) return rowsForward(settings, context, context.input());
    if (shape.size() != 3) return context.refuse(fail("layer.needs_flat_input", {{"shape", shapeText(shape)}}));
    const ValueId rows = ops::reshape(context.graph, context.input(), {shape[0] * shape[1], shape[2]});
    return ops::reshape(context.graph, rowsForward(settings, context, rows), {shape[0], shape[1], settings.units});
}

std::string toOnnx(const Dense& settings, OnnxLayerContext& context) {
    if (context.inputShapes()[0].size() == 3) {
        const std::string y = context.add("MatMul", {context.inputs()[0], context.parameter("weight")});
        return settings.bias ? context.add("Add", {y, context.parameter("bias")}) : y;
    }
    std::vector<std::string> inputs{context.inputs()[0], context.parameter("weight")};
    if (settings.bias) inputs.push_back(context.parameter("bias"));
    return context.add("Gemm", inputs);
}

/// [out,in] → [in,out], where the file has its weights the other way round.
OnnxTensor transposed(const OnnxTensor& tensor) {
    const auto& from = std::get<std::vector<float>>(tensor.data);
    const std::int64_t rows = tensor.shape[0], columns = tensor.shape[1];
    std::vector<float> to(from.size());
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            to[static_cast<std::size_t>(c * rows + r)] = from[static_cast<std::size_t>(r * columns + c)];
    return {{columns, rows}, std::move(to)};
}

Result<Dense> fromOnnx(const OnnxNode& node, OnnxImportContext& context) {
    const OnnxTensor* weight = context.constantInput(1);
    if (!weight || weight->shape.size() != 2 || !std::holds_alternative<std::vector<float>>(weight->data))
        return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    // A picture is resized by products with matrices, too.
    if (node.op == "MatMul" && interpolationOf(*weight, true)) return fail("onnx.gemm_form", {{"node", node.name}});
    if (node.integer("transA", 0) != 0 || node.number("alpha", 1) != 1 || node.number("beta", 1) != 1)
        return fail("onnx.gemm_form", {{"node", node.name}});
    const OnnxTensor kernel = node.integer("transB", 0) != 0 ? transposed(*weight) : *weight;
    const OnnxTensor* bias = context.constantInput(2);
    const bool hasBias = node.inputs.size() > 2 && !node.inputs[2].empty();
    if (hasBias && (!bias || elementCount(bias->shape) != kernel.shape[1])) return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    if (hasBias) context.parameter("bias", {{kernel.shape[1]}, bias->data});
    context.parameter("weight", kernel);
    return Dense{.units = kernel.shape[1], .bias = hasBias};
}

std::vector<LayerSample> samples() {
    return {{.settings = Dense{.units = 5}, .inputs = {{3, 7}}},
            {.settings = Dense{.units = 1, .initializer = "he_uniform"}, .inputs = {{1, 13}}},
            {.settings = Dense{.units = 17, .bias = false}, .inputs = {{5, 1}}},
            {.settings = Dense{.units = 3}, .inputs = {{2, 5, 4}}}};
}

}  // namespace dense_layer_parts

const LayerType& dense_layer() {
    using namespace dense_layer_parts;
    static const LayerType type = LayerDescriptor<Dense, forward, toOnnx>{
        .id = "dense",
        .title = "Dense",
        .category = "core",
        .summary = "Every output looks at every input: a weighted sum for each of its units.",
        .properties = {property("units", &Dense::units, "Units", "How many numbers the layer gives for each item. More units can learn more and need more data.",
                                {.minimum = 1, .maximum = 1 << 20}),
                       property("bias", &Dense::bias, "Bias", "Adds a learned number to every unit. Not needed where batch normalisation follows."),
                       initializerProperty(&Dense::initializer)},
        .onnxOps = {"Gemm", "MatMul"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
