// Where elements stand in row-major tensors: what kernels that move numbers or walk over windows share.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/engine/host_function.h"

namespace lamina {

/// Elements between two neighbours along each axis.
std::vector<std::int64_t> stridesOf(const Shape& shape);
/// NumPy's broadcast of all shapes; false where they do not fit.
bool broadcastTo(Shape& shape, const Shape& other);
/// For each element of `to` the element of `from` that is broadcast there.
std::vector<std::int64_t> broadcastIndices(const Shape& from, const Shape& to);

/// For each element of a tensor the sum of the numbers that its coordinates have in the tables, one table per axis; -1 where one of them is -1.
std::vector<std::int64_t> tableIndices(const std::vector<std::vector<std::int64_t>>& tables);
/// 0, stride, 2·stride …
std::vector<std::int64_t> steps(std::int64_t count, std::int64_t stride, std::int64_t begin = 0);

/// Moves on to the next coordinates in row-major order; false after the last.
bool advance(std::vector<std::int64_t>& coordinates, const Shape& shape);

/// to[i] = from[indices[i]]; where the index is -1 the element at `fill` (zeros where that is nullptr). Both of one type, or both real.
void gatherElements(const HostTensor& from, const HostTensor& to, const std::vector<std::int64_t>& indices, const HostTensor* fill = nullptr);
/// to[indices[i]] = from[i].
void scatterElements(const HostTensor& from, const HostTensor& to, const std::vector<std::int64_t>& indices);
/// The whole tensor; where two real types meet, converted.
void copyElements(const HostTensor& from, const HostTensor& to);

/// A shape as rows × axis × columns: what kernels along one axis walk over.
struct AxisSplit {
    std::int64_t outer = 1, size = 1, inner = 1;
    AxisSplit(const Shape& shape, std::int64_t axis);
};

}  // namespace lamina
