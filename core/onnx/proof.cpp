#include "core/onnx/proof.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/onnx/lamina_run.h"

namespace lamina {
namespace {

double difference(double a, double b) {
    if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
    const double d = std::abs(a - b);
    return std::isnan(d) ? std::numeric_limits<double>::infinity() : d;
}

Result<void> compare(const std::string& name, const OnnxTensor& expected, const OnnxTensor& found, double scale, ProofReport& report) {
    if (expected.shape != found.shape || expected.data.index() != found.data.index())
        return fail("onnx.proof_shape", {{"output", name}, {"expected", shapeText(expected.shape)}, {"found", shapeText(found.shape)}});
    std::visit(
        [&](const auto& wanted) {
            using List = std::decay_t<decltype(wanted)>;
            const auto& got = std::get<List>(found.data);
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                if constexpr (std::is_same_v<List, std::vector<std::string>>) report.differingTexts += wanted[i] != got[i];
                else report.largestDifference = std::max(report.largestDifference, difference(static_cast<double>(wanted[i]), static_cast<double>(got[i])) / scale);
            }
        },
        expected.data);
    return {};
}

struct Judged {
    std::map<std::string, OnnxTensor> outputs;
    std::string by;
    std::optional<Error> reason;
};

Result<Judged> judge(const OnnxRun& run, const OnnxRuntimeOptions& options) {
    auto independent = runInOnnxRuntime({run}, options);
    if (independent) return Judged{std::move(independent->outputs.at(0)), independent->runtime, std::nullopt};
    if (independent.error().code == "onnx.runtime_refused" || independent.error().code == "job.cancelled") return independent.takeError();
    LAMINA_TRY(auto outputs, runInLamina(run, options.cancel));
    return Judged{std::move(outputs), "Lamina only", independent.takeError()};
}

}  // namespace

Result<ProofReport> proveOnnx(const Path& path, const std::map<std::string, OnnxTensor>& inputs, const std::map<std::string, OnnxTensor>& expected,
                              const OnnxRuntimeOptions& options, const std::map<std::string, double>& scales) {
    OnnxRun run{path, inputs, {}};
    for (const auto& [name, tensor] : expected) run.outputs.push_back(name);
    LAMINA_TRY(const Judged judged, judge(run, options));
    ProofReport report;
    report.checkedBy = judged.by;
    report.reason = judged.reason;
    if (!inputs.empty() && !inputs.begin()->second.shape.empty()) report.items = inputs.begin()->second.shape[0];
    for (const auto& [name, tensor] : expected) {
        const auto found = judged.outputs.find(name);
        if (found == judged.outputs.end()) return fail("onnx.proof_shape", {{"output", name}, {"expected", shapeText(tensor.shape)}, {"found", "-"}});
        const auto scale = scales.find(name);
        LAMINA_CHECK(compare(name, tensor, found->second, scale == scales.end() ? 1 : scale->second, report));
    }
    return report;
}

}  // namespace lamina
