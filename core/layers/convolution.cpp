#include "core/layers/convolution.h"

namespace lamina {

bool groupsFit(LayerContext& context, std::int64_t groups, std::int64_t filters) {
    const std::int64_t channels = context.shape()[1];
    if (channels % groups == 0 && filters % groups == 0) return true;
    context.refuse(fail("layer.groups", {{"groups", std::to_string(groups)}, {"channels", std::to_string(channels)}, {"filters", std::to_string(filters)}}));
    return false;
}

ValueId withBias(LayerContext& context, ValueId picture, std::int64_t filters) {
    return ops::addBias(context.graph, picture, context.parameter("bias", {filters}, {}));
}

std::string convolutionToOnnx(OnnxLayerContext& context, const char* op, std::map<std::string, OnnxAttribute> attributes, std::int64_t groups, bool bias) {
    if (groups != 1) attributes["group"] = groups;
    std::vector<std::string> inputs{context.inputs()[0], context.parameter("weight")};
    if (bias) inputs.push_back(context.parameter("bias"));
    return context.add(op, inputs, attributes);
}

Result<ConvolutionTensors> convolutionFromOnnx(const OnnxNode& node, OnnxImportContext& context, std::size_t axes) {
    const OnnxTensor* weight = context.constantInput(1);
    const OnnxTensor* bias = context.constantInput(2);
    const bool hasBias = node.inputs.size() > 2 && !node.inputs[2].empty();
    if (!weight || !std::holds_alternative<std::vector<float>>(weight->data) || (hasBias && !bias))
        return fail("onnx.weights_not_constant", {{"node", node.name}, {"op", node.op}});
    if (weight->shape.size() != axes + 2) return fail("onnx.window_axes", {{"node", node.name}, {"op", node.op}});
    context.parameter("weight", *weight);
    if (hasBias) context.parameter("bias", *bias);
    return ConvolutionTensors{weight->shape, hasBias};
}

bool isDepthwise(const OnnxNode& node, const Shape& weight) {
    const std::int64_t groups = node.integer("group", 1);
    return groups > 1 && weight[1] == 1 && weight[0] % groups == 0;
}

}  // namespace lamina
