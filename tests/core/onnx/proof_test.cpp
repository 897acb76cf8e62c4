#include "core/onnx/proof.h"

#include <stdlib.h>

#include <cmath>
#include <fstream>

#include "core/onnx/child_process.h"
#include "core/onnx/lamina_run.h"
#include "tests/core/onnx/example_models.h"
#include "tests/support/temporary_folder.h"

using namespace lamina;

namespace {

constexpr std::int64_t items = 130;  // more than one batch, and a rest

/// An exported picture model, raw pixels and what Lamina's reference device says.
struct PictureExample {
    TemporaryFolder folder;
    Path file = folder / "m.onnx";
    std::vector<std::uint8_t> pixels;
    std::map<std::string, OnnxTensor> inputs, expected;

    PictureExample() {
        const Network network = pictureNetwork();
        const Preparation preparation = picturePreparation();
        const auto exported = exportOnnx(network, someParameters(network), {preparation, "1"}, file);
        if (!exported) ADD_FAILURE() << exported.error().debugText();
        for (float x : someNumbers(items * 144, "pixels", 0, 255)) pixels.push_back(static_cast<std::uint8_t>(x));
        std::vector<std::vector<RawValue>> rows;
        for (std::size_t i = 0; i < items; ++i) rows.push_back({{0, {}, std::as_bytes(std::span(pixels).subspan(i * 144, 144))}});
        inputs = onnxInputs(preparation, rows);
        auto outputs = runInLamina({file, inputs, {}});
        if (!outputs) ADD_FAILURE() << outputs.error().debugText();
        else expected = *outputs;
    }
};

class WithoutPython : public ::testing::Test {
protected:
    void SetUp() override {
        if (const char* value = getenv("LAMINA_PYTHON")) m_before = value;
        setenv("LAMINA_PYTHON", "/nowhere/python", 1);
        OnnxRuntimeOptions options;
        if (runInRuntimeLibrary({}, options)) GTEST_SKIP() << "ONNX Runtime's library is built in: there is always a runtime";
    }
    void TearDown() override { m_before.empty() ? unsetenv("LAMINA_PYTHON") : setenv("LAMINA_PYTHON", m_before.c_str(), 1); }
    std::string m_before;
};

}  // namespace

TEST(OnnxProof, IndependentRuntimeAgreesOnRawPixels) {
    const PictureExample example;
    const auto report = proveOnnx(example.file, example.inputs, example.expected);
    ASSERT_TRUE(report) << report.error().debugText();
    if (report->reason) GTEST_SKIP() << "no ONNX Runtime here: " << report->reason->debugText();
    EXPECT_EQ(report->checkedBy.rfind("ONNX Runtime 1.", 0), 0u) << report->checkedBy;
    EXPECT_EQ(report->items, items);
    EXPECT_LE(report->largestDifference, 1e-5);
    EXPECT_EQ(report->differingTexts, 0);
}

TEST(OnnxProof, DifferencesAreFound) {
    PictureExample example;
    std::get<std::vector<float>>(example.expected.at("probabilities").data)[200] += 0.25f;
    std::get<std::vector<std::string>>(example.expected.at("label").data)[7] = "hat";
    const auto report = proveOnnx(example.file, example.inputs, example.expected);
    ASSERT_TRUE(report) << report.error().debugText();
    EXPECT_NEAR(report->largestDifference, 0.25, 1e-5);
    EXPECT_EQ(report->differingTexts, 1);
    std::get<std::vector<float>>(example.expected.at("probabilities").data)[200] = std::nanf("");
    const auto other = proveOnnx(example.file, example.inputs, example.expected);
    ASSERT_TRUE(other);
    EXPECT_TRUE(std::isinf(other->largestDifference));
}

TEST(OnnxProof, ExpectationOfAnotherShapeIsAnError) {
    PictureExample example;
    example.expected.at("probabilities").shape = {items * 3};
    const auto report = proveOnnx(example.file, example.inputs, example.expected);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, "onnx.proof_shape");
    EXPECT_EQ(report.error().argument("output"), "probabilities");
}

TEST_F(WithoutPython, LaminaChecksAloneAndSaysWhy) {
    const PictureExample example;
    const auto report = proveOnnx(example.file, example.inputs, example.expected);
    ASSERT_TRUE(report) << report.error().debugText();
    EXPECT_EQ(report->checkedBy, "Lamina only");
    ASSERT_TRUE(report->reason);
    EXPECT_EQ(report->reason->code, "onnx.no_runtime");
    EXPECT_EQ(report->reason->argument("reason"), "/nowhere/python");
    EXPECT_EQ(report->largestDifference, 0);
}

TEST(OnnxProof, FileThatTheRuntimeRefusesIsAnErrorNotAFallback) {
    const TemporaryFolder folder;
    std::ofstream(folder / "m.onnx") << "not a model";
    const auto report = proveOnnx(folder / "m.onnx", {{"x", {{1}, std::vector<float>{1}}}}, {});
    ASSERT_FALSE(report);
    EXPECT_TRUE(report.error().code == "onnx.runtime_refused" || report.error().code == "onnx.damaged") << report.error().debugText();
}

TEST(LaminaRun, TableRowsGiveWhatTheFormulaSays) {
    const TemporaryFolder folder;
    const Network network = tableNetwork(1);
    const auto parameters = someParameters(network);
    ASSERT_TRUE(exportOnnx(network, parameters, {tablePreparation(false), ""}, folder / "m.onnx"));
    const auto outputs = runInLamina({folder / "m.onnx", onnxInputs(tablePreparation(false), tableRows()), {}});
    ASSERT_TRUE(outputs) << outputs.error().debugText();
    const auto& weight = std::get<std::vector<float>>(parameters.at("dense_1/weight").data);
    const double bias = std::get<std::vector<float>>(parameters.at("dense_1/bias").data)[0];
    for (std::size_t row = 0; row < 4; ++row) {
        double sum = bias;
        for (std::size_t i = 0; i < 6; ++i) sum += preparedTableRows()[row][i] * weight[i];
        EXPECT_NEAR(std::get<std::vector<float>>(outputs->at("value").data)[row], sum * 30 + 120, 1e-4);
    }
}

TEST(LaminaRun, MissingInputIsNamed) {
    PictureExample example;
    example.inputs.begin()->second = {{1, 3}, std::vector<float>(3)};
    const auto outputs = runInLamina({example.file, example.inputs, {}});
    ASSERT_FALSE(outputs);
    EXPECT_EQ(outputs.error().code, "onnx.run_input");
    EXPECT_EQ(outputs.error().argument("input"), "image");
}

TEST(ChildProcess, EndsAtTheTimeLimit) {
    const TemporaryFolder folder;
    const auto status = runChild({"/bin/sleep", "30"}, folder / "log", 0.05, {});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "onnx.runtime_timeout");
}

TEST(ChildProcess, EndsWhenCancelled) {
    const TemporaryFolder folder;
    const CancelToken cancel;
    cancel.cancel();
    const auto status = runChild({"/bin/sleep", "30"}, folder / "log", 60, cancel);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "job.cancelled");
}

TEST(ChildProcess, GivesTheExitStatusAndKeepsTheOutput) {
    const TemporaryFolder folder;
    const auto status = runChild({"/bin/ls", "/nowhere; echo unsafe"}, folder / "log", 60, {});
    ASSERT_TRUE(status);
    EXPECT_NE(*status, 0);
    EXPECT_NE(readTextFile(folder / "log")->find("/nowhere; echo unsafe"), std::string::npos);
    EXPECT_FALSE(runChild({"/nowhere/program"}, folder / "log", 60, {}));
}
