#include "app/jobs/trace_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lamina {
namespace {

double microseconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1000; }

nlohmann::json threadName(int thread) {
    const std::string name = thread == 0 ? "training" : "worker " + std::to_string(thread);
    return {{"ph", "M"}, {"pid", 1}, {"tid", thread}, {"name", "thread_name"}, {"args", {{"name", name}}}};
}

nlohmann::json event(const StepTrace::Slice& slice, const std::string& name, const char* category) {
    return {{"ph", "X"}, {"pid", 1}, {"tid", slice.thread}, {"name", name}, {"cat", category},
            {"ts", microseconds(slice.begin)}, {"dur", microseconds(slice.end - slice.begin)}};
}

nlohmann::json operationEvent(const StepTrace::Slice& slice, const PlannedOp& planned) {
    auto json = event(slice, planned.origin.empty() ? planned.op : planned.origin + ": " + planned.op, "operation");
    json["args"] = {{"layer", planned.origin}, {"operation", planned.op}, {"implementation", planned.implementation}, {"flops", planned.flops}};
    const auto nanoseconds = slice.end - slice.begin;
    if (planned.flops > 0 && nanoseconds > 0) json["args"]["gflop_per_second"] = planned.flops / static_cast<double>(nanoseconds);
    if (!planned.note.empty()) json["args"]["note"] = planned.note;
    return json;
}

}  // namespace

nlohmann::json chromeTrace(const StepTrace& trace) {
    auto events = nlohmann::json::array();
    int threads = 1;
    for (const auto& slice : trace.slices) threads = std::max(threads, slice.thread + 1);
    for (int thread = 0; thread < threads; ++thread) events.push_back(threadName(thread));
    for (const auto& slice : trace.whole) events.push_back(operationEvent(slice, trace.operations[static_cast<std::size_t>(slice.operation)]));
    for (const auto& slice : trace.slices) events.push_back(event(slice, trace.operations[static_cast<std::size_t>(slice.operation)].op, "slice"));
    return {{"traceEvents", events}, {"displayTimeUnit", "ns"}, {"otherData", {{"step", trace.step}}}};
}

Result<void> checkTracePlace(const Path& file) {
    std::error_code error;
    const Path folder = std::filesystem::absolute(file, error).parent_path();
    if (!std::filesystem::is_directory(folder, error)) return fail("file.no_folder", {{"folder", folder.string()}});
    if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error)) return fail("jobs.trace_place", {{"file", file.string()}});
    return {};
}

Result<void> writeTrace(const Path& file, const StepTrace& trace) { return writeFileAtomically(file, chromeTrace(trace).dump()); }

}  // namespace lamina
