// `lamina onnx`: the operators that there are, and ONNX's own test cases.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/app/cli/program.h"
#include "tests/core/onnx/wire_format.h"

namespace lamina {
namespace {

/// Two of ONNX's cases as a folder of their own: one that Lamina claims and one that needs a subgraph.
bool copyCases(const TemporaryFolder& folder, const std::string& wrong = {}) {
    const Path cases = "/usr/share/libonnx-testdata/data/node";
    if (!std::filesystem::exists(cases / "test_relu")) return false;
    for (const char* name : {"test_relu", "test_loop11"})
        std::filesystem::copy(cases / name, folder / "cases" / name, std::filesystem::copy_options::recursive);
    if (!wrong.empty())
        std::filesystem::copy_file(cases / wrong / "test_data_set_0/output_0.pb", folder / "cases/test_relu/test_data_set_0/output_0.pb",
                                   std::filesystem::copy_options::overwrite_existing);
    return true;
}

TEST(Onnx, CasesThatAreClaimedAndPassAreCounted) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "cases");
    if (!copyCases(folder)) GTEST_SKIP() << "libonnx-testdata is not installed";
    const auto outcome = RunningProgram(folder, {"onnx", "--conformance", "cases", "--json"}).wait();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto result = outcome.json();
    EXPECT_EQ(result["claimed"], 1);
    EXPECT_EQ(result["passed"], 1);
    EXPECT_EQ(result["failed"], 0);
    EXPECT_EQ(result["not_claimed"], 1);
    EXPECT_EQ(result["cases"][0]["case"], "test_loop11");
    EXPECT_EQ(result["cases"][0]["reason"]["code"], "onnx.operator_unknown");
}

TEST(Onnx, ACaseWithOtherNumbersFailsWithItsPlace) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder / "cases");
    if (!copyCases(folder, "test_abs")) GTEST_SKIP() << "libonnx-testdata is not installed";
    const auto outcome = RunningProgram(folder, {"onnx", "--conformance", "cases", "--json"}).wait();
    EXPECT_EQ(outcome.exitCode, 1) << outcome.err;
    EXPECT_EQ(outcome.json()["failed"], 1);
    EXPECT_EQ(outcome.json()["cases"][1]["reason"]["code"], "onnx.case_number");
}

TEST(Onnx, AFolderWithoutCasesIsBadInputAndNothingToDoIsAUsageError) {
    const TemporaryFolder folder;
    const auto nothing = RunningProgram(folder, {"onnx", "--conformance", "nowhere", "--json"}).wait();
    EXPECT_EQ(nothing.exitCode, 3);
    EXPECT_EQ(nothing.errorCode(), "file.no_folder");
    const auto what = RunningProgram(folder, {"onnx", "--json"}).wait();
    EXPECT_EQ(what.exitCode, 2);
    EXPECT_EQ(what.errorCode(), "cli.onnx_what");
}

TEST(Onnx, OperatorsAreListedWithTheirOpset) {
    const TemporaryFolder folder;
    const auto outcome = RunningProgram(folder, {"onnx", "--operators", "--json"}).wait();
    ASSERT_EQ(outcome.exitCode, 0) << outcome.err;
    const auto operators = outcome.json()["operators"];
    EXPECT_GT(operators.size(), 150u);
    const auto gelu = std::find_if(operators.begin(), operators.end(), [](const auto& entry) { return entry["operator"] == "Gelu"; });
    ASSERT_NE(gelu, operators.end());
    EXPECT_EQ((*gelu)["since_opset"], 20);
}

/// Scores of three classes from two numbers.
void writeScores(const Path& file) {
    using namespace wire;
    std::ofstream(file, std::ios::binary) << model(node("Gemm", {"x", "w", "b"}, "y") + bytes(5, tensor("w", {2, 3}, floats({1, -2, 0.5f, 0.25f, 1, -1}))) +
                                                   bytes(5, tensor("b", {3}, floats({0.5f, 0, -0.25f}))) + value(11, "x", {2}) + value(12, "y", {3}));
}

TEST(ImportModel, AModelFileBecomesARunThatIsAskedAtOnce) {
    const TemporaryFolder folder;
    writeScores(folder / "scores.onnx");
    {
        std::ofstream csv(folder / "points.csv");
        csv << "p,q,kind\n";
        for (int i = 0; i < 12; ++i) csv << 0.5 + 0.1 * i << ",0.25,a\n" << -1.5 - 0.1 * i << ",2.5,b\n" << 0.1 * i << ",-2.5,c\n";
    }
    ASSERT_EQ(lamina(folder, {"new", "p"}).exitCode, 0);
    ASSERT_EQ(lamina(folder, {"import", "p", "points.csv", "--target", "kind"}).exitCode, 0);
    ASSERT_EQ(lamina(folder, {"split", "p"}).exitCode, 0);
    const auto looked = lamina(folder, {"import-model", "scores.onnx", "--json"});
    ASSERT_EQ(looked.exitCode, 0) << looked.out << looked.err;
    EXPECT_EQ(looked.json()["inputs"][0]["shape"], nlohmann::json({2}));
    EXPECT_EQ(looked.json()["parameters"], 9);
    const auto taken = lamina(folder, {"import-model", "p", "scores.onnx", "--dataset", "points", "--use", "--json"});
    ASSERT_EQ(taken.exitCode, 0) << taken.out << taken.err;
    EXPECT_EQ(taken.json()["name"], "scores");
    const auto asked = lamina(folder, {"predict", "p", "--row", "0", "--row", "1", "--json"});
    ASSERT_EQ(asked.exitCode, 0) << asked.out << asked.err;
    EXPECT_EQ(asked.json()["predictions"][0]["class"], "a");
    EXPECT_EQ(asked.json()["predictions"][1]["class"], "b");
    const auto more = lamina(folder, {"resume", "p", "--epochs", "2", "--json"});
    EXPECT_EQ(more.exitCode, 0) << more.out << more.err;
    EXPECT_EQ(lamina(folder, {"verify", "p", "--full", "--json"}).exitCode, 0);
}

TEST(ImportModel, AModelThatCannotBeReadChangesNothing) {
    const TemporaryFolder folder;
    ASSERT_EQ(lamina(folder, {"new", "p"}).exitCode, 0);
    std::ofstream(folder / "cut.onnx", std::ios::binary) << "\x08\x08\x3a\x40only the beginning";
    const auto outcome = lamina(folder, {"import-model", "p", "cut.onnx", "--json"});
    EXPECT_EQ(outcome.exitCode, 3);
    EXPECT_EQ(outcome.errorCode(), "onnx.damaged");
}

}  // namespace
}  // namespace lamina
