#include "core/onnx/node.h"

namespace lamina {
namespace {

template <class T> const T* find(const std::map<std::string, OnnxAttribute>& attributes, const std::string& name) {
    const auto it = attributes.find(name);
    return it == attributes.end() ? nullptr : std::get_if<T>(&it->second);
}

}  // namespace

std::int64_t OnnxNode::integer(const std::string& attribute, std::int64_t otherwise) const {
    const auto* value = find<std::int64_t>(attributes, attribute);
    return value ? *value : otherwise;
}

double OnnxNode::number(const std::string& attribute, double otherwise) const {
    const auto* value = find<double>(attributes, attribute);
    return value ? *value : otherwise;
}

std::string OnnxNode::text(const std::string& attribute, const std::string& otherwise) const {
    const auto* value = find<std::string>(attributes, attribute);
    return value ? *value : otherwise;
}

std::vector<std::int64_t> OnnxNode::integers(const std::string& attribute, std::vector<std::int64_t> otherwise) const {
    const auto* value = find<std::vector<std::int64_t>>(attributes, attribute);
    return value ? *value : std::move(otherwise);
}

}  // namespace lamina
