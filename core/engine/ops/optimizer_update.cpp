// One step of an optimizer. Inputs: parameter, gradient, its slots, finite. No outputs: parameter and slots are written in place.
#include "core/engine/formulas/optimizers.h"
#include "core/engine/ops/inference.h"

namespace lamina {

namespace optimizer_update_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    const auto slots = static_cast<std::size_t>(formulas::updateSlots(op.as<OptimizerAttributes>()));
    LAMINA_CHECK(expectCount(inputs, slots + 3));
    for (std::size_t i = 1; i < slots + 2; ++i) LAMINA_CHECK(expectShape(inputs, i, inputs[0]->shape));
    LAMINA_CHECK(expectShape(inputs, slots + 2, {}));
    for (std::size_t i = 0; i < slots + 2; ++i)
        if (i != 1 && inputs[i]->role != ValueRole::Parameter && inputs[i]->role != ValueRole::State)
            return fail("op.update_target", {{"input", std::to_string(i + 1)}, {"value", inputs[i]->name}});
    return std::vector<OpType::Output>{};
}

double flops(const Graph& g, const Op& op) { return 4.0 * (1 + formulas::updateSlots(op.as<OptimizerAttributes>())) * oncePerInput(g, op); }

}  // namespace optimizer_update_op_parts

const OpType& optimizer_update_op() {
    using namespace optimizer_update_op_parts;
    static const OpType type{.kind = OpKind::OptimizerUpdate, .name = "optimizer_update", .infer = infer, .gradient = nullptr, .flops = flops,
                             .updates = {0, 2, 3}};
    return type;
}

}  // namespace lamina
