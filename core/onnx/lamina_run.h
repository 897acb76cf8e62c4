// Runs an exported file with Lamina's own reader and reference device: a weaker proof than another runtime, but one that is always there.
#pragma once

#include "core/onnx/onnxruntime.h"

namespace lamina {

/// Outputs by name like an ONNX runtime's; "onnx.run_input" {input} where an input is missing or has the wrong shape or kind,
/// and the errors of importOnnx.
Result<std::map<std::string, OnnxTensor>> runInLamina(const OnnxRun& run, const CancelToken& cancel = {});

}  // namespace lamina
