// ONNX's own test cases for operators: a folder per case with model.onnx and test_data_set_<n>/input_<i>.pb, output_<i>.pb.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/files.h"
#include "core/engine/device.h"

namespace lamina {

/// NotClaimed: the case needs an operator, a form of it or a type that Lamina does not have; decided from the model alone, before anything runs.
enum class Verdict : std::uint8_t { Passed, Failed, NotClaimed };

struct ConformanceCase {
    std::string name;
    Verdict verdict = Verdict::NotClaimed;
    std::optional<Error> reason;  ///< of what did not pass
};

struct ConformanceReport {
    std::vector<ConformanceCase> cases;  ///< by name
    std::int64_t count(Verdict verdict) const;
};

/// Runs every case below `folder` on `device`. Numbers agree where types and shapes are equal, whole numbers and truth values are the same and real
/// ones differ by at most 1e-7 + 1e-3 · |expected| (what ONNX's own runner allows). Inputs that decide shapes are taken from the files as constants.
/// Any thread; blocks. "onnx.no_cases" {folder}, "job.cancelled".
Result<ConformanceReport> runConformance(const Path& folder, Device& device, const CancelToken& cancel = {}, const ProgressFunction& progress = {});

/// One case: a folder with model.onnx.
ConformanceCase runConformanceCase(const Path& folder, Device& device);

}  // namespace lamina
