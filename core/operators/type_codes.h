// Number types as ONNX writes them (TensorProto::DataType).
#pragma once

#include <cstdint>
#include <optional>

#include "core/tensor/shape.h"

namespace lamina {

/// nullopt for text, complex numbers, bfloat16, float8 … and for codes that do not exist.
std::optional<DType> typeOfCode(std::int64_t code);

}  // namespace lamina
