// How operators are written into graphs; the numbers they give are compared with ONNX's own in tests/core/onnx/conformance_test.cpp.
#include <gtest/gtest.h>

#include <limits>

#include "core/engine/program.h"
#include "core/operators/numbers.h"
#include "core/operators/operator_type.h"

namespace lamina {
namespace {

OperatorNode node(const std::string& op, std::map<std::string, OnnxAttribute> attributes = {}, std::size_t outputs = 1) {
    OperatorNode made;
    made.node.op = op;
    made.node.name = "here";
    made.node.attributes = std::move(attributes);
    for (std::size_t i = 0; i < outputs; ++i) made.node.outputs.push_back("out" + std::to_string(i));
    return made;
}

Operand real(Graph& graph, Shape shape) { return operandOf(graph, graph.input("x", std::move(shape))); }
Operand whole(const std::vector<std::int64_t>& numbers) { return operandOf(integersTensor(numbers)); }

std::string refusal(const OperatorNode& asked, std::vector<Operand> inputs, std::int64_t opset = 17) {
    Graph graph;
    std::vector<Operand> own;
    for (Operand& input : inputs) own.push_back(input.known ? input : real(graph, input.shape));
    const auto results = translateOperator(graph, asked, opset, std::move(own));
    return results ? "accepted" : results.error().code;
}
Operand shaped(Shape shape) { return {std::move(shape), DType::Float32, 0, nullptr}; }

TEST(Operators, ShapesThatAreComputedAreKnownWhenTheGraphIsMade) {
    Graph graph;
    const Operand x = real(graph, {4, 3, 2});
    const auto sizes = translateOperator(graph, node("Shape"), 17, {x});
    const auto first = translateOperator(graph, node("Gather"), 17, {(*sizes)[0], whole({0})});
    const auto target = translateOperator(graph, node("Concat", {{"axis", std::int64_t{0}}}), 17, {(*first)[0], whole({-1})});
    const auto flat = translateOperator(graph, node("Reshape"), 17, {x, (*target)[0]});
    ASSERT_TRUE(flat) << flat.error().debugText();
    EXPECT_EQ((*flat)[0].shape, (Shape{4, 6}));
    ASSERT_EQ(graph.ops.size(), 1u);
    EXPECT_EQ(graph.ops[0].kind, OpKind::Reshape);
}

TEST(Operators, RealNumbersAreWrittenInOpsThatHaveAGradient) {
    const std::vector<std::pair<OperatorNode, std::vector<Shape>>> cases{{node("Conv"), {{1, 2, 5, 5}, {3, 2, 3, 3}}},
                                                                         {node("HardSwish"), {{2, 3}}},
                                                                         {node("Gemm"), {{2, 3}, {3, 4}, {4}}},
                                                                         {node("MatMul"), {{5, 2, 3}, {3, 4}}},
                                                                         {node("PRelu"), {{2, 3}, {3}}},
                                                                         {node("LayerNormalization"), {{2, 3}, {3}, {3}}},
                                                                         {node("Transpose"), {{2, 3}}},
                                                                         {node("Softmax"), {{2, 3}}},
                                                                         {node("ReduceMean"), {{2, 3}}},
                                                                         {node("ConvTranspose"), {{1, 3, 4, 4}, {3, 2, 3, 3}}},
                                                                         {node("InstanceNormalization"), {{2, 3, 4}, {3}, {3}}}};
    for (const auto& [operation, shapes] : cases) {
        Graph graph;
        std::vector<Operand> inputs;
        std::vector<ValueId> wanted;
        for (const Shape& shape : shapes) {
            inputs.push_back(real(graph, shape));
            wanted.push_back(inputs.back().value);
        }
        const auto results = translateOperator(graph, operation, 17, inputs);
        ASSERT_TRUE(results) << operation.node.op << ": " << results.error().debugText();
        const ValueId loss = ops::reduce(graph, ReduceKind::Sum, (*results)[0].value, {});
        for (const ValueId gradient : appendGradients(graph, loss, wanted)) EXPECT_NE(gradient, noValue) << operation.node.op;
        EXPECT_FALSE(graph.error()) << graph.error()->debugText();
    }
}

TEST(Operators, KernelsTakeKnownTensorsInTheNodesPlaces) {
    Graph graph;
    const Operand x = operandOf(graph, graph.input("x", {3}, DType::Int64));
    const auto results = translateOperator(graph, node("Sub"), 17, {whole({10, 20, std::numeric_limits<std::int64_t>::max()}), x});
    ASSERT_TRUE(results) << results.error().debugText();
    const auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    const ValueId y = (*results)[0].value;
    auto program = Program::create(std::move(graph), *device, store, {y}, 0);
    ASSERT_TRUE(program) << program.error().debugText();
    const auto in = (*program)->span<std::int64_t>(x.value);
    in[0] = 1;
    in[1] = 2;
    in[2] = 3;
    (*program)->run({});
    const auto out = (*program)->span<std::int64_t>(y);
    EXPECT_EQ(out[0], 9);
    EXPECT_EQ(out[1], 18);
    EXPECT_EQ(out[2], std::numeric_limits<std::int64_t>::max() - 3);
}

TEST(Operators, ClaimsAreDecidedByOpsetTypesAndAttributes) {
    const std::vector<std::optional<DType>> reals{DType::Float32, DType::Float32}, texts{DType::Bool, DType::Bool};
    EXPECT_TRUE(claims(node("Add"), 7, reals));
    EXPECT_FALSE(claims(node("Add"), 6, reals)) << "before opset 7 broadcasting was another";
    EXPECT_FALSE(claims(node("Add"), 17, texts));
    EXPECT_FALSE(claims(node("Add"), newestOpset + 1, reals));
    EXPECT_FALSE(claims(node("Frobnicate"), 17, reals));
    EXPECT_FALSE(claims(node("Cast", {{"to", std::int64_t{8}}}), 17, std::vector<std::optional<DType>>{DType::Float32})) << "text";
    OperatorNode foreign = node("Add");
    foreign.node.domain = "com.example";
    EXPECT_FALSE(claims(foreign, 17, reals));
}

TEST(Operators, ShapesThatAreNotKnownAreRefused) {
    Graph graph;
    const Operand x = real(graph, {6}), shape = operandOf(graph, graph.input("shape", {2}, DType::Int64));
    const auto results = translateOperator(graph, node("Reshape"), 17, {x, shape});
    ASSERT_FALSE(results);
    EXPECT_EQ(results.error().code, "onnx.operator_constant");
    EXPECT_EQ(results.error().argument("input"), "2");
    EXPECT_EQ(results.error().argument("node"), "here");
}

TEST(Operators, AttributesAndSizesThatCannotBeAreRefusedBeforeAnythingIsAllocated) {
    constexpr auto huge = std::int64_t{1} << 62, lowest = std::numeric_limits<std::int64_t>::min();
    const auto ints = [](std::vector<std::int64_t> numbers) { return OnnxAttribute(std::move(numbers)); };
    const Operand picture = shaped({1, 4, 5, 5});
    EXPECT_EQ(refusal(node("Tile"), {shaped({2, 2}), whole({huge, huge})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Expand"), {shaped({1}), whole({huge})}), "onnx.operator_size");
    EXPECT_EQ(refusal(node("Expand"), {shaped({1}), whole({-2})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("ConstantOfShape"), {whole({huge, huge})}), "onnx.operator_size");
    EXPECT_EQ(refusal(node("ConstantOfShape"), {whole({-1})}), "onnx.operator_size");
    EXPECT_EQ(refusal(node("Range"), {operandOf(scalarTensor(0, DType::Float32)), operandOf(scalarTensor(1e30, DType::Float32)),
                                      operandOf(scalarTensor(1, DType::Float32))}),
              "onnx.operator_size");
    EXPECT_EQ(refusal(node("Reshape"), {shaped({6}), whole({-1, -1})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Reshape"), {shaped({6}), whole({huge, 4, -1})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Reshape"), {shaped({6}), whole({4})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Slice"), {shaped({6}), whole({0}), whole({3}), whole({0}), whole({0})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Slice"), {shaped({6}), whole({lowest}), whole({lowest}), whole({0}), whole({lowest})}), "accepted");
    EXPECT_EQ(refusal(node("Pad"), {shaped({2}), whole({huge, huge})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Transpose", {{"perm", ints({0, 0})}}), {shaped({2, 2})}), "onnx.operator_axis");
    EXPECT_EQ(refusal(node("Softmax", {{"axis", lowest}}), {shaped({2, 2})}), "onnx.operator_axis");
    EXPECT_EQ(refusal(node("DepthToSpace", {{"blocksize", huge}}), {picture}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Conv", {{"strides", ints({0, 1})}}), {picture, shaped({2, 4, 3, 3})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Conv", {{"pads", ints({huge, 0, 0, 0})}}), {picture, shaped({2, 4, 3, 3})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Conv", {{"group", std::int64_t{0}}}), {picture, shaped({2, 4, 3, 3})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Conv"), {picture, shaped({2, 3, 3, 3})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("MaxPool", {{"kernel_shape", ints({-1, 2})}}), {picture}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("ConvTranspose", {{"output_shape", ints({huge, huge})}}), {picture, shaped({4, 2, 3, 3})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("Einsum", {{"equation", std::string("ij,jk,kl->il")}}), {shaped({2, 2}), shaped({2, 2})}), "onnx.operator_attribute");
    EXPECT_EQ(refusal(node("LSTM"), {shaped({2, 1, 3}), shaped({1, 8, 3}), shaped({1, 8, 3})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Split", {{"split", ints({3, huge})}}, 2), {shaped({6})}), "onnx.operator_shapes");
    EXPECT_EQ(refusal(node("Add"), {shaped({2})}), "onnx.operator_unknown");
}

TEST(Operators, HalfPrecisionRoundsToTheNearestEvenNumber) {
    // Published patterns of IEEE 754 binary16.
    const std::vector<std::pair<float, std::uint16_t>> patterns{{0.0f, 0x0000},     {-0.0f, 0x8000},          {1.0f, 0x3c00},     {-2.0f, 0xc000},
                                                                {65504.0f, 0x7bff}, {65519.0f, 0x7bff},       {65520.0f, 0x7c00}, {0x1p-24f, 0x0001},
                                                                {0x1p-14f, 0x0400}, {0.333251953125f, 0x3555}};
    for (const auto& [number, bits] : patterns) EXPECT_EQ(halfFromFloat(number), bits) << number;
    EXPECT_EQ(halfFromFloat(1.0f + 0x1p-11f), 0x3c00) << "a tie goes to the even one";
    EXPECT_EQ(halfFromFloat(1.0f + 3 * 0x1p-11f), 0x3c02);
    EXPECT_EQ(floatFromHalf(0x3555), 0.333251953125f);
    EXPECT_EQ(floatFromHalf(0x0001), 0x1p-24f);
    for (std::uint32_t bits = 0; bits < 0x7c00; ++bits) ASSERT_EQ(halfFromFloat(floatFromHalf(static_cast<std::uint16_t>(bits))), bits);
}

}  // namespace
}  // namespace lamina
