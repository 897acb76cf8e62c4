// The proof of an export: the file, given raw data, says what Lamina says.
#pragma once

#include <optional>

#include "core/onnx/onnxruntime.h"

namespace lamina {

struct ProofReport {
    std::string checkedBy;             ///< "ONNX Runtime 1.19.2" or "Lamina only"
    std::int64_t items = 0;
    double largestDifference = 0;      ///< of all numbers expected, in units of the scale; infinite where one is NaN and the other is not
    std::int64_t differingTexts = 0;   ///< labels that are not the same
    std::optional<Error> reason;       ///< why no independent runtime judged
};

/// Runs the file on `inputs` (onnxInputs makes them from raw rows) and compares with `expected`, by output name. Blocks; any thread.
/// `scales`: by output name, what counts as 1 in a difference of it where that is not 1 (for numbers in their own unit the target's deviation).
/// Where no ONNX Runtime is to be had (or it could not be started) the file is read back and run on the reference device.
/// Fails where a runtime refuses the file ("onnx.runtime_refused"), where an output has another shape or kind ("onnx.proof_shape" {output,expected,found}),
/// where nothing could run it, and with "job.cancelled".
Result<ProofReport> proveOnnx(const Path& path, const std::map<std::string, OnnxTensor>& inputs, const std::map<std::string, OnnxTensor>& expected,
                              const OnnxRuntimeOptions& options = {}, const std::map<std::string, double>& scales = {});

}  // namespace lamina
