// ONNX Runtime as an independent judge: the C++ library where Lamina was built with it, else the one of a local Python.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/onnx/node.h"

namespace lamina {

/// One model to run: all inputs have the items along their first axis.
struct OnnxRun {
    Path model;
    std::map<std::string, OnnxTensor> inputs;
    std::vector<std::string> outputs;
};

struct OnnxRunResults {
    std::string runtime;                                      ///< "ONNX Runtime 1.19.2"
    std::vector<std::map<std::string, OnnxTensor>> outputs;   ///< one per run
};

struct OnnxRuntimeOptions {
    std::int64_t batch = 100;      ///< items given to the runtime at once
    double timeoutSeconds = 300;   ///< for all runs together (Python only)
    CancelToken cancel;
};

/// Any thread; blocks. "onnx.no_runtime" {reason}: there is none here. "onnx.runtime_refused" {model,reason}: it does not like the model.
/// "onnx.runtime_failed" {reason}, "onnx.runtime_timeout" {seconds}, "job.cancelled".
Result<OnnxRunResults> runInOnnxRuntime(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options = {});

/// The two ways. Python: the interpreter named by LAMINA_PYTHON, else the one of the source folder's .venv.
Result<OnnxRunResults> runInRuntimeLibrary(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options);
Result<OnnxRunResults> runInPythonRuntime(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options);

}  // namespace lamina
