// Runs an imported graph once on a device: tensors in, tensors out.
#pragma once

#include "core/engine/program.h"
#include "core/onnx/graph_import.h"

namespace lamina {

/// An imported graph made ready for a device. One thread at a time; the device must outlive it.
class OperatorProgram {
public:
    static Result<OperatorProgram> create(OperatorGraph graph, Device& device);
    /// "onnx.run_input" {input} where an input is missing or has another shape or type.
    Result<std::map<std::string, TypedTensor>> run(const std::map<std::string, TypedTensor>& inputs);
    const std::map<std::string, ValueId>& inputs() const { return m_inputs; }
    /// nullptr where every output is known without running.
    Program* program() { return m_program.get(); }

private:
    Result<TypedTensor> read(const Operand& output) const;

    Device* m_device = nullptr;
    std::unique_ptr<ParameterStore> m_store;
    std::unique_ptr<Program> m_program;
    std::map<std::string, ValueId> m_inputs;
    std::map<std::string, Operand> m_outputs;
};

}  // namespace lamina
