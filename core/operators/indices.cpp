#include "core/operators/indices.h"

#include <algorithm>
#include <cstring>

#include "core/operators/numbers.h"

namespace lamina {
namespace {

template <class Use> void withSize(DType type, Use&& use) {
    switch (dtypeSize(type)) {
        case 1: return use(std::uint8_t{});
        case 2: return use(std::uint16_t{});
        case 4: return use(std::uint32_t{});
        default: return use(std::uint64_t{});
    }
}

/// A tensor of another real type, converted: constants are float32 where the device computes in float64.
std::vector<std::byte> convertedBytes(const HostTensor& from, DType type) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(from.count()) * dtypeSize(type));
    withFamily(type, [&]<class N>(N) { store(HostTensor{bytes.data(), type, from.shape}, load<N>(from)); });
    return bytes;
}

}  // namespace

std::vector<std::int64_t> stridesOf(const Shape& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t axis = shape.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * shape[axis];
    return strides;
}

bool broadcastTo(Shape& shape, const Shape& other) {
    if (other.size() > shape.size()) shape.insert(shape.begin(), other.size() - shape.size(), 1);
    const std::size_t skipped = shape.size() - other.size();
    for (std::size_t axis = 0; axis < other.size(); ++axis) {
        auto& size = shape[axis + skipped];
        if (size == 1) size = other[axis];
        else if (other[axis] != 1 && other[axis] != size) return false;
    }
    return true;
}

std::vector<std::int64_t> broadcastIndices(const Shape& from, const Shape& to) {
    const auto strides = stridesOf(from);
    const std::size_t skipped = to.size() - from.size();
    std::vector<std::vector<std::int64_t>> tables;
    for (std::size_t axis = 0; axis < to.size(); ++axis) {
        const bool repeated = axis < skipped || from[axis - skipped] == 1;
        tables.push_back(steps(to[axis], repeated ? 0 : strides[axis - skipped]));
    }
    return tableIndices(tables);
}

std::vector<std::int64_t> tableIndices(const std::vector<std::vector<std::int64_t>>& tables) {
    std::vector<std::int64_t> indices{0}, next;
    for (const auto& table : tables) {
        next.clear();
        next.reserve(indices.size() * table.size());
        for (const std::int64_t begin : indices)
            for (const std::int64_t place : table) next.push_back(begin < 0 || place < 0 ? -1 : begin + place);
        indices.swap(next);
    }
    return indices;
}

std::vector<std::int64_t> steps(std::int64_t count, std::int64_t stride, std::int64_t begin) {
    std::vector<std::int64_t> places(static_cast<std::size_t>(count));
    for (std::int64_t& place : places) {
        place = begin;
        begin += stride;
    }
    return places;
}

bool advance(std::vector<std::int64_t>& coordinates, const Shape& shape) {
    for (std::size_t axis = shape.size(); axis-- > 0;) {
        if (++coordinates[axis] < shape[axis]) return true;
        coordinates[axis] = 0;
    }
    return false;
}

void gatherElements(const HostTensor& from, const HostTensor& to, const std::vector<std::int64_t>& indices, const HostTensor* fill) {
    if (from.type != to.type) {
        const auto bytes = convertedBytes(from, to.type);
        return gatherElements(HostTensor{const_cast<std::byte*>(bytes.data()), to.type, from.shape}, to, indices, fill);
    }
    std::vector<std::byte> filling(8);
    if (fill) filling = convertedBytes(*fill, to.type);
    withSize(to.type, [&]<class T>(T element) {
        std::memcpy(&element, filling.data(), sizeof(T));
        T* target = to.as<T>();
        const T* source = from.as<T>();
        for (std::size_t i = 0; i < indices.size(); ++i) target[i] = indices[i] < 0 ? element : source[indices[i]];
    });
}

void scatterElements(const HostTensor& from, const HostTensor& to, const std::vector<std::int64_t>& indices) {
    if (from.type != to.type) {
        const auto bytes = convertedBytes(from, to.type);
        return scatterElements(HostTensor{const_cast<std::byte*>(bytes.data()), to.type, from.shape}, to, indices);
    }
    withSize(to.type, [&]<class T>(T) {
        const T* source = from.as<T>();
        for (std::size_t i = 0; i < indices.size(); ++i) to.as<T>()[indices[i]] = source[i];
    });
}

void copyElements(const HostTensor& from, const HostTensor& to) {
    if (to.count() == 0) return;
    if (from.type == to.type) std::memcpy(to.data, from.data, static_cast<std::size_t>(to.count()) * dtypeSize(to.type));
    else withFamily(to.type, [&]<class N>(N) { store(to, load<N>(from)); });
}

AxisSplit::AxisSplit(const Shape& shape, std::int64_t axis) : size(shape[static_cast<std::size_t>(axis)]) {
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (static_cast<std::int64_t>(i) < axis) outer *= shape[i];
        if (static_cast<std::int64_t>(i) > axis) inner *= shape[i];
    }
}

}  // namespace lamina
