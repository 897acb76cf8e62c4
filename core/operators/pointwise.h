// Point-wise kernels for operators.
#pragma once

#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {

/// f of every real number; type and shape stay.
Operands mapReals(OperatorContext& context, std::function<double(double)> f);
/// Of every signed whole number; unsigned ones come as their value.
Operands mapWhole(OperatorContext& context, std::function<std::int64_t(std::int64_t)> f);

/// A number as a value of the graph that broadcasts with everything.
ValueId number(OperatorContext& context, double value);

/// Two tensors with broadcasting, in the family of the first one's type; the result has type `result`.
using RealPair = double (*)(double, double);
using SignedPair = std::int64_t (*)(std::int64_t, std::int64_t);
using UnsignedPair = std::uint64_t (*)(std::uint64_t, std::uint64_t);
struct Pairs {
    RealPair real = nullptr;
    SignedPair whole = nullptr;
    UnsignedPair natural = nullptr;
};
Operands combine(OperatorContext& context, const Pairs& pairs, DType result);

}  // namespace lamina
