// A few lines of protobuf's wire format, so that files can lie in ways that no library would write. Field numbers: onnx.proto.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tensor/shape.h"

namespace lamina::wire {

inline std::string varint(std::uint64_t n) {
    std::string bytes;
    for (; n >= 0x80; n >>= 7) bytes += static_cast<char>(n | 0x80);
    return bytes + static_cast<char>(n);
}
inline std::string number(int field, std::uint64_t n) { return varint(static_cast<std::uint64_t>(field) << 3) + varint(n); }
inline std::string bytes(int field, const std::string& content) {
    return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(content.size()) + content;
}

inline std::string floats(const std::vector<float>& numbers) {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)};
}
inline std::string wholes(const std::vector<std::int64_t>& numbers) {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(std::int64_t)};
}
/// The message alone (a .pb file), and as an initializer of a graph: bytes(5, tensor(…)).
inline std::string tensor(const std::string& name, const Shape& dims, const std::string& raw, int type = 1) {
    std::string proto;
    for (auto size : dims) proto += number(1, static_cast<std::uint64_t>(size));
    return proto + number(2, static_cast<std::uint64_t>(type)) + bytes(8, name) + bytes(9, raw);
}
/// `attributes`: integer() and the like.
inline std::string node(const std::string& op, const std::vector<std::string>& inputs, const std::string& output,
                        const std::string& attributes = {}) {
    std::string proto;
    for (const auto& input : inputs) proto += bytes(1, input);
    return bytes(1, proto + bytes(2, output) + bytes(4, op) + attributes);
}
inline std::string integer(const std::string& name, std::int64_t n) {
    return bytes(5, bytes(1, name) + number(3, static_cast<std::uint64_t>(n)) + number(20, 2));
}
inline std::string value(int field, const std::string& name, const Shape& item) {
    std::string shape = bytes(1, bytes(2, "N"));
    for (auto size : item) shape += bytes(1, number(1, static_cast<std::uint64_t>(size)));
    return bytes(field, bytes(1, name) + bytes(2, bytes(1, number(1, 1) + bytes(2, shape))));
}
inline std::string model(const std::string& graph, std::uint64_t opset = 17) { return number(1, 8) + bytes(7, graph) + bytes(8, number(2, opset)); }

}  // namespace lamina::wire
