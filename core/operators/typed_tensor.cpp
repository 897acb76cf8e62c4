#include "core/operators/typed_tensor.h"

#include "core/operators/numbers.h"

namespace lamina {

TypedTensor::TypedTensor(Shape shapeOf, DType typeOf)
    : shape(std::move(shapeOf)), type(typeOf), bytes(static_cast<std::size_t>(elementCount(shape)) * dtypeSize(typeOf)) {}

HostTensor TypedTensor::host() const { return {const_cast<std::byte*>(bytes.data()), type, &shape}; }

TypedTensor integersTensor(const std::vector<std::int64_t>& numbers) {
    TypedTensor tensor({static_cast<std::int64_t>(numbers.size())}, DType::Int64);
    store(tensor.host(), numbers);
    return tensor;
}

TypedTensor scalarTensor(double number, DType type, Shape shape) {
    TypedTensor tensor(std::move(shape), type);
    store(tensor.host(), std::vector<double>(static_cast<std::size_t>(tensor.count()), number));
    return tensor;
}

}  // namespace lamina
