// Runs another program without a shell, for a bounded time.
#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"

namespace lamina {

/// Runs arguments[0] with the others, nothing on its standard input, output and errors into `output`. Gives the exit status
/// (128 + signal where it was killed). Blocks; at the time limit or when cancelled the process is killed.
/// Fails with "onnx.runtime_failed" {reason}, "onnx.runtime_timeout" {seconds}, "job.cancelled".
Result<int> runChild(const std::vector<std::string>& arguments, const Path& output, double timeoutSeconds, const CancelToken& cancel);

}  // namespace lamina
