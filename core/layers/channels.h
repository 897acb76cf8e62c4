// Numbers that belong to channels: where channels lie in an input, and the shape of a tensor that has one number for each.
#pragma once

#include <string>
#include <vector>

#include "core/onnx/node.h"

namespace lamina {

/// Words for where channels lie: right behind the batch ([N,C], [N,C,L], [N,C,H,W]) or last ([N,T,features]).
extern const std::vector<std::string> layoutChoices;
std::size_t channelAxis(const std::string& layout, const Shape& input);
/// Shape of one number for each channel, to be broadcast onto the input: [C,1,1] before two axes, [C] for the last one.
Shape perChannel(const std::string& layout, const Shape& input);

/// Words for how many learned numbers a layer has: one for each channel, for each place on the last axis, a single one, one for each number of an item.
extern const std::vector<std::string> sharingChoices;
/// Shape of such a tensor without the batch, to be broadcast onto the input.
Shape sharedShape(const std::string& sharing, const Shape& input);

/// A constant of an ONNX file that is broadcast onto a layer's input: leading axes of size 1 taken off, and which of the words it is.
struct SharedConstant {
    std::string sharing;
    OnnxTensor tensor;

    /// The same word for inputs of any number of axes: [F] is always the last axis, [C,1,1] the channels of pictures.
    bool isCertain() const { return tensor.shape.size() == 1 || (tensor.shape.size() == 3 && sharing == "channel"); }
};
SharedConstant sharedConstant(const OnnxTensor& tensor);

/// A node with one real operand and one constant: which side is constant, and its real numbers.
struct ConstantOperand {
    const OnnxTensor* tensor = nullptr;  ///< nullptr: not such a node
    bool first = false;                  ///< constant - x instead of x - constant

    const std::vector<float>& numbers() const { return std::get<std::vector<float>>(tensor->data); }
    bool isOneNumber() const { return tensor && numbers().size() == 1; }
};
ConstantOperand constantOperand(const OnnxNode& node, const OnnxImportContext& context);

/// The error for a node whose settings or constants no layer has: {node}, {op}.
Error otherForm(const OnnxNode& node);

}  // namespace lamina
