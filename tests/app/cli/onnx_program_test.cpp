// `lamina onnx`: the operators that there are, and ONNX's own test cases.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/app/cli/program.h"

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

}  // namespace
}  // namespace lamina
