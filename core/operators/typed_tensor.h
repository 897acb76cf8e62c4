// A tensor of any number type in host memory: what operators know when the graph is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/engine/host_function.h"

namespace lamina {

struct TypedTensor {
    Shape shape;
    DType type = DType::Float32;
    std::vector<std::byte> bytes;  ///< row-major, this machine's byte order; a Bool is one byte, 0 or 1

    TypedTensor() = default;
    /// All zero. The size is one that fits: for untrusted shapes ask checkedElementCount first.
    TypedTensor(Shape shape, DType type);

    std::int64_t count() const { return elementCount(shape); }
    /// The same memory as a kernel sees it; kernels write only to what they were given as outputs.
    HostTensor host() const;
};

/// A vector of whole numbers, a single one, and real numbers.
TypedTensor integersTensor(const std::vector<std::int64_t>& numbers);
TypedTensor scalarTensor(double number, DType type, Shape shape = {});

}  // namespace lamina
