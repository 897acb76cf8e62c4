// Numbers of any type as one of three families that kernels compute in: real (double), signed (int64), unsigned (uint64). Each holds every number of
// its types exactly. Real numbers are rounded when they are stored; whole numbers wrap around.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/host_function.h"

namespace lamina {

enum class Family : std::uint8_t { Real, Signed, Unsigned };
/// Bool counts as Signed.
Family familyOf(DType type);
bool isReal(DType type);

/// All numbers of a tensor. N is double, int64_t or uint64_t; a real number that a whole one is read from is cut off towards 0 and held to N's range.
template <class N> std::vector<N> load(const HostTensor& tensor);
/// Writes as many numbers as the tensor has. A number other than 0 is true.
template <class N> void store(const HostTensor& tensor, const std::vector<N>& numbers);

/// Calls use(N{}) with the family's type.
template <class Use> void withFamily(DType type, Use&& use) {
    switch (familyOf(type)) {
        case Family::Real: return use(double{});
        case Family::Signed: return use(std::int64_t{});
        case Family::Unsigned: return use(std::uint64_t{});
    }
}

/// IEEE half precision, rounded to the nearest, ties to even.
std::uint16_t halfFromFloat(float number);
float floatFromHalf(std::uint16_t bits);

}  // namespace lamina
