// A function on whole tensors in host memory: how operators of ONNX without a kernel of their own run. For use only, it has no gradient.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/engine/op_type.h"

namespace lamina {

/// A tensor where it lies, row-major. `type` is the true one: what the graph calls Float32 is Float64 here in the float64 reference device.
struct HostTensor {
    void* data = nullptr;
    DType type = DType::Float32;
    const Shape* shape = nullptr;

    template <class T> T* as() const { return static_cast<T*>(data); }
    std::int64_t count() const { return elementCount(*shape); }
};

class HostFunction {
public:
    virtual ~HostFunction() = default;
    virtual std::string name() const = 0;  ///< "where", as `lamina explain` shows it
    /// Shapes and types of the outputs, or what does not fit ("op.…").
    virtual Result<std::vector<OpType::Output>> infer(std::span<const Value* const> inputs) const = 0;
    /// Writes the outputs. One thread; no state: any number of Programs may share a function.
    virtual void run(std::span<const HostTensor> inputs, std::span<const HostTensor> outputs) const = 0;
};

}  // namespace lamina
