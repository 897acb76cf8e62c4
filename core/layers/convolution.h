// What all convolutions have in common beside the window: groups, bias, and how an ONNX file keeps their weights.
#pragma once

#include "core/layers/window.h"

namespace lamina {

/// Each group of filters sees only its group of channels; refuses ("layer.groups") where that does not come out even.
bool groupsFit(LayerContext& context, std::int64_t groups, std::int64_t filters);

/// Adds the parameter "bias", a number for every filter, to a picture.
ValueId withBias(LayerContext& context, ValueId picture, std::int64_t filters);

/// A node of this op with the parameters "weight" and, where `bias`, "bias".
std::string convolutionToOnnx(OnnxLayerContext& context, const char* op, std::map<std::string, OnnxAttribute> attributes, std::int64_t groups, bool bias);

struct ConvolutionTensors {
    Shape weight;
    bool bias = false;
};
/// Takes weight and bias of a convolution with so many axes as parameters and says their shape; "onnx.weights_not_constant", "onnx.window_axes".
Result<ConvolutionTensors> convolutionFromOnnx(const OnnxNode& node, OnnxImportContext& context, std::size_t axes);

/// Groups of which each sees a single channel: a depthwise convolution.
bool isDepthwise(const OnnxNode& node, const Shape& weight);

}  // namespace lamina
