#include "core/engine/numbers.h"

#include <algorithm>

#include "core/tensor/half.h"

namespace lamina {

namespace {

/// Calls use(T{}) for the type's C++ type.
template <class Use>
void dispatch(DType type, Use&& use) {
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

std::vector<double> numbersAt(const void* memory, DType type, std::size_t count) {
    std::vector<double> numbers;
    dispatch(type, [&]<class T>(T) {
        const T* begin = static_cast<const T*>(memory);
        numbers.assign(begin, begin + count);
    });
    return numbers;
}

void setNumbersAt(void* memory, DType type, std::span<const double> numbers) {
    dispatch(type, [&]<class T>(T) {
        std::transform(numbers.begin(), numbers.end(), static_cast<T*>(memory), [](double number) { return static_cast<T>(number); });
    });
}

}  // namespace lamina
