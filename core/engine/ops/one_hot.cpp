// Class numbers as rows with a 1 at their place. Its derivative is 0 wherever it has one.
#include "core/engine/ops/inference.h"

namespace lamina {

namespace one_hot_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) {
    LAMINA_CHECK(expectCount(inputs, 1));
    LAMINA_CHECK(expectIndices(inputs, 0));
    const std::int64_t classes = op.as<AxisAttributes>().length;
    if (classes < 1) return fail("op.one_hot_classes", {{"classes", std::to_string(classes)}});
    Shape shape = inputs[0]->shape;
    shape.push_back(classes);
    return outputs(std::move(shape));
}

std::vector<ValueId> gradient(Graph&, const Op&, Gradients, const Wanted&) { return {noValue}; }

}  // namespace one_hot_op_parts

const OpType& one_hot_op() {
    using namespace one_hot_op_parts;
    static const OpType type{.kind = OpKind::OneHot, .name = "one_hot", .infer = infer, .gradient = gradient, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
