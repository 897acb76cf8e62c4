// A function on whole tensors in host memory; shapes and types are what it says.
#include "core/engine/host_function.h"

#include "core/engine/ops/inference.h"

namespace lamina {

namespace host_function_op_parts {

OpOutputs infer(const Op& op, OpInputs inputs) { return op.as<HostFunctionAttributes>().function->infer(inputs); }

}  // namespace host_function_op_parts

const OpType& host_function_op() {
    using namespace host_function_op_parts;
    static const OpType type{
        .kind = OpKind::HostFunction, .name = "host_function", .infer = infer, .gradient = nullptr, .flops = noCost, .updates = {}};
    return type;
}

}  // namespace lamina
