#include "core/onnx/conformance.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/onnx/graph_run.h"
#include "core/operators/numbers.h"

namespace lamina {
namespace {

/// input_0.pb, input_1.pb … as far as they go, by the names of the model's ports. An optional port without a file stays out.
Result<std::map<std::string, TypedTensor>> readTensors(const Path& folder, const std::string& kind, const std::vector<OperatorModel::Port>& ports) {
    std::map<std::string, TypedTensor> tensors;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const Path file = folder / (kind + "_" + std::to_string(i) + ".pb");
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored)) continue;
        LAMINA_TRY(tensors[ports[i].name], readTensorFile(file));
    }
    return tensors;
}

std::string numberText(double number) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", number);
    return text;
}

template <class N> bool agree(N expected, N found) {
    if constexpr (std::is_floating_point_v<N>) {
        if (std::isnan(expected) || std::isnan(found)) return std::isnan(expected) && std::isnan(found);
        return expected == found || std::fabs(expected - found) <= 1e-7 + 1e-3 * std::fabs(expected);
    } else {
        return expected == found;
    }
}

template <class N> Result<void> compareNumbers(const std::string& output, const TypedTensor& expected, const TypedTensor& found) {
    const auto right = load<N>(expected.host()), ours = load<N>(found.host());
    for (std::size_t i = 0; i < right.size(); ++i)
        if (!agree(right[i], ours[i]))
            return fail("onnx.case_number", {{"output", output},
                                             {"place", std::to_string(i)},
                                             {"expected", numberText(static_cast<double>(right[i]))},
                                             {"found", numberText(static_cast<double>(ours[i]))}});
    return {};
}

Result<void> compare(const std::string& output, const TypedTensor& expected, const TypedTensor& found) {
    if (expected.shape != found.shape || expected.type != found.type)
        return fail("onnx.case_shape", {{"output", output}, {"expected", std::string(dtypeName(expected.type)) + " " + shapeText(expected.shape)},
                                        {"found", std::string(dtypeName(found.type)) + " " + shapeText(found.shape)}});
    switch (familyOf(expected.type)) {
        case Family::Real: return compareNumbers<double>(output, expected, found);
        case Family::Signed: return compareNumbers<std::int64_t>(output, expected, found);
        case Family::Unsigned: return compareNumbers<std::uint64_t>(output, expected, found);
    }
    return {};
}

Result<void> runDataSet(const OperatorModel& model, const Path& folder, Device& device) {
    LAMINA_TRY(const auto inputs, readTensors(folder, "input", model.inputs));
    LAMINA_TRY(const auto expected, readTensors(folder, "output", model.outputs));
    OperatorGraphOptions options;
    for (const std::string& name : inputsThatDecideShapes(model))
        if (const auto given = inputs.find(name); given != inputs.end()) options.known.insert(*given);
    for (const auto& [name, tensor] : inputs) options.shapes[name] = tensor.shape;
    LAMINA_TRY(auto graph, importGraph(model, options));
    LAMINA_TRY(auto program, OperatorProgram::create(std::move(graph), device));
    LAMINA_TRY(const auto found, program.run(inputs));
    for (const auto& [name, tensor] : expected) LAMINA_CHECK(compare(name, tensor, found.at(name)));
    return {};
}

Result<void> runCase(const Path& folder, Device& device) {
    LAMINA_TRY(const OperatorModel model, readOperatorModel(folder / "model.onnx"));
    LAMINA_CHECK(expectOperators(model));
    std::error_code ignored;
    for (int set = 0;; ++set) {
        const Path data = folder / ("test_data_set_" + std::to_string(set));
        if (!std::filesystem::exists(data, ignored)) return {};
        LAMINA_CHECK(runDataSet(model, data, device));
    }
}

Result<std::vector<Path>> casesIn(const Path& folder) {
    std::vector<Path> cases;
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed)) return fail("file.no_folder", {{"folder", folder.string()}});
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, failed);
         !failed && entry != std::filesystem::recursive_directory_iterator(); entry.increment(failed))
        if (entry->path().filename() == "model.onnx") cases.push_back(entry->path().parent_path());
    if (failed || cases.empty()) return fail("onnx.no_cases", {{"folder", folder.string()}});
    std::sort(cases.begin(), cases.end());
    return cases;
}

}  // namespace

std::int64_t ConformanceReport::count(Verdict verdict) const {
    return std::count_if(cases.begin(), cases.end(), [&](const ConformanceCase& tried) { return tried.verdict == verdict; });
}

ConformanceCase runConformanceCase(const Path& folder, Device& device) {
    ConformanceCase tried{folder.filename().string(), Verdict::Passed, {}};
    auto result = runCase(folder, device);
    if (result) return tried;
    tried.reason = result.takeError();
    const bool unknown = tried.reason->code == "onnx.operator_unknown" || tried.reason->code == "onnx.tensor_type";
    tried.verdict = unknown ? Verdict::NotClaimed : Verdict::Failed;
    return tried;
}

Result<ConformanceReport> runConformance(const Path& folder, Device& device, const CancelToken& cancel, const ProgressFunction& progress) {
    LAMINA_TRY(const auto folders, casesIn(folder));
    ConformanceReport report;
    for (const Path& path : folders) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (progress) progress({"conformance", static_cast<std::int64_t>(report.cases.size()), static_cast<std::int64_t>(folders.size()), "items"});
        report.cases.push_back(runConformanceCase(path, device));
    }
    return report;
}

}  // namespace lamina
