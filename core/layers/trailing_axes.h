// Normalisation over the last axes of every item: what layer_norm and rms_norm have in common.
#pragma once

#include "core/layers/layer_type.h"

namespace lamina {

/// Sizes of the last `axes` axes (0: of all but the batch). Refuses ("layer.too_few_axes") and gives an empty shape where there are not as many.
Shape trailingAxes(LayerContext& context, std::int64_t axes);

/// Normalises every item's last axes; gamma (and, where centered, beta) have their shape and are there with attributes.affine.
ValueId normaliseTrailing(LayerContext& context, std::int64_t axes, const LayerNormAttributes& attributes);

/// gamma and beta as values that go along axis 1 of the layer's input: y·gamma + beta.
ValueId scaleChannels(LayerContext& context, ValueId y);
/// The same in ONNX, on `y` of the input's shape.
std::string scaleChannelsToOnnx(OnnxLayerContext& context, const std::string& y);

}  // namespace lamina
