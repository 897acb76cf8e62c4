// Interpolation along one axis as a matrix of weights: what resizing pictures is made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/layers/layer_type.h"

namespace lamina {

/// "nearest", "bilinear", "bicubic".
std::vector<std::string> interpolationMethods();

/// Weights [to, from], row-major: number i of the result is the sum of row i times the `from` numbers. Places are the middles of pixels ("half pixel");
/// nearest takes floor(i · from / to). antialias: the weights widen where the result is smaller, so that every number counts (as Pillow and PyTorch do;
/// nearest never does). Bicubic has the coefficient -0.75, with antialias -0.5.
std::vector<double> interpolationWeights(const std::string& method, bool antialias, std::int64_t from, std::int64_t to);

/// The same weights, by which a picture is multiplied from the left (its rows) or, transposed as [from, to], from the right (its columns).
std::vector<double> transposedWeights(const std::vector<double>& weights, std::int64_t from, std::int64_t to);

/// A picture [N,C,H,W] or series [N,C,T] at another size: one or two matrix products with constant weights; `size` has height and width, or the length.
ValueId interpolated(LayerContext& context, const std::string& method, bool antialias, std::vector<std::int64_t> size);
/// The same in ONNX nodes.
std::string interpolatedInOnnx(OnnxLayerContext& context, const std::string& method, bool antialias, std::vector<std::int64_t> size);

/// What a constant matrix [rows, columns] does, if it is one of interpolationWeights(): the other way round where `transposed`.
struct InterpolationKind {
    std::string method;
    bool antialias = false;
};
std::optional<InterpolationKind> interpolationOf(const OnnxTensor& matrix, bool transposed);

}  // namespace lamina
