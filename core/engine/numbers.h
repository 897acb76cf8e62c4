// Numbers in a device's memory, read and written as doubles.
#pragma once

#include <span>
#include <vector>

#include "core/tensor/shape.h"

namespace lamina {

std::vector<double> numbersAt(const void* memory, DType type, std::size_t count);
void setNumbersAt(void* memory, DType type, std::span<const double> numbers);

}  // namespace lamina
