// Foreign models with operators that no layer stands for; tensors of every type and the ways in which they lie.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>

#include "core/onnx/graph_run.h"
#include "core/onnx/import.h"
#include "core/onnx/lamina_run.h"
#include "core/onnx/proof.h"
#include "core/operators/numbers.h"
#include "tests/core/onnx/example_models.h"
#include "tests/core/onnx/wire_format.h"
#include "tests/support/temporary_folder.h"

using namespace lamina;
using namespace lamina::wire;

namespace {

const std::vector<float> factors{0.5f, -1, 2, 1.5f};

/// x[N,4,3] → Sin → · factors[4,1] → Reshape to [N, 12], its shape computed from that of x → ThresholdedRelu → y.
std::string chainModel() {
    const std::string shape =
        node("Shape", {"x"}, "s") + node("Gather", {"s", "first"}, "n") + node("Concat", {"n", "twelve"}, "t", integer("axis", 0));
    return model(shape + node("Sin", {"x"}, "a") + node("Mul", {"a", "k"}, "b") + node("Reshape", {"b", "t"}, "c") +
                 node("ThresholdedRelu", {"c"}, "y") + bytes(5, tensor("k", {4, 1}, floats(factors))) +
                 bytes(5, tensor("first", {1}, wholes({0}), 7)) + bytes(5, tensor("twelve", {1}, wholes({12}), 7)) + value(11, "x", {4, 3}) +
                 value(12, "y", {12}));
}

/// What that is, written out.
std::vector<float> chainNumbers(const std::vector<float>& x) {
    std::vector<float> y;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const float number = std::sin(x[i]) * factors[i / 3 % 4];
        y.push_back(number > 1 ? number : 0);
    }
    return y;
}

class OperatorImportTest : public ::testing::Test {
protected:
    Path write(const std::string& name, const std::string& content) {
        std::ofstream(m_folder / name, std::ios::binary | std::ios::trunc) << content;
        return m_folder / name;
    }
    std::string refusedTensor(const std::string& content) {
        const auto read = readTensorFile(write("t.pb", content));
        return read ? "accepted" : read.error().code;
    }
    TemporaryFolder m_folder;
};

void expectNumbers(const OnnxTensor& tensor, const std::vector<float>& expected) {
    const auto& found = std::get<std::vector<float>>(tensor.data);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-6) << i;
}

}  // namespace

TEST_F(OperatorImportTest, OperatorsWithoutALayerAreKeptRunAndWrittenAgain) {
    const Path file = write("m.onnx", chainModel());
    const auto imported = importOnnx(file);
    ASSERT_TRUE(imported) << imported.error().debugText();
    std::set<std::string> types;
    for (const auto& layer : imported->network.nodes) types.insert(layer.type);
    EXPECT_TRUE(types.count("operator"));
    EXPECT_TRUE(types.count("reshape")) << "what decides shapes was worked out";

    const std::vector<float> x = someNumbers(24, "x", -3, 3);
    const std::map<std::string, OnnxTensor> inputs{{imported->network.nodes[0].name, {{2, 4, 3}, x}}};
    const auto ran = runInLamina({file, inputs, {}});
    ASSERT_TRUE(ran) << ran.error().debugText();
    expectNumbers(ran->at("output"), chainNumbers(x));

    const auto exported = exportOnnx(imported->network, imported->parameters, {}, m_folder / "again.onnx");
    ASSERT_TRUE(exported) << exported.error().debugText();
    const auto proven = proveOnnx(m_folder / "again.onnx", inputs, {{"output", {{2, 12}, chainNumbers(x)}}});
    ASSERT_TRUE(proven) << proven.error().debugText();
    EXPECT_LT(proven->largestDifference, 1e-5) << proven->checkedBy;
}

TEST_F(OperatorImportTest, OperatorsOfRealNumbersAreTrained) {
    const auto imported =
        importOnnx(write("m.onnx", model(node("Celu", {"x"}, "a") + node("Mul", {"a", "k"}, "y") + bytes(5, tensor("k", {4, 1}, floats(factors))) +
                                         value(11, "x", {4, 3}) + value(12, "y", {4, 3}))));
    ASSERT_TRUE(imported) << imported.error().debugText();
    auto network = inferenceGraph(imported->network, 2);
    ASSERT_TRUE(network) << network.error().debugText();
    Graph& graph = network->graph;
    ASSERT_EQ(imported->parameters.size(), 1u);
    const auto& [name, weights] = *imported->parameters.begin();
    const auto parameter = std::find_if(graph.values.begin(), graph.values.end(), [&key = name](const Value& value) { return value.name == key; });
    ASSERT_NE(parameter, graph.values.end());
    const ValueId loss = ops::reduce(graph, ReduceKind::Sum, network->values.at(network->output), {});
    const ValueId gradient = appendGradients(graph, loss, {static_cast<ValueId>(parameter - graph.values.begin())})[0];
    ASSERT_NE(gradient, noValue);

    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    ASSERT_TRUE(store.writeFloats(name, weights.shape, ValueRole::Parameter, std::get<std::vector<float>>(weights.data)));
    const ValueId input = network->values.at(network->inputs[0]);
    auto program = Program::create(graph, *device, store, {gradient}, 0);
    ASSERT_TRUE(program) << program.error().debugText();
    const std::vector<float> x = someNumbers(24, "x", -3, 3);
    (*program)->write(input, std::vector<double>(x.begin(), x.end()));
    (*program)->run({});
    const auto found = (*program)->read(gradient);
    ASSERT_EQ(found.size(), 4u);
    for (std::size_t row = 0; row < 4; ++row) {
        double expected = 0;
        for (std::size_t i = 0; i < 24; ++i)
            if (i / 3 % 4 == row) expected += x[i] > 0 ? x[i] : std::expm1(static_cast<double>(x[i]));
        EXPECT_NEAR(found[row], expected, 1e-9) << row;
    }
}

TEST_F(OperatorImportTest, AnOperatorThatLaminaLacksIsNamed) {
    const auto imported = importOnnx(write("m.onnx", model(node("Frobnicate", {"x"}, "y") + value(11, "x", {4}) + value(12, "y", {4}))));
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, "onnx.unknown_op");
    EXPECT_EQ(imported.error().argument("op"), "Frobnicate");
}

TEST_F(OperatorImportTest, AnyModelOfOperatorsRunsAsAGraph) {
    const auto read = readOperatorModel(write("m.onnx", chainModel()));
    ASSERT_TRUE(read) << read.error().debugText();
    const auto needed = importGraph(*read, {});
    ASSERT_FALSE(needed);
    EXPECT_EQ(needed.error().code, "onnx.input_form") << "the batch is free";
    auto graph = importGraph(*read, {{{"x", {2, 4, 3}}}, {}});
    ASSERT_TRUE(graph) << graph.error().debugText();
    EXPECT_EQ(graph->weights.count("k"), 1u);
    const auto device = makeReferenceDevice(DType::Float64);
    auto program = OperatorProgram::create(std::move(*graph), *device);
    ASSERT_TRUE(program) << program.error().debugText();
    const std::vector<float> x = someNumbers(24, "x", -3, 3);
    TypedTensor input({2, 4, 3}, DType::Float32);
    store(input.host(), std::vector<double>(x.begin(), x.end()));
    const auto ran = program->run({{"x", input}});
    ASSERT_TRUE(ran) << ran.error().debugText();
    const auto numbers = load<double>(ran->at("y").host());
    expectNumbers({ran->at("y").shape, std::vector<float>(numbers.begin(), numbers.end())}, chainNumbers(x));
    const auto missing = program->run({});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().argument("input"), "x");
}

TEST_F(OperatorImportTest, TensorsThatLieAreRefusedBeforeTheyAreMade) {
    const Shape huge{std::int64_t{1} << 40, std::int64_t{1} << 40};
    EXPECT_EQ(refusedTensor(tensor("t", {2}, floats({1, 2}))), "accepted");
    EXPECT_EQ(refusedTensor(tensor("t", {3}, floats({1, 2}))), "onnx.tensor_size");
    EXPECT_EQ(refusedTensor(tensor("t", {1}, floats({1, 2}))), "onnx.tensor_size");
    EXPECT_EQ(refusedTensor(tensor("t", huge, floats({1, 2}))), "onnx.tensor_size");
    EXPECT_EQ(refusedTensor(tensor("t", {-1}, "")), "onnx.tensor_size");
    EXPECT_EQ(refusedTensor(tensor("t", {1}, "ab", 16)), "onnx.tensor_type") << "bfloat16";
    EXPECT_EQ(refusedTensor(number(1, 2) + number(2, 9) + number(5, 7)), "onnx.tensor_size") << "two bools, one there";
    EXPECT_EQ(refusedTensor(number(1, 1) + number(2, 1) + number(14, 1) + bytes(9, floats({1}))), "onnx.external_data");
    EXPECT_EQ(refusedTensor("\xff\xff\xff"), "onnx.damaged");
}

TEST_F(OperatorImportTest, EveryTypeIsReadFromBytesAndFromFields) {
    const auto numbersIn = [&](const std::string& content) {
        const auto read = readTensorFile(write("t.pb", content));
        return read ? load<double>(read->host()) : std::vector<double>{};
    };
    EXPECT_EQ(numbersIn(number(1, 2) + number(2, 3) + number(5, 7) + number(5, static_cast<std::uint64_t>(-3))), (std::vector<double>{7, -3}))
        << "int8 in int32_data";
    EXPECT_EQ(numbersIn(number(1, 2) + number(2, 9) + number(5, 0) + number(5, 1)), (std::vector<double>{0, 1})) << "bool";
    EXPECT_EQ(numbersIn(number(1, 1) + number(2, 12) + number(11, 4000000000u)), std::vector<double>{4e9}) << "uint32 in uint64_data";
    EXPECT_EQ(numbersIn(number(1, 1) + number(2, 10) + number(5, 0x3c00)), std::vector<double>{1}) << "float16";
    EXPECT_EQ(numbersIn(tensor("t", {2}, std::string("\x01\x00\xff\xff", 4), 5)), (std::vector<double>{1, -1})) << "int16 in raw_data";
    EXPECT_EQ(numbersIn(tensor("t", {3}, std::string("\x00\x02\x01", 3), 9)), (std::vector<double>{0, 1, 1})) << "any byte but 0 is true";
}
