// A graph of ops: what a network is compiled to before a device prepares it. Plain data, built once, run many times.
// Logical order is that of ONNX and PyTorch (N, C, H, W; row-major); the physical layout is the device's own business.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/shape.h"

namespace lamina {

/// Index of a value in its Graph.
using ValueId = std::int32_t;
constexpr ValueId noValue = -1;

enum class ValueRole : std::uint8_t {
    Input,      ///< written by the caller before each run
    Parameter,  ///< trainable, lives in the ParameterStore
    State,      ///< not trainable, lives in the ParameterStore (running statistics, optimizer slots)
    Constant,   ///< a number or small table known at compile time (Graph::constants)
    Computed,   ///< made by an op; lives in the arena
};

/// How a parameter starts. Formulas: Glorot & Bengio 2010, He et al. 2015, LeCun et al. 1998 (1/fanIn); Orthogonal (Saxe et al. 2014): rows or
/// columns of the matrix [first axis, the others] that are at right angles, times `value` (0 counts as 1).
struct Initializer {
    enum class Kind : std::uint8_t {
        Constant, GlorotUniform, GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal, Orthogonal, Uniform, Normal
    } kind = Kind::Constant;
    double value = 0;  ///< Constant: the number; Uniform: the limit; Normal: the deviation
    std::int64_t fanIn = 1;
    std::int64_t fanOut = 1;
};

struct Value {
    std::string name;  ///< inputs: "images"; parameters: "node/weight"; computed: "node/op"
    Shape shape;
    DType type = DType::Float32;  ///< Float32 means "the device's real number": float64 in the float64 reference device
    ValueRole role = ValueRole::Computed;
    Initializer initializer;  ///< parameters and states
};

/// The ops. Each has one file in core/engine/ops (shape, gradient, cost), in reference/ and in cpu/. See ops.h for what each computes.
enum class OpKind : std::uint8_t {
    Gemm, Conv2d, Conv2dBackwardData, Conv2dBackwardWeights,
    MaxPool2d, MaxPool2dBackward, AveragePool2d, AveragePool2dBackward,
    Unary, UnaryBackward, Binary, Reduce, Broadcast, Reshape, Concat, Slice,
    Transpose, Pad, MatMul, Gather, GatherBackward, OneHot,
    Softmax, SoftmaxBackward, LogSoftmax, CrossEntropy, CrossEntropyBackward, BinaryCrossEntropy, BinaryCrossEntropyBackward,
    BatchNormTraining, BatchNormInference, BatchNormBackward, LayerNorm, LayerNormBackward,
    Recurrent, RecurrentBackward,
    Dropout, GaussianNoise, AllFinite, OptimizerUpdate, HostFunction,
};

/// Point-wise functions of one number; formulas and derivatives in core/engine/formulas/activations.h.
enum class UnaryKind : std::uint8_t {
    Relu, LeakyRelu, Sigmoid, Tanh, Exp, Log, Sqrt, Square, Negate, Abs,
    Elu, Gelu, GeluTanh, Silu, Softplus, Mish, Pow, Offset, Scale,
};
constexpr UnaryKind lastUnaryKind = UnaryKind::Scale;  ///< tests go through all of them: keep it at the end
enum class BinaryKind : std::uint8_t { Add, Subtract, Multiply, Divide, Maximum, Minimum };
enum class ReduceKind : std::uint8_t { Sum, Mean, Maximum };
/// Ema is no optimizer but the running average of a parameter, kept in a slot beside it: see ops::optimizerUpdate.
enum class OptimizerKind : std::uint8_t { Sgd, Adam, AdamW, Nadam, RmsProp, Adagrad, Lion, Ema };
/// Gates in the order of ONNX: Lstm input, output, forget, cell; Gru update, reset, hidden.
enum class RecurrentKind : std::uint8_t { Simple, Lstm, Gru };

/// How a product or convolution multiplies. Bfloat16: both operands are rounded to the nearest bfloat16 (ties to even) first, their products are
/// summed in float32 or better, and what comes out is float32. Numbers below 2^-126 may count as 0.
enum class Precision : std::uint8_t { Float32, Bfloat16 };

struct GemmAttributes {
    bool transposeA = false, transposeB = false;
    /// Filled by the fusion pass: inputs are then A, B, bias[N]; `activation` is applied last.
    bool bias = false;
    std::optional<UnaryKind> activation;
    double activationAlpha = 0;
    Precision precision = Precision::Float32;
    bool operator==(const GemmAttributes&) const = default;
};
/// Windows of convolution and pooling. Padding: top, left, bottom, right.
struct WindowAttributes {
    std::array<std::int64_t, 2> kernel{1, 1}, stride{1, 1}, dilation{1, 1};
    std::array<std::int64_t, 4> padding{0, 0, 0, 0};
    std::int64_t groups = 1;       ///< convolution
    bool countPadding = false;     ///< average pooling: padded places count in the divisor
    bool bias = false;             ///< convolution after fusion: third input is bias[C]
    std::optional<UnaryKind> activation;  ///< convolution after fusion
    double activationAlpha = 0;
    Shape otherShape;              ///< backward ops: the shape of what they give (input, weights)
    Precision precision = Precision::Float32;  ///< convolution and its gradients
    bool operator==(const WindowAttributes&) const = default;
};
struct UnaryAttributes {
    UnaryKind kind = UnaryKind::Relu;
    double alpha = 0;  ///< LeakyRelu: slope below 0; Elu: its factor below 0; Pow: exponent; Offset: what is added; Scale: factor
    bool operator==(const UnaryAttributes&) const = default;
};
struct BinaryAttributes {
    BinaryKind kind = BinaryKind::Add;
    bool operator==(const BinaryAttributes&) const = default;
};
struct ReduceAttributes {
    ReduceKind kind = ReduceKind::Sum;
    std::vector<std::int64_t> axes;  ///< kept with size 1 where keepAxes
    bool keepAxes = false;
    bool operator==(const ReduceAttributes&) const = default;
};
/// Reshape and Broadcast: the shape given.
struct ShapeAttributes {
    Shape shape;
    bool operator==(const ShapeAttributes&) const = default;
};
/// Softmax and Concat: the axis. Slice: axis, begin, length.
struct AxisAttributes {
    std::int64_t axis = -1, begin = 0, length = 0;
    bool operator==(const AxisAttributes&) const = default;
};
struct BatchNormAttributes {
    double epsilon = 1e-5;
    double momentum = 0.1;  ///< running = (1 - momentum) · running + momentum · batch (PyTorch's and ONNX's sense reversed: see ops.h)
    bool operator==(const BatchNormAttributes&) const = default;
};
struct DropoutAttributes {
    double rate = 0.5;
    std::uint64_t stream = 0;  ///< streamOf("dropout:" + node path)
    bool operator==(const DropoutAttributes&) const = default;
};
/// Transpose: axis i of the output is axis axes[i] of the input.
struct TransposeAttributes {
    std::vector<std::int64_t> axes;
    bool operator==(const TransposeAttributes&) const = default;
};
/// Numbers added before and after every axis (0 or more of each), all equal to `value`.
struct PadAttributes {
    std::vector<std::int64_t> before, after;
    double value = 0;
    bool operator==(const PadAttributes&) const = default;
};
struct LayerNormAttributes {
    double epsilon = 1e-5;
    bool centered = true;  ///< false: RMSNorm, the mean is taken for 0
    bool affine = true;    ///< inputs gamma and beta (beta only where centered) are there
    bool operator==(const LayerNormAttributes&) const = default;
};
struct RecurrentAttributes {
    RecurrentKind kind = RecurrentKind::Lstm;
    bool reverse = false;     ///< from the last time to the first
    bool lengths = false;     ///< the last input is lengths[N]: later times of an item are 0 and do not touch its state
    bool relu = false;        ///< Simple: ReLU instead of tanh
    bool operator==(const RecurrentAttributes&) const = default;
};
struct NoiseAttributes {
    double deviation = 0.1;
    std::uint64_t stream = 0;  ///< streamOf("noise:" + node path)
    bool operator==(const NoiseAttributes&) const = default;
};
/// A function on whole tensors in host memory, for what has neither gradient nor kernel of its own; core/engine/host_function.h.
class HostFunction;
struct HostFunctionAttributes {
    std::shared_ptr<const HostFunction> function;
    bool operator==(const HostFunctionAttributes&) const = default;
};
struct OptimizerAttributes {
    OptimizerKind kind = OptimizerKind::Sgd;
    /// RmsProp and Ema: beta2 is the part that is kept.
    double momentum = 0, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0;
    bool nesterov = false;  ///< Sgd with momentum
    bool operator==(const OptimizerAttributes&) const = default;
};

using OpAttributes = std::variant<std::monostate, GemmAttributes, WindowAttributes, UnaryAttributes, BinaryAttributes, ReduceAttributes, ShapeAttributes,
                                  AxisAttributes, BatchNormAttributes, DropoutAttributes, OptimizerAttributes, TransposeAttributes, PadAttributes,
                                  LayerNormAttributes, RecurrentAttributes, NoiseAttributes, HostFunctionAttributes>;

struct Op {
    OpKind kind;
    std::vector<ValueId> inputs;
    std::vector<ValueId> outputs;
    OpAttributes attributes;
    std::string origin;  ///< path of the network node that asked for it ("" for what the compiler added)

    template <class T> const T& as() const { return std::get<T>(attributes); }
    template <class T> T& as() { return std::get<T>(attributes); }
};

/// Ops in the order they run (every input is made before it is used) and the values between them.
class Graph {
public:
    ValueId addValue(Value value);
    ValueId input(std::string name, Shape shape, DType type = DType::Float32);
    ValueId parameter(std::string name, Shape shape, Initializer initializer);
    ValueId state(std::string name, Shape shape, double start);
    ValueId constant(std::string name, Shape shape, std::vector<double> numbers);

    /// Appends an op: infers its output shapes (core/engine/op_type.h) and gives its outputs. Where an input is noValue or the
    /// shapes do not fit, the first problem is kept in error() and all outputs are noValue: builders need no check after every line.
    std::vector<ValueId> add(OpKind kind, std::vector<ValueId> inputs, OpAttributes attributes = {});
    ValueId addOne(OpKind kind, std::vector<ValueId> inputs, OpAttributes attributes = {});

    const Value& value(ValueId id) const { return values[static_cast<std::size_t>(id)]; }
    const Shape& shape(ValueId id) const { return value(id).shape; }
    /// The op that makes this value, or nullptr.
    const Op* producer(ValueId id) const;

    /// The node path written into ops added from now on.
    std::string origin;

    std::vector<Value> values;
    std::vector<Op> ops;
    std::vector<std::pair<ValueId, std::vector<double>>> constants;

    /// The first thing that went wrong while building; later adds give noValue.
    const std::optional<Error>& error() const { return m_error; }
    void refuse(Error error);
    /// Forgets everything from these counts on, and the problem: back to where a failed piece began.
    void truncate(std::size_t valueCount, std::size_t opCount, std::size_t constantCount) {
        values.resize(valueCount);
        ops.resize(opCount);
        constants.resize(constantCount);
        m_error.reset();
    }

private:
    std::optional<Error> m_error;
};

const char* opName(OpKind kind);
const char* unaryName(UnaryKind kind);
const char* binaryName(BinaryKind kind);

}  // namespace lamina
