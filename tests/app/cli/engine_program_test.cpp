// Memory, traces and instruction sets, as the program itself has them: each test starts `lamina` as people do.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include "tests/app/cli/program.h"

namespace lamina {
namespace {

/// A network whose memory is much more than the program's own.
constexpr const char* wideNetwork = R"({"format": "lamina-network", "version": 1, "name": "wide", "nodes": [
  {"id": "a", "name": "in", "type": "input", "settings": {"shape": [4]}},
  {"id": "b", "name": "wide_1", "type": "dense", "settings": {"units": 1024}},
  {"id": "c", "name": "relu_1", "type": "relu"},
  {"id": "d", "name": "wide_2", "type": "dense", "settings": {"units": 1024}},
  {"id": "e", "name": "out", "type": "dense", "settings": {"units": 3}},
  {"id": "f", "name": "softmax_1", "type": "softmax"}],
  "edges": [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}, {"from": "c", "to": "d"}, {"from": "d", "to": "e"}, {"from": "e", "to": "f"}]})";

class EngineProgram : public testing::Test {
protected:
    Outcome run(const std::vector<std::string>& arguments) const { return lamina(m_folder, arguments); }

    void makeNetwork(const std::string& source, int rows) {
        writeTrees(m_folder / "trees.csv", rows);
        ASSERT_EQ(run({"new", "p"}).exitCode, 0);
        ASSERT_EQ(run({"import", "p", "trees.csv"}).exitCode, 0);
        ASSERT_EQ(run({"split", "p"}).exitCode, 0);
        if (source.empty()) {
            ASSERT_EQ(run({"build", "p", "--template", "mlp"}).exitCode, 0);
            return;
        }
        std::ofstream(m_folder / "network.json") << source;
        const auto built = run({"build", "p", "--from", "network.json", "--json"});
        ASSERT_EQ(built.exitCode, 0) << built.out;
    }

    /// With so little address space (in KiB); the last line it printed.
    nlohmann::json runWithin(long kibibytes, const std::string& words) const {
        const Path out = m_folder / "within";
        const std::string command = "cd '" + m_folder.path().string() + "' && ulimit -v " + std::to_string(kibibytes) + " && '" +
                                    std::string(LAMINA_BINARY_DIR) + "/bin/lamina' " + words + " 2>/dev/null | tail -n 1 > '" + out.string() + "'";
        if (std::system(command.c_str()) != 0) return {};
        std::ifstream in(out);
        return nlohmann::json::parse(in, nullptr, false);
    }

    TemporaryFolder m_folder;
};

// A sanitizer takes memory and addresses of its own beside every byte of ours.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LAMINA_SKIPS_MEMORY_FIGURES GTEST_SKIP() << "memory is not measured under a sanitizer"
#else
#define LAMINA_SKIPS_MEMORY_FIGURES static_cast<void>(0)
#endif

TEST_F(EngineProgram, TrainingTakesNoMoreMemoryThanWasPlanned) {
    LAMINA_SKIPS_MEMORY_FIGURES;
    makeNetwork(wideNetwork, 3000);
    const auto planned = run({"explain", "p", "--memory", "--batch", "2048", "--json"}).json()["memory"];
    const auto trained = run({"train", "p", "--epochs", "2", "--batch", "2048", "--json"}).json();
    ASSERT_TRUE(trained.contains("memory_peak_bytes")) << trained.dump();
    const double peak = trained["memory_peak_bytes"];
    EXPECT_GT(peak, 60e6);
    for (const double plan : {trained["memory_planned_bytes"].get<double>(), planned["peak_bytes"].get<double>()}) {
        EXPECT_LE(peak, 1.1 * plan);
        EXPECT_GE(peak, 0.6 * plan) << "a plan that is far too large refuses what would fit";
    }
    EXPECT_GT(planned["parameter_bytes"].get<double>(), 1024.0 * 1024 * 12) << "weights and two numbers of Adam for each";
}

TEST_F(EngineProgram, ABatchThatWouldNotFitIsRefusedBeforeAnythingIsWrittenAndTheProposedOneFits) {
    LAMINA_SKIPS_MEMORY_FIGURES;
    makeNetwork(wideNetwork, 16000);
    constexpr long little = 640 * 1024;
    const auto refused = runWithin(little, "train p --epochs 1 --batch 12000 --json");
    ASSERT_TRUE(refused.contains("error")) << refused.dump();
    EXPECT_EQ(refused["error"]["code"], "training.memory");
    EXPECT_TRUE(run({"runs", "p", "--json"}).json()["runs"].empty());
    const std::string fits = refused["error"]["arguments"]["fits"];
    EXPECT_LT(std::stoi(fits), 12000);
    const auto trained = runWithin(little, "train p --epochs 1 --batch " + fits + " --json");
    EXPECT_EQ(trained.value("end", ""), "finished") << trained.dump();
}

TEST_F(EngineProgram, WhereNoBatchFitsItSaysSo) {
    LAMINA_SKIPS_MEMORY_FIGURES;
    std::string huge = wideNetwork;
    for (std::size_t at; (at = huge.find("1024")) != std::string::npos;) huge.replace(at, 4, "9999");
    makeNetwork(huge, 200);
    const auto refused = runWithin(600 * 1024, "train p --epochs 1 --batch 8 --json");
    ASSERT_TRUE(refused.contains("error")) << refused.dump();
    EXPECT_EQ(refused["error"]["code"], "training.memory_any_batch");
}

TEST_F(EngineProgram, ATraceHasEveryOperationWithItsLayerAndThePartsOfTheThreads) {
    makeNetwork(wideNetwork, 600);
    ASSERT_EQ(run({"train", "p", "--epochs", "3", "--batch", "256", "--threads", "2", "--trace", "step.json"}).exitCode, 0);
    std::ifstream file(m_folder / "step.json");
    const auto trace = nlohmann::json::parse(file, nullptr, false);
    ASSERT_TRUE(trace.is_object());
    std::set<std::string> layers;
    std::set<int> threads;
    double end = 0;
    for (const auto& event : trace["traceEvents"]) {
        if (event["ph"] != "X") continue;
        threads.insert(event["tid"].get<int>());
        EXPECT_GE(event["ts"].get<double>(), 0);
        EXPECT_GE(event["dur"].get<double>(), 0);
        if (event["cat"] != "operation") continue;
        layers.insert(event["args"]["layer"].get<std::string>());
        EXPECT_FALSE(event["args"]["implementation"].get<std::string>().empty());
        EXPECT_GE(event["ts"].get<double>(), end) << "operations run one after the other";
        end = event["ts"].get<double>() + event["dur"].get<double>();
    }
    for (const char* layer : {"wide_1", "wide_2", "out", "loss"}) EXPECT_TRUE(layers.count(layer)) << layer;
    EXPECT_TRUE(threads.count(0));
    EXPECT_LE(threads.size(), 2u);
}

TEST_F(EngineProgram, AProcessorWithoutAvxTrainsToTheSameQuality) {
    makeNetwork("", 180);
    for (const char* name : {"LAMINA_INSTRUCTION_SET", "DNNL_MAX_CPU_ISA"}) {
        setenv(name, std::string(name) == "DNNL_MAX_CPU_ISA" ? "SSE41" : "v2", 1);
        const auto trained = run({"train", "p", "--epochs", "30", "--batch", "16", "--json"}).json();
        const auto evaluated = run({"evaluate", "p", "--no-baselines", "--json"}).json();
        unsetenv(name);
        ASSERT_EQ(trained.value("end", ""), "finished") << name << trained.dump();
        EXPECT_GT(evaluated["scores"]["accuracy"].get<double>(), 0.9) << name;
        const bool own = std::string(name) == "LAMINA_INSTRUCTION_SET";
        EXPECT_TRUE(!own || trained["device"].get<std::string>().find("SSE4.2") != std::string::npos) << trained["device"];
    }
}

TEST_F(EngineProgram, AnInstructionSetThatIsNotKnownIsRefused) {
    makeNetwork("", 180);
    setenv("LAMINA_INSTRUCTION_SET", "v7", 1);
    const auto refused = run({"train", "p", "--epochs", "1", "--json"});
    const auto unexplained = run({"explain", "p", "--json"});
    unsetenv("LAMINA_INSTRUCTION_SET");
    EXPECT_EQ(refused.errorCode(), "jobs.unknown_instruction_set");
    EXPECT_EQ(unexplained.errorCode(), "jobs.unknown_instruction_set");
}

TEST_F(EngineProgram, AnyNumberOfTheEvaluationMayDecideWhatIsBest) {
    makeNetwork("", 180);
    const auto trained = run({"train", "p", "--epochs", "4", "--monitor", "roc_auc", "--json"}).json();
    ASSERT_TRUE(trained.contains("best_roc_auc")) << trained.dump();
    EXPECT_GT(trained["best_roc_auc"].get<double>(), 0.5);
    EXPECT_EQ(run({"train", "p", "--epochs", "1", "--monitor", "luck", "--json"}).errorCode(), "plan.unknown_monitor");
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"].size(), 1u) << "what cannot begin leaves nothing behind";
}

TEST_F(EngineProgram, EvaluateHasEveryNumberAndThePictureOfThresholds) {
    makeNetwork("", 180);
    ASSERT_EQ(run({"train", "p", "--epochs", "30", "--batch", "16"}).exitCode, 0);
    const auto evaluated = run({"evaluate", "p", "--json"}).json();
    for (const char* metric : {"balanced_accuracy", "f1_weighted", "specificity", "iou", "matthews", "cohen_kappa", "roc_auc", "pr_auc", "log_loss"})
        EXPECT_TRUE(evaluated["scores"].contains(metric)) << metric;
    EXPECT_FALSE(evaluated["scores"].contains("top_3")) << "of three classes the right one is always there";
    EXPECT_GT(evaluated["scores"]["roc_auc"].get<double>(), 0.95);
    EXPECT_DOUBLE_EQ(evaluated["baselines"]["most_frequent"]["roc_auc"].get<double>(), 0.5);
    ASSERT_EQ(evaluated["curves"].size(), 3u);
    EXPECT_EQ(evaluated["curves"][0]["recall"].size(), evaluated["curves"][0]["precision"].size());
    EXPECT_TRUE(evaluated["classes"][0].contains("specificity"));
    const auto plain = run({"evaluate", "p", "--no-baselines"}).out, more = run({"evaluate", "p", "--no-baselines", "--more"}).out;
    EXPECT_EQ(plain.find("Matthews"), std::string::npos);
    EXPECT_NE(more.find("Matthews"), std::string::npos);
}

}  // namespace
}  // namespace lamina
