// ONNX's TensorProto as a tensor of its own type. Sizes are compared with the bytes that are there before anything is made of them.
#pragma once

#include <onnx/onnx_pb.h>

#include "core/operators/typed_tensor.h"

namespace lamina {

/// "onnx.external_data", "onnx.tensor_size", "onnx.tensor_type" (text, bfloat16, complex …), each with {tensor}.
Result<TypedTensor> typedTensor(const onnx::TensorProto& proto);

}  // namespace lamina
