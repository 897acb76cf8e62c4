#include "core/onnx/tensor_proto.h"

#include <cstring>

#include "core/operators/type_codes.h"

namespace lamina {
namespace {

constexpr std::int64_t mostElements = (std::int64_t{1} << 31) - 1;

/// The numbers of a field that is wider than the type, cut to its size.
template <class T, class Field> bool copyField(const Field& field, TypedTensor& tensor) {
    T* to = tensor.host().as<T>();
    for (const auto number : field) *to++ = static_cast<T>(number);
    return true;
}

int fieldSize(const onnx::TensorProto& proto, DType type) {
    switch (type) {
        case DType::Float32: return proto.float_data_size();
        case DType::Float64: return proto.double_data_size();
        case DType::Int64: return proto.int64_data_size();
        case DType::UInt32: case DType::UInt64: return proto.uint64_data_size();
        default: return proto.int32_data_size();
    }
}

bool fillFromField(const onnx::TensorProto& proto, TypedTensor& tensor) {
    switch (tensor.type) {
        case DType::Float32: return copyField<float>(proto.float_data(), tensor);
        case DType::Float64: return copyField<double>(proto.double_data(), tensor);
        case DType::Int64: return copyField<std::int64_t>(proto.int64_data(), tensor);
        case DType::UInt32: return copyField<std::uint32_t>(proto.uint64_data(), tensor);
        case DType::UInt64: return copyField<std::uint64_t>(proto.uint64_data(), tensor);
        case DType::Int32: return copyField<std::int32_t>(proto.int32_data(), tensor);
        case DType::Int16: return copyField<std::int16_t>(proto.int32_data(), tensor);
        case DType::UInt16: case DType::Float16: return copyField<std::uint16_t>(proto.int32_data(), tensor);
        case DType::Int8: return copyField<std::int8_t>(proto.int32_data(), tensor);
        case DType::UInt8: case DType::Bool: return copyField<std::uint8_t>(proto.int32_data(), tensor);
    }
    return false;
}

/// Only 0 and 1 are a bool in C++.
void straighten(TypedTensor& tensor) {
    if (tensor.type != DType::Bool) return;
    for (std::byte& value : tensor.bytes) value = std::byte{value != std::byte{0}};
}

}  // namespace

Result<TypedTensor> typedTensor(const onnx::TensorProto& proto) {
    if (proto.data_location() == onnx::TensorProto::EXTERNAL || proto.external_data_size() > 0)
        return fail("onnx.external_data", {{"tensor", proto.name()}});
    const auto type = typeOfCode(proto.data_type());
    if (!type) return fail("onnx.tensor_type", {{"tensor", proto.name()}});
    Shape shape(proto.dims().begin(), proto.dims().end());
    const std::int64_t count = checkedElementCount(shape, mostElements);
    const bool raw = proto.has_raw_data();
    const auto there = raw ? static_cast<std::int64_t>(proto.raw_data().size()) : fieldSize(proto, *type);
    if (count < 0 || there != count * (raw ? static_cast<std::int64_t>(dtypeSize(*type)) : 1))
        return fail("onnx.tensor_size", {{"tensor", proto.name()}});
    TypedTensor tensor(std::move(shape), *type);
    if (!raw) fillFromField(proto, tensor);
    else if (there > 0) std::memcpy(tensor.bytes.data(), proto.raw_data().data(), proto.raw_data().size());
    straighten(tensor);
    return tensor;
}

}  // namespace lamina
