#include "core/tensor/shape.h"

namespace lamina {

std::int64_t elementCount(const Shape& shape) {
    std::int64_t count = 1;
    for (auto size : shape) count *= size;
    return count;
}

std::int64_t checkedElementCount(const Shape& shape, std::int64_t limit) {
    std::int64_t count = 1;
    for (auto size : shape)
        if (size < 0) return -1;
    for (auto size : shape)
        if (size == 0) return 0;
    for (auto size : shape) {
        if (count > limit / size) return -1;
        count *= size;
    }
    return count;
}

std::string shapeText(const Shape& shape) {
    if (shape.empty()) return "scalar";
    std::string text;
    for (auto size : shape) text += (text.empty() ? "" : "×") + std::to_string(size);
    return text;
}

std::size_t dtypeSize(DType type) {
    switch (type) {
        case DType::Float32: return 4;
        case DType::Float64: return 8;
        case DType::Int32: return 4;
        case DType::Int64: return 8;
        case DType::UInt8:
        case DType::Int8:
        case DType::Bool: return 1;
        case DType::Int16:
        case DType::UInt16:
        case DType::Float16: return 2;
        case DType::UInt32: return 4;
        case DType::UInt64: return 8;
    }
    return 0;
}

const char* dtypeName(DType type) {
    switch (type) {
        case DType::Float32: return "float32";
        case DType::Float64: return "float64";
        case DType::Int32: return "int32";
        case DType::Int64: return "int64";
        case DType::UInt8: return "uint8";
        case DType::Bool: return "bool";
        case DType::Int8: return "int8";
        case DType::Int16: return "int16";
        case DType::UInt16: return "uint16";
        case DType::UInt32: return "uint32";
        case DType::UInt64: return "uint64";
        case DType::Float16: return "float16";
    }
    return "?";
}

}  // namespace lamina
