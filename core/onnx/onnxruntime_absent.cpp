// Stands for onnxruntime_cpp.cpp where the system has no ONNX Runtime library.
#include "core/onnx/onnxruntime.h"

namespace lamina {

Result<OnnxRunResults> runInRuntimeLibrary(const std::vector<OnnxRun>&, const OnnxRuntimeOptions&) {
    return fail("onnx.no_runtime", {{"reason", "built without libonnxruntime"}});
}

}  // namespace lamina
