#include "core/engine/graph.h"

#include <algorithm>

#include "core/engine/op_type.h"

namespace lamina {

namespace {

constexpr std::size_t mostAxes = 8;
constexpr std::int64_t mostElements = std::int64_t{1} << 40;

Result<void> checkShape(const Shape& shape) {
    if (shape.size() > mostAxes) return fail("op.too_many_axes", {{"shape", shapeText(shape)}, {"limit", std::to_string(mostAxes)}});
    if (checkedElementCount(shape, mostElements) < 0) return fail("op.too_large", {{"shape", shapeText(shape)}});
    return {};
}

/// Everything else computes with real numbers only.
bool readsWholeNumbers(OpKind kind) {
    switch (kind) {
        case OpKind::Reshape:
        case OpKind::Gather:
        case OpKind::GatherBackward:
        case OpKind::OneHot:
        case OpKind::CrossEntropy:
        case OpKind::CrossEntropyBackward:
        case OpKind::Recurrent:
        case OpKind::RecurrentBackward:
        case OpKind::HostFunction: return true;
        default: return false;
    }
}

Result<void> checkTypes(const Op& op, const std::vector<const Value*>& inputs) {
    for (std::size_t i = 0; i < inputs.size() && !readsWholeNumbers(op.kind); ++i)
        if (inputs[i]->type != DType::Float32) return fail("op.real_input", {{"input", std::to_string(i + 1)}, {"type", dtypeName(inputs[i]->type)}});
    return {};
}

}  // namespace

void Graph::refuse(Error error) {
    if (!m_error) m_error = std::move(error);
}

ValueId Graph::addValue(Value value) {
    if (m_error) return noValue;
    if (auto fits = checkShape(value.shape); !fits) {
        refuse(fits.takeError().with("op", value.name).with("node", origin));
        return noValue;
    }
    values.push_back(std::move(value));
    return static_cast<ValueId>(values.size() - 1);
}

ValueId Graph::input(std::string name, Shape shape, DType type) {
    return addValue({std::move(name), std::move(shape), type, ValueRole::Input, {}});
}

namespace {

/// What is stored under one name is one value, however often it is asked for: its users share it.
ValueId findStored(const std::vector<Value>& values, const std::string& name, const Shape& shape, ValueRole role) {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i].role == role && values[i].name == name && values[i].shape == shape) return static_cast<ValueId>(i);
    return noValue;
}

}  // namespace

ValueId Graph::parameter(std::string name, Shape shape, Initializer initializer) {
    if (const ValueId there = findStored(values, name, shape, ValueRole::Parameter); there != noValue) return there;
    return addValue({std::move(name), std::move(shape), DType::Float32, ValueRole::Parameter, initializer});
}

ValueId Graph::state(std::string name, Shape shape, double start) {
    if (const ValueId there = findStored(values, name, shape, ValueRole::State); there != noValue) return there;
    return addValue({std::move(name), std::move(shape), DType::Float32, ValueRole::State, {.kind = Initializer::Kind::Constant, .value = start}});
}

ValueId Graph::constant(std::string name, Shape shape, std::vector<double> numbers) {
    const std::int64_t found = static_cast<std::int64_t>(numbers.size());
    if (checkedElementCount(shape, mostElements) != found) {
        refuse(fail("op.constant_size", {{"op", name}, {"node", origin}, {"shape", shapeText(shape)}, {"found", std::to_string(found)}}));
        return noValue;
    }
    const ValueId id = addValue({std::move(name), std::move(shape), DType::Float32, ValueRole::Constant, {}});
    if (id != noValue) constants.emplace_back(id, std::move(numbers));
    return id;
}

std::vector<ValueId> Graph::add(OpKind kind, std::vector<ValueId> inputs, OpAttributes attributes) {
    const OpType& type = opType(kind);
    Op op{kind, std::move(inputs), {}, std::move(attributes), origin};
    std::vector<const Value*> read;
    const bool complete = std::find(op.inputs.begin(), op.inputs.end(), noValue) == op.inputs.end();
    if (!complete) refuse(fail("op.missing_input", {{"op", type.name}, {"node", origin}}));
    if (!m_error)
        for (ValueId id : op.inputs) read.push_back(&value(id));
    // Even a refused op gives as many outputs as the largest op has, so that a builder can take them apart without a check.
    const std::vector<ValueId> nothing(3, noValue);
    if (m_error) return nothing;
    if (auto fits = checkTypes(op, read); !fits) refuse(fits.takeError().with("op", type.name).with("node", origin));
    if (m_error) return nothing;
    auto inferred = type.infer(op, read);
    if (!inferred) {
        refuse(inferred.takeError().with("op", type.name).with("node", origin));
        return nothing;
    }
    const std::string name = origin.empty() ? type.name : origin + "/" + type.name;
    for (auto& output : *inferred) op.outputs.push_back(addValue({name, std::move(output.shape), output.type, ValueRole::Computed, {}}));
    if (m_error) return nothing;
    ops.push_back(std::move(op));
    return ops.back().outputs;
}

ValueId Graph::addOne(OpKind kind, std::vector<ValueId> inputs, OpAttributes attributes) {
    return add(kind, std::move(inputs), std::move(attributes)).front();
}

const Op* Graph::producer(ValueId id) const {
    for (const Op& op : ops)
        if (std::find(op.outputs.begin(), op.outputs.end(), id) != op.outputs.end()) return &op;
    return nullptr;
}

const char* opName(OpKind kind) { return opType(kind).name; }

const char* unaryName(UnaryKind kind) {
    switch (kind) {
        case UnaryKind::Relu: return "relu";
        case UnaryKind::LeakyRelu: return "leaky_relu";
        case UnaryKind::Sigmoid: return "sigmoid";
        case UnaryKind::Tanh: return "tanh";
        case UnaryKind::Exp: return "exp";
        case UnaryKind::Log: return "log";
        case UnaryKind::Sqrt: return "sqrt";
        case UnaryKind::Square: return "square";
        case UnaryKind::Negate: return "negate";
        case UnaryKind::Abs: return "abs";
        case UnaryKind::Elu: return "elu";
        case UnaryKind::Gelu: return "gelu";
        case UnaryKind::GeluTanh: return "gelu_tanh";
        case UnaryKind::Silu: return "silu";
        case UnaryKind::Softplus: return "softplus";
        case UnaryKind::Mish: return "mish";
        case UnaryKind::Pow: return "pow";
        case UnaryKind::Offset: return "offset";
        case UnaryKind::Scale: return "scale";
    }
    return "";
}

const char* binaryName(BinaryKind kind) {
    switch (kind) {
        case BinaryKind::Add: return "add";
        case BinaryKind::Subtract: return "subtract";
        case BinaryKind::Multiply: return "multiply";
        case BinaryKind::Divide: return "divide";
        case BinaryKind::Maximum: return "maximum";
        case BinaryKind::Minimum: return "minimum";
    }
    return "";
}

}  // namespace lamina
