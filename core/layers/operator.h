// The layer that an ONNX operator becomes where no layer of Lamina stands for it. It is no part of the catalogue: nobody builds with it, files bring it.
#pragma once

#include "core/layers/layer_type.h"
#include "core/operators/operator_text.h"

namespace lamina {

/// Its settings are the texts of core/operators/operator_text.h.
struct OperatorSettings {
    std::string op = "Identity";
    std::int64_t opset = 17;
    std::string attributes = "{}";
    std::string inputs = "[\"node\"]";
};

const LayerType& operatorLayer();
/// The parameter for input `place`: "weight_1".
std::string operatorWeight(std::size_t place);

}  // namespace lamina
