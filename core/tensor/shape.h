// Shapes: sizes of a tensor's axes, outermost first (images are N, C, H, W).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lamina {

using Shape = std::vector<std::int64_t>;

/// The product of the sizes; 1 for a scalar. Sizes are ≥ 0 and the product is known to fit (checkedElementCount for untrusted sizes).
std::int64_t elementCount(const Shape& shape);
/// The product, or -1 where a size is negative or the product exceeds `limit`. For sizes that a file claims.
std::int64_t checkedElementCount(const Shape& shape, std::int64_t limit);
/// "64×1×28×28"; "scalar".
std::string shapeText(const Shape& shape);

enum class DType : std::uint8_t { Float32, Float64, Int32, Int64, UInt8, Bool, Int8, Int16, UInt16, UInt32, UInt64, Float16 };
std::size_t dtypeSize(DType type);
const char* dtypeName(DType type);

}  // namespace lamina
