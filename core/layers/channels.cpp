#include "core/layers/channels.h"

namespace lamina {

const std::vector<std::string> layoutChoices{"channels_first", "channels_last"};
const std::vector<std::string> sharingChoices{"channel", "last", "one", "each"};

std::size_t channelAxis(const std::string& layout, const Shape& input) { return layout == "channels_last" ? input.size() - 1 : 1; }

Shape perChannel(const std::string& layout, const Shape& input) {
    if (input.size() < 2) return {1};
    const std::size_t axis = channelAxis(layout, input);
    Shape shape(input.size() - axis, 1);
    shape.front() = input[axis];
    return shape;
}

Shape sharedShape(const std::string& sharing, const Shape& input) {
    if (sharing == "one" || input.size() < 2) return {1};
    if (sharing == "each") return {input.begin() + 1, input.end()};
    return perChannel(sharing == "last" ? "channels_last" : "channels_first", input);
}

SharedConstant sharedConstant(const OnnxTensor& tensor) {
    Shape shape = tensor.shape;
    while (shape.size() > 1 && shape.front() == 1) shape.erase(shape.begin());
    const std::int64_t count = elementCount(shape);
    if (count == 1) return {"one", {{1}, tensor.data}};
    const char* sharing = shape.size() == 1 ? "last" : count == shape.front() ? "channel" : "each";
    return {sharing, {std::move(shape), tensor.data}};
}

ConstantOperand constantOperand(const OnnxNode& node, const OnnxImportContext& context) {
    if (node.inputs.size() != 2) return {};
    const OnnxTensor* sides[] = {context.constantInput(0), context.constantInput(1)};
    const bool first = sides[0] != nullptr;
    const OnnxTensor* tensor = sides[first ? 0 : 1];
    if (!tensor || sides[first ? 1 : 0] || !std::holds_alternative<std::vector<float>>(tensor->data)) return {};
    return elementCount(tensor->shape) > 0 ? ConstantOperand{tensor, first} : ConstantOperand{};
}

Error otherForm(const OnnxNode& node) { return fail("onnx.other_form", {{"node", node.name}, {"op", node.op}}); }

}  // namespace lamina
