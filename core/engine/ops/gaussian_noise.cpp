// Adds normally distributed numbers; they do not depend on x, so the gradient passes as it is.
#include <cmath>

#include "core/engine/ops/inference.h"

namespace lamina {

namespace gaussian_noise_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    const double deviation = op.as<NoiseAttributes>().deviation;
    if (!(deviation >= 0) || !std::isfinite(deviation)) return fail("op.noise_deviation", {{"deviation", std::to_string(deviation)}});
    return outputs(inputs[0]->shape);
}

std::vector<ValueId> gradient(Graph&, const Op&, Gradients arriving, const Wanted&) { return {arriving[0]}; }

}  // namespace gaussian_noise_op_parts

const OpType& gaussian_noise_op() {
    using namespace gaussian_noise_op_parts;
    static const OpType type{.kind = OpKind::GaussianNoise, .name = "gaussian_noise", .infer = infer, .gradient = gradient,
                             .flops = oncePerOutput, .inPlaceInput = 0, .updates = {}};
    return type;
}

}  // namespace lamina
