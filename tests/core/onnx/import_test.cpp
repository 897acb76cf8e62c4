#include "core/onnx/import.h"

#include <fstream>

#include "core/onnx/lamina_run.h"
#include "tests/core/onnx/example_models.h"
#include "tests/core/onnx/wire_format.h"
#include "tests/support/temporary_folder.h"

using namespace lamina;
using namespace lamina::wire;

namespace {

/// x[3] → MatMul with w[3,2] → Add b[2] → Relu → y.
std::string linearModel(const std::string& weight) {
    return model(node("MatMul", {"x", "w"}, "p") + node("Add", {"b", "p"}, "s") + node("Relu", {"s"}, "y") + bytes(5, weight) +
                 bytes(5, tensor("b", {2}, floats({0.5f, -10}))) + value(11, "x", {3}) + value(12, "y", {2}));
}
const std::string goodWeight = tensor("w", {3, 2}, floats({1, 2, 3, 4, 5, 6}));

class OnnxImportTest : public ::testing::Test {
protected:
    Result<OnnxImport> import(const std::string& content) {
        std::ofstream(m_folder / "m.onnx", std::ios::binary | std::ios::trunc) << content;
        return importOnnx(m_folder / "m.onnx");
    }
    void expectRefused(const std::string& content, const std::string& code) {
        const auto imported = import(content);
        ASSERT_FALSE(imported);
        EXPECT_EQ(imported.error().code, code) << imported.error().debugText();
        EXPECT_EQ(imported.error().argument("file"), (m_folder / "m.onnx").string());
    }
    /// The picture model with its preparation, as a file's bytes.
    std::string pictureFile(bool prepared) {
        const Network network = pictureNetwork();
        OnnxExportOptions options;
        if (prepared) options.preparation = picturePreparation();
        const auto exported = exportOnnx(network, someParameters(network), options, m_folder / "m.onnx");
        if (!exported) ADD_FAILURE() << exported.error().debugText();
        return *readTextFile(m_folder / "m.onnx");
    }
    TemporaryFolder m_folder;
};

}  // namespace

TEST_F(OnnxImportTest, OwnFileComesBackExactly) {
    const std::string content = pictureFile(true);
    const auto imported = import(content);
    ASSERT_TRUE(imported) << imported.error().debugText();
    const Network network = pictureNetwork();
    ASSERT_EQ(imported->network.nodes.size(), network.nodes.size());
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        EXPECT_EQ(imported->network.nodes[i].name, network.nodes[i].name);
        EXPECT_EQ(imported->network.nodes[i].settings, network.nodes[i].settings);
    }
    const auto parameters = someParameters(network);
    ASSERT_EQ(imported->parameters.size(), parameters.size());
    for (const auto& [name, tensor] : parameters) EXPECT_EQ(imported->parameters.at(name).data, tensor.data) << name;
    ASSERT_TRUE(imported->preparation);
    EXPECT_EQ(imported->preparation->target.classNames, picturePreparation().target.classNames);
}

TEST_F(OnnxImportTest, SameNodesFromAnotherProgramGiveTheSameOutputs) {
    std::string content = pictureFile(false);
    const std::map<std::string, OnnxTensor> inputs{{"input_1", {{3, 2, 9, 8}, someNumbers(3 * 144, "x")}}};
    const auto expected = runInLamina({m_folder / "m.onnx", inputs, {}});
    ASSERT_TRUE(expected) << expected.error().debugText();
    content.replace(content.find("Lamina"), 6, "Foreig");
    content.replace(content.find("lamina.network"), 14, "foreign.origin");
    const auto imported = import(content);
    ASSERT_TRUE(imported) << imported.error().debugText();
    EXPECT_FALSE(imported->madeByLamina);
    ASSERT_TRUE(exportOnnx(imported->network, imported->parameters, {}, m_folder / "again.onnx"));
    const auto found = runInLamina({m_folder / "again.onnx", inputs, {}});
    ASSERT_TRUE(found) << found.error().debugText();
    EXPECT_EQ(found->at("output").shape, (Shape{3, 3}));
    EXPECT_EQ(found->at("output").data, expected->at("output").data);
}

TEST_F(OnnxImportTest, MatMulAndAddOfAnotherProgramBecomeOneDenseLayer) {
    const auto imported = import(linearModel(goodWeight));
    ASSERT_TRUE(imported) << imported.error().debugText();
    ASSERT_EQ(imported->network.nodes.size(), 3u);
    EXPECT_EQ(imported->network.nodes[1].type, "dense");
    EXPECT_EQ(std::get<std::vector<float>>(imported->parameters.at("dense_1/weight").data), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(std::get<std::vector<float>>(imported->parameters.at("dense_1/bias").data), (std::vector<float>{0.5f, -10}));
}

TEST_F(OnnxImportTest, SoftmaxAfterGlobalPoolingOfAnOldFileGoesOverTheClasses) {
    const std::string graph = node("GlobalAveragePool", {"x"}, "p") + node("Softmax", {"p"}, "y") + value(11, "x", {4, 3, 3}) + value(12, "y", {4, 1, 1});
    for (const auto& [opset, axis] : {std::pair{9, 1}, {13, -1}}) {
        const auto imported = import(model(graph, static_cast<std::uint64_t>(opset)));
        ASSERT_TRUE(imported) << imported.error().debugText();
        EXPECT_EQ(imported->network.nodes[1].settings.at("keep"), true);
        EXPECT_EQ(imported->network.nodes[2].settings.at("axis"), axis) << "opset " << opset;
    }
}

TEST_F(OnnxImportTest, TransposedGemmIsTurnedRound) {
    const std::string attribute = bytes(5, bytes(1, "transB") + number(3, 1) + number(20, 2));
    const std::string gemm = bytes(1, bytes(1, "x") + bytes(1, "w") + bytes(2, "y") + bytes(4, "Gemm") + attribute);
    const auto imported = import(model(gemm + bytes(5, tensor("w", {2, 3}, floats({1, 2, 3, 4, 5, 6}))) + value(11, "x", {3}) + value(12, "y", {2})));
    ASSERT_TRUE(imported) << imported.error().debugText();
    EXPECT_EQ(imported->parameters.at("dense_1/weight").shape, (Shape{3, 2}));
    EXPECT_EQ(std::get<std::vector<float>>(imported->parameters.at("dense_1/weight").data), (std::vector<float>{1, 4, 2, 5, 3, 6}));
}

TEST_F(OnnxImportTest, TensorsThatClaimMoreThanTheyHoldAreRefused) {
    const std::string raw = floats({1, 2, 3, 4, 5, 6});
    for (const Shape& dims : {Shape{300000, 2}, Shape{3, 2, 1 << 20, 1 << 20}, Shape{-3, -2}, Shape{3}, Shape{std::int64_t{1} << 62, 4}})
        expectRefused(linearModel(tensor("w", dims, raw)), "onnx.tensor_size");
    EXPECT_EQ(import(linearModel(tensor("w", {4, 2}, raw))).error().argument("tensor"), "w");
}

TEST_F(OnnxImportTest, WeightsThatDoNotFitTheInputAreRefused) {
    const auto imported = import(linearModel(tensor("w", {2, 3}, floats({1, 2, 3, 4, 5, 6}))));
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, "onnx.operator_shapes") << imported.error().debugText();
    const auto other = import(model(node("MatMul", {"x", "w"}, "y") + bytes(5, goodWeight) + value(11, "x", {4}) + value(12, "y", {2})));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, "onnx.parameter_shape") << other.error().debugText();
}

TEST_F(OnnxImportTest, DataInOtherFilesIsNotOpened) {
    const std::string location = bytes(13, bytes(1, "location") + bytes(2, "/etc/passwd"));
    expectRefused(linearModel(tensor("w", {3, 2}, "") + location + number(14, 1)), "onnx.external_data");
}

TEST_F(OnnxImportTest, UnknownOperatorsAreNamed) {
    const std::string content = model(node("NonZero", {"x"}, "y") + value(11, "x", {3}) + value(12, "y", {3}));
    expectRefused(content, "onnx.unknown_op");
    EXPECT_EQ(import(content).error().argument("op"), "NonZero");
}

TEST_F(OnnxImportTest, InputOfUnknownSizeIsRefused) {
    expectRefused(model(node("Relu", {"x"}, "y") + value(11, "x", {0}) + value(12, "y", {3})), "onnx.input_form");
}

TEST_F(OnnxImportTest, NodesInTheWrongOrderAreRefused) {
    expectRefused(model(node("Relu", {"later"}, "y") + value(11, "x", {3}) + value(12, "y", {3})), "onnx.order");
}

TEST_F(OnnxImportTest, FileCutOffAnywhereIsRefused) {
    const std::string content = pictureFile(true);
    for (std::size_t size = 0; size < content.size(); size += 1 + size / 40) EXPECT_FALSE(import(content.substr(0, size))) << size << " of " << content.size();
    EXPECT_FALSE(import(content.substr(0, content.size() - 1)));
    EXPECT_TRUE(import(content));
}

TEST_F(OnnxImportTest, ChangedBytesNeverDoHarm) {
    const std::string content = pictureFile(true);
    for (std::size_t at = 0; at < content.size(); at += 7) {
        std::string changed = content;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        const auto imported = import(changed);
        EXPECT_TRUE(!imported || !imported->network.nodes.empty());
    }
}

TEST_F(OnnxImportTest, FileThatIsNotThereIsNamed) {
    const auto imported = importOnnx(m_folder / "absent.onnx");
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().argument("file"), (m_folder / "absent.onnx").string());
}
