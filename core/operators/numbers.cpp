#include "core/operators/numbers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <type_traits>

namespace lamina {
namespace {

struct Half {
    std::uint16_t bits;
};

template <class To, class From> To converted(From number) {
    if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
        if (std::isnan(number)) return 0;
        const auto lowest = static_cast<From>(std::numeric_limits<To>::min()), highest = static_cast<From>(std::numeric_limits<To>::max());
        if (number <= lowest) return std::numeric_limits<To>::min();
        if (number >= highest) return std::numeric_limits<To>::max();
        return static_cast<To>(number);
    } else {
        return static_cast<To>(number);
    }
}

/// Whole numbers narrower than 64 bits wrap around also when they come from a real number, as every C compiler's way through int64 has it.
template <class To, class From> To narrowed(From number) {
    if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To> && sizeof(To) < 8) return static_cast<To>(converted<std::int64_t>(number));
    else return converted<To>(number);
}

template <class Use> void withElement(DType type, Use&& use) {
    switch (type) {
        case DType::Float32: return use(float{});
        case DType::Float64: return use(double{});
        case DType::Int32: return use(std::int32_t{});
        case DType::Int64: return use(std::int64_t{});
        case DType::UInt8: return use(std::uint8_t{});
        case DType::Bool: return use(bool{});
        case DType::Int8: return use(std::int8_t{});
        case DType::Int16: return use(std::int16_t{});
        case DType::UInt16: return use(std::uint16_t{});
        case DType::UInt32: return use(std::uint32_t{});
        case DType::UInt64: return use(std::uint64_t{});
        case DType::Float16: return use(Half{});
    }
}

}  // namespace

Family familyOf(DType type) {
    switch (type) {
        case DType::Float32: case DType::Float64: case DType::Float16: return Family::Real;
        case DType::UInt8: case DType::UInt16: case DType::UInt32: case DType::UInt64: return Family::Unsigned;
        default: return Family::Signed;
    }
}

bool isReal(DType type) { return familyOf(type) == Family::Real; }

template <class N> std::vector<N> load(const HostTensor& tensor) {
    std::vector<N> numbers(static_cast<std::size_t>(tensor.count()));
    withElement(tensor.type, [&]<class T>(T) {
        const T* from = tensor.as<T>();
        for (N& number : numbers) {
            if constexpr (std::is_same_v<T, Half>) number = converted<N>(floatFromHalf((from++)->bits));
            else if constexpr (std::is_same_v<T, bool>) number = *reinterpret_cast<const std::uint8_t*>(from++) != 0;
            else number = converted<N>(*from++);
        }
    });
    return numbers;
}

template <class N> void store(const HostTensor& tensor, const std::vector<N>& numbers) {
    const auto count = std::min(numbers.size(), static_cast<std::size_t>(tensor.count()));
    withElement(tensor.type, [&]<class T>(T) {
        T* to = tensor.as<T>();
        for (std::size_t i = 0; i < count; ++i) {
            if constexpr (std::is_same_v<T, Half>) to[i].bits = halfFromFloat(static_cast<float>(numbers[i]));
            else if constexpr (std::is_same_v<T, bool>) to[i] = numbers[i] != N{};
            else to[i] = narrowed<T>(numbers[i]);
        }
    });
}

template std::vector<double> load(const HostTensor&);
template std::vector<std::int64_t> load(const HostTensor&);
template std::vector<std::uint64_t> load(const HostTensor&);
template void store(const HostTensor&, const std::vector<double>&);
template void store(const HostTensor&, const std::vector<std::int64_t>&);
template void store(const HostTensor&, const std::vector<std::uint64_t>&);

std::uint16_t halfFromFloat(float number) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
    const float size = std::fabs(number);
    if (std::isnan(number)) return static_cast<std::uint16_t>(sign | 0x7e00u);
    if (size >= 65520.0f) return static_cast<std::uint16_t>(sign | 0x7c00u);
    if (size < 0x1p-14f) return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(std::nearbyint(size * 0x1p24f)));
    int exponent = 0;
    const float fraction = std::frexp(size, &exponent);
    const auto mantissa = static_cast<std::uint32_t>(std::nearbyint(fraction * 2048.0f));  // 1024 … 2048; 2048 carries into the exponent
    return static_cast<std::uint16_t>(sign | ((static_cast<std::uint32_t>(exponent + 13) << 10) + mantissa));
}

float floatFromHalf(std::uint16_t bits) {
    const int exponent = (bits >> 10) & 31, mantissa = bits & 1023;
    float size = std::ldexp(static_cast<float>(exponent ? mantissa + 1024 : mantissa), (exponent ? exponent : 1) - 25);
    if (exponent == 31) size = mantissa ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
    return bits & 0x8000u ? -size : size;
}

}  // namespace lamina
