// Several ONNX nodes that together are one layer: files of older opsets write GELU, SiLU and Mish out in their parts.
#pragma once

#include "core/onnx/model_file.h"

namespace lamina {

/// Puts the operator Gelu, Swish or Mish of later opsets in the place of nodes that compute the same and that nothing else reads.
void joinActivations(OnnxFile& file);

}  // namespace lamina
