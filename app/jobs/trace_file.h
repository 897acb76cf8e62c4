// A recorded step as a Chrome trace: for chrome://tracing and ui.perfetto.dev.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/base/files.h"
#include "core/engine/step_trace.h"

namespace lamina {

/// {"traceEvents": […], …}: a row per thread. Every operation is an event of the first thread, named after its layer, with implementation and
/// cost in its arguments; the parts that threads did lie within it and on their own rows. Times in microseconds.
nlohmann::json chromeTrace(const StepTrace& trace);
/// Can a trace be written there? To be asked before the training: "file.no_folder", "jobs.trace_place" {file} (a folder or a device).
Result<void> checkTracePlace(const Path& file);
Result<void> writeTrace(const Path& file, const StepTrace& trace);

}  // namespace lamina
