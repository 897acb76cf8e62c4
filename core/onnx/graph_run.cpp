#include "core/onnx/graph_run.h"

#include <cstring>

#include "core/operators/indices.h"

namespace lamina {
namespace {

/// The type of Float32 values in the device's memory.
HostTensor inDevice(const Graph& graph, ValueId value, void* memory, DType real) {
    const DType type = graph.value(value).type;
    return {memory, type == DType::Float32 ? real : type, &graph.shape(value)};
}

}  // namespace

Result<OperatorProgram> OperatorProgram::create(OperatorGraph graph, Device& device) {
    OperatorProgram made;
    made.m_device = &device;
    made.m_inputs = graph.inputs;
    made.m_outputs = graph.outputs;
    std::vector<ValueId> kept;
    for (const auto& [name, operand] : graph.outputs)
        if (operand.value != noValue) kept.push_back(operand.value);
    if (kept.empty()) return made;
    made.m_store = std::make_unique<ParameterStore>(device);
    for (const auto& [name, tensor] : graph.weights)
        LAMINA_CHECK(made.m_store->writeFloats(name, tensor.shape, ValueRole::Parameter,
                                               {tensor.host().as<float>(), static_cast<std::size_t>(tensor.count())}));
    LAMINA_TRY(made.m_program, Program::create(std::move(graph.graph), device, *made.m_store, std::move(kept), 0));
    return made;
}

Result<std::map<std::string, TypedTensor>> OperatorProgram::run(const std::map<std::string, TypedTensor>& inputs) {
    for (const auto& [name, value] : m_inputs) {
        if (!m_program) break;
        const Graph& graph = m_program->graph();
        const auto given = inputs.find(name);
        if (given == inputs.end() || given->second.shape != graph.shape(value) || given->second.type != graph.value(value).type)
            return fail("onnx.run_input", {{"input", name}});
        if (void* memory = m_program->data(value)) {
            copyElements(given->second.host(), inDevice(graph, value, memory, m_device->real()));
            m_device->noteWritten(memory);
        }
    }
    if (m_program) m_program->run({});
    std::map<std::string, TypedTensor> outputs;
    for (const auto& [name, operand] : m_outputs) {
        LAMINA_TRY(outputs[name], read(operand));
    }
    return outputs;
}

Result<TypedTensor> OperatorProgram::read(const Operand& output) const {
    if (output.value == noValue) return output.known->tensor;
    TypedTensor tensor(output.shape, output.type);
    void* memory = m_program->data(output.value);
    if (!memory || tensor.count() == 0) return tensor;
    m_device->makeReadable(memory);
    copyElements(inDevice(m_program->graph(), output.value, memory, m_device->real()), tensor.host());
    return tensor;
}

}  // namespace lamina
