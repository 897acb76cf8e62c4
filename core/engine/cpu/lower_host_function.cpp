// Functions on whole tensors: called where they stand, on one thread.
#include "core/engine/cpu/lowering.h"
#include "core/engine/host_function.h"

namespace lamina::cpu {

namespace {

class HostFunctionStep : public Step {
public:
    HostFunctionStep(std::vector<int> buffers, std::shared_ptr<const HostFunction> function, std::vector<Value> values, std::size_t inputs)
        : Step(std::move(buffers)), m_function(std::move(function)), m_values(std::move(values)), m_inputs(inputs) {}

    void prepare() override {
        m_tensors.clear();
        for (std::size_t i = 0; i < m_values.size(); ++i) m_tensors.push_back({as<void>(i), m_values[i].type, &m_values[i].shape});
    }
    void run(const RunContext&) override {
        const std::span<const HostTensor> all(m_tensors);
        m_function->run(all.first(m_inputs), all.subspan(m_inputs));
    }

private:
    std::shared_ptr<const HostFunction> m_function;
    std::vector<Value> m_values;
    std::size_t m_inputs;
    std::vector<HostTensor> m_tensors;
};

}  // namespace

void lowerHostFunction(PlanBuilder& builder, const FusedOp& fused) {
    const auto& function = fused.op.as<HostFunctionAttributes>().function;
    std::vector<int> list;
    std::vector<Value> values;
    for (ValueId input : fused.op.inputs) list.push_back(builder.in(input));
    for (ValueId output : fused.op.outputs) list.push_back(builder.out(output));
    for (const auto& ids : {fused.op.inputs, fused.op.outputs})
        for (ValueId id : ids) values.push_back(builder.graph().value(id));
    builder.add(std::make_unique<HostFunctionStep>(std::move(list), function, std::move(values), fused.op.inputs.size()), function->name());
}

}  // namespace lamina::cpu
