// The losses that ONNX has as operators.
#include <algorithm>
#include <cmath>

#include "core/operators/indices.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

struct LossForm {
    std::string reduction;
    std::int64_t classes = 1, inner = 1;  ///< scores [N, classes, inner]
    Shape shape;                          ///< of the loss
    bool ignores = false;
    std::int64_t ignored = 0;
};

Result<LossForm> lossForm(const OperatorContext& context) {
    LossForm form;
    form.reduction = context.node.text("reduction", "mean");
    if (form.reduction != "mean" && form.reduction != "sum" && form.reduction != "none") return context.badAttribute("reduction");
    Shape labels = context.shape();
    if (labels.size() < 2 || elementCount(labels) == 0) return context.badShapes();
    form.classes = labels[1];
    labels.erase(labels.begin() + 1);
    form.inner = elementCount({labels.begin() + 1, labels.end()});
    if (context.shape(1) != labels || (context.has(2) && context.shape(2) != Shape{form.classes})) return context.badShapes();
    if (form.reduction == "none") form.shape = labels;
    form.ignores = context.node.attributes.count("ignore_index") != 0;
    form.ignored = context.node.integer("ignore_index", 0);
    return form;
}

/// -logProbability[label] · weight[label]; the mean is over the weights. A label outside the classes counts as ignored.
void negativeLogLikelihood(const LossForm& form, const std::vector<double>& logarithms, const HostTensor& labelTensor, const HostTensor& weightTensor,
                           const HostTensor& out) {
    const auto labels = load<std::int64_t>(labelTensor);
    const auto weights = weightTensor.data ? load<double>(weightTensor) : std::vector<double>(static_cast<std::size_t>(form.classes), 1);
    std::vector<double> losses;
    double total = 0, weight = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::int64_t label = labels[i];
        const bool counts = !(form.ignores && label == form.ignored) && label >= 0 && label < form.classes;
        const auto inner = static_cast<std::size_t>(form.inner), classes = static_cast<std::size_t>(form.classes);
        const double own = counts ? weights[static_cast<std::size_t>(label)] : 0;
        losses.push_back(counts ? -own * logarithms[(i / inner * classes + static_cast<std::size_t>(label)) * inner + i % inner] : 0);
        total += losses.back();
        weight += own;
    }
    if (form.reduction == "none") store(out, losses);
    else store(out, std::vector<double>{form.reduction == "sum" ? total : total / weight});
}

HostTensor weightsIn(std::span<const HostTensor> in) { return in.size() > 2 ? in[2] : HostTensor{}; }

Operands logLikelihoodLoss(OperatorContext& context) {
    LAMINA_TRY(const LossForm form, lossForm(context));
    return context.host(form.shape, context.type(),
                        [form](auto in, auto out) { negativeLogLikelihood(form, load<double>(in[0]), in[1], weightsIn(in), out[0]); });
}

std::vector<double> logSoftmaxOver(const AxisSplit& split, std::vector<double> x) {
    for (std::int64_t o = 0; o < split.outer; ++o)
        for (std::int64_t i = 0; i < split.inner; ++i) {
            const auto at = [&](std::int64_t k) -> double& { return x[static_cast<std::size_t>((o * split.size + k) * split.inner + i)]; };
            double largest = at(0), sum = 0;
            for (std::int64_t k = 1; k < split.size; ++k) largest = std::max(largest, at(k));
            for (std::int64_t k = 0; k < split.size; ++k) sum += std::exp(at(k) - largest);
            for (std::int64_t k = 0; k < split.size; ++k) at(k) -= largest + std::log(sum);
        }
    return x;
}

Operands softmaxLoss(OperatorContext& context) {
    LAMINA_TRY(const LossForm form, lossForm(context));
    std::vector<OpType::Output> outputs{{form.shape, context.type()}};
    if (context.outputs() > 1) outputs.push_back({context.shape(), context.type()});
    return context.host(outputs, [form](auto in, auto out) {
        const auto logarithms = logSoftmaxOver(AxisSplit(*in[0].shape, 1), load<double>(in[0]));
        negativeLogLikelihood(form, logarithms, in[1], weightsIn(in), out[0]);
        if (out.size() > 1) store(out[1], logarithms);
    });
}

}  // namespace

const OperatorFamily& losses_operators() {
    using namespace types;
    static const OperatorFamily family{{
        {.name = "NegativeLogLikelihoodLoss", .since = 12, .types = {reals, places, reals}, .translate = logLikelihoodLoss, .minimumInputs = 2},
        {.name = "SoftmaxCrossEntropyLoss", .since = 12, .types = {reals, places, reals}, .translate = softmaxLoss, .minimumInputs = 2},
    }};
    return family;
}

}  // namespace lamina
