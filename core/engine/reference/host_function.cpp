#include "core/engine/host_function.h"

#include "core/engine/reference/kernel.h"

namespace lamina::reference {

namespace host_function_kernel {

template <DType real>
std::vector<HostTensor> tensorsOf(const Call& call, const std::vector<ValueId>& values, const std::vector<void*>& addresses) {
    std::vector<HostTensor> tensors;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Value& value = call.graph->value(values[i]);
        tensors.push_back({addresses[i], value.type == DType::Float32 ? real : value.type, &value.shape});
    }
    return tensors;
}

template <DType real>
void run(const Call& call, const StepContext&) {
    call.as<HostFunctionAttributes>().function->run(tensorsOf<real>(call, call.op->inputs, call.inputs),
                                                    tensorsOf<real>(call, call.op->outputs, call.outputs));
}

}  // namespace host_function_kernel

Kernels hostFunction() {
    using namespace host_function_kernel;
    return {run<DType::Float32>, run<DType::Float64>};
}

}  // namespace lamina::reference
