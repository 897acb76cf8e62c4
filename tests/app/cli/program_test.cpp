// The program from outside: arguments in; text, JSON, exit codes and project files out.
#include "tests/app/cli/program.h"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "core/project/project.h"

using namespace lamina;

namespace {

/// A project with the trees imported, split and a network built.
class Trees : public testing::Test {
protected:
    void SetUp() override { writeTrees(folder / "trees.csv"); }
    Outcome run(std::vector<std::string> arguments, const std::string& locale = "C") { return lamina::lamina(folder, arguments, locale); }
    void makeProject() {
        ASSERT_EQ(run({"new", "p"}).exitCode, 0);
        ASSERT_EQ(run({"import", "p", "trees.csv"}).exitCode, 0);
    }
    void makeNetwork() {
        makeProject();
        ASSERT_EQ(run({"split", "p"}).exitCode, 0);
        ASSERT_EQ(run({"build", "p", "--template", "mlp"}).exitCode, 0);
    }
    void makeModel() {
        makeNetwork();
        const auto trained = run({"train", "p", "--epochs", "30", "--batch", "16", "--json"});
        ASSERT_EQ(trained.exitCode, 0) << trained.out << trained.err;
    }

    TemporaryFolder folder;
};

/// Waits until `condition` holds; false after half a minute.
template <class Condition>
bool eventually(Condition condition) {
    for (int i = 0; i < 600; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

std::vector<std::string> commandNames(const std::string& help) {
    std::vector<std::string> names;
    std::istringstream lines(help.substr(help.find("Commands:")));
    std::string line, word;
    for (std::getline(lines, line); std::getline(lines, line);)
        if (std::istringstream(line) >> word) names.push_back(word);
    return names;
}

}  // namespace

TEST_F(Trees, EveryCommandExplainsItselfInBothLanguages) {
    const auto names = commandNames(run({"--help"}).out);
    ASSERT_GE(names.size(), 17u);
    for (const auto& name : names)
        for (const char* locale : {"C", "zh_CN.UTF-8"}) {
            const auto help = run({name, "--help"}, locale);
            EXPECT_EQ(help.exitCode, 0) << name;
            EXPECT_EQ(help.out.find("cli."), std::string::npos) << name << " shows the id of a text that is not there:\n" << help.out;
            EXPECT_EQ(help.out.find("用法") != std::string::npos, std::string(locale) != "C") << help.out;
            for (const char* word : {"INT", "FLOAT", "TEXT", "Options", "OPTIONS", "Usage", "REQUIRED"})
                EXPECT_TRUE(std::string(locale) == "C" || help.out.find(word) == std::string::npos) << word << " in\n" << help.out;
        }
    EXPECT_EQ(run({"--help"}, "zh_CN.UTF-8").out.find("Options"), std::string::npos);
}

TEST_F(Trees, WrongUseGivesTwoAndSaysIt) {
    const auto outcome = run({"train", "--json"});
    EXPECT_EQ(outcome.exitCode, 2);
    EXPECT_EQ(outcome.errorCode(), "cli.usage");
    EXPECT_EQ(run({"no-such-command"}).exitCode, 2);
    EXPECT_EQ(run({"list-layers", "--no-such-option"}).exitCode, 2);
}

TEST_F(Trees, MissingSourceIsBadInput) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto outcome = run({"import", "p", "nothing.csv", "--json"});
    EXPECT_EQ(outcome.exitCode, 3);
    EXPECT_EQ(outcome.errorCode(), "file.not_found");
    EXPECT_EQ(outcome.json()["error"]["arguments"]["file"], "nothing.csv");
}

TEST_F(Trees, RaggedTableIsRefusedWithFileAndRowAndLeavesNothing) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    std::ofstream(folder / "ragged.csv") << "a,b,c\n1,2,3\n4,5\n6,7,8\n";
    const auto outcome = run({"import", "p", "ragged.csv", "--json"});
    EXPECT_EQ(outcome.exitCode, 3) << outcome.out;
    EXPECT_EQ(outcome.errorCode(), "csv.ragged_row");
    EXPECT_NE(outcome.json()["error"]["message"].get<std::string>().find("ragged.csv"), std::string::npos);
    EXPECT_TRUE(run({"describe", "p", "--json"}).json()["datasets"].empty());
    EXPECT_TRUE(run({"verify", "p", "--full", "--json"}).json()["ok"]);
}

TEST_F(Trees, MissingProjectIsAProjectError) {
    const auto outcome = run({"describe", "p", "--json"});
    EXPECT_EQ(outcome.exitCode, 4);
    EXPECT_EQ(outcome.errorCode(), "project.not_found");
}

TEST_F(Trees, LockedProjectNamesItsHolder) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    auto held = Project::open(folder / "p.lamina", StoreAccess::Write);
    ASSERT_TRUE(held) << held.error().debugText();
    const auto outcome = run({"import", "p", "trees.csv", "--json"});
    EXPECT_EQ(outcome.exitCode, 4);
    EXPECT_EQ(outcome.errorCode(), "project.locked");
    EXPECT_EQ(run({"describe", "p"}).exitCode, 0) << "reading needs no lock";
}

TEST_F(Trees, ProjectOfANewerVersionIsLeftAlone) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    SQLite::Database(folder / "p.lamina", SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 9999");
    const auto outcome = run({"import", "p", "trees.csv", "--json"});
    EXPECT_EQ(outcome.exitCode, 4);
    EXPECT_EQ(outcome.errorCode(), "project.newer_version");
}

TEST_F(Trees, ChineseIsSpokenWhereTheLocaleAsksForIt) {
    const auto outcome = run({"new", "p"}, "zh_CN.UTF-8");
    EXPECT_NE(outcome.out.find("已新建项目"), std::string::npos) << outcome.out;
    const auto error = run({"describe", "q", "--json"}, "zh_CN.UTF-8");
    EXPECT_NE(error.json()["error"]["message"].get<std::string>().find("项目"), std::string::npos);
    EXPECT_EQ(error.errorCode(), "project.not_found") << "codes are the same in every language";
}

TEST_F(Trees, NewNeverOverwrites) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto outcome = run({"new", "p", "--json"});
    EXPECT_EQ(outcome.exitCode, 4);
    EXPECT_EQ(outcome.errorCode(), "project.exists");
}

TEST_F(Trees, PreviewShowsRowsAndChangesNothing) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto outcome = run({"import", "p", "trees.csv", "--preview", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out;
    EXPECT_EQ(outcome.json()["columns"].size(), 4u);
    EXPECT_TRUE(run({"describe", "p", "--json"}).json()["datasets"].empty());
}

TEST_F(Trees, ADryRunReadsTheWholeFileWithoutAProject) {
    std::ofstream(folder / "bad.csv") << "a,b\n1,x\n2,y\n3\n4.5,x\n";
    const auto outcome = run({"import", "bad.csv", "--dry-run", "--json", "--set", "ragged=skip", "--set", "types=a=integer"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out;
    EXPECT_EQ(outcome.json()["rows"], 3);
    EXPECT_EQ(outcome.json()["refused_rows"], 1);
    EXPECT_EQ(outcome.json()["dialect"]["delimiter"], ",");
    EXPECT_EQ(outcome.json()["columns"][0], (nlohmann::json{{"name", "a"}, {"type", "integer"}, {"missing", 1}, {"refused", 1}}));
    EXPECT_EQ(run({"import", "bad.csv", "--json"}).errorCode(), "cli.import_needs_project");
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    EXPECT_EQ(run({"import", "p", "trees.csv", "--dry-run", "--json"}).json()["rows"], 180);
    EXPECT_TRUE(run({"describe", "p", "--json"}).json()["datasets"].empty());
}

TEST_F(Trees, ImportFindsKindsMissingValuesAndTheTarget) {
    makeProject();
    const auto dataset = run({"describe", "p", "--json", "--rows", "2"}).json()["datasets"][0];
    EXPECT_EQ(dataset["rows"], 180);
    EXPECT_EQ(dataset["columns"][0]["kind"], "number");
    EXPECT_EQ(dataset["columns"][2]["kind"], "category");
    EXPECT_EQ(dataset["columns"][2]["missing"], 36);
    EXPECT_EQ(dataset["columns"][3]["role"], "target");
    EXPECT_EQ(dataset["first_rows"].size(), 2u);
}

TEST_F(Trees, ColumnsAlikeShareTheirFile) {
    std::ofstream(folder / "twins.csv") << "a,b,kind\n1,1,x\n2,2,y\n3,3,x\n4,4,y\n";
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto imported = run({"import", "p", "twins.csv"});
    ASSERT_EQ(imported.exitCode, 0) << imported.err;
    EXPECT_EQ(run({"describe", "p", "--json"}).json()["datasets"][0]["columns"].size(), 3u);
    EXPECT_EQ(run({"verify", "p"}).exitCode, 0);
}

TEST_F(Trees, ImporterSettingsAreChecked) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto unknown = run({"import", "p", "trees.csv", "--set", "colour=red", "--json"});
    EXPECT_EQ(unknown.exitCode, 3);
    EXPECT_EQ(unknown.errorCode(), "property.unknown");
    EXPECT_EQ(run({"import", "p", "trees.csv", "--set", "colour", "--json"}).exitCode, 2);
}

TEST_F(Trees, AcknowledgedEditIsInTheHistory) {
    ASSERT_EQ(run({"new", "p"}).exitCode, 0);
    const auto outcome = run({"import", "p", "trees.csv", "--ack"});
    ASSERT_EQ(outcome.exitCode, 0);
    const auto at = outcome.out.find("ACK ");
    ASSERT_NE(at, std::string::npos) << outcome.out;
    const auto entries = run({"history", "p", "--json"}).json()["entries"];
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0]["id"], outcome.out.substr(at + 4, 36));
}

TEST_F(Trees, UndoAndRedoWorkAcrossProcesses) {
    makeProject();
    const auto undone = run({"undo", "p", "--json"});
    ASSERT_EQ(undone.exitCode, 0) << undone.out;
    EXPECT_EQ(undone.json()["edits"][0]["code"], "edit.add_dataset");
    EXPECT_TRUE(run({"describe", "p", "--json"}).json()["datasets"].empty());
    EXPECT_EQ(run({"redo", "p"}).exitCode, 0);
    EXPECT_EQ(run({"describe", "p", "--json"}).json()["datasets"].size(), 1u);
    const auto entries = run({"history", "p", "--json"}).json()["entries"];
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[0]["kind"], "redo");
    EXPECT_EQ(entries[1]["kind"], "undo");
    EXPECT_EQ(run({"redo", "p", "--json"}).errorCode(), "store.nothing_to_redo");
}

TEST_F(Trees, SplitKeepsTheClassesEvenAndRefusesImpossibleShares) {
    makeProject();
    const auto first = run({"split", "p", "--training", "0.6", "--validation", "0.2", "--test", "0.2", "--seed", "7", "--json"}).json();
    EXPECT_EQ(first["counts"]["training"], 108);
    for (const auto& one : first["classes"]) EXPECT_EQ(one["rows"]["training"], 36);
    EXPECT_EQ(run({"split", "p", "--training", "0.9", "--json"}).exitCode, 3) << "fractions that add up to more than 1";
}

TEST_F(Trees, BuildRefusesAnUnknownTemplateAndAForeignFile) {
    makeProject();
    ASSERT_EQ(run({"split", "p"}).exitCode, 0);
    EXPECT_EQ(run({"build", "p", "--template", "none", "--json"}).errorCode(), "jobs.unknown_template");
    EXPECT_EQ(run({"build", "p", "--from", "trees.csv", "--json"}).errorCode(), "jobs.network_not_json");
}

TEST_F(Trees, TrainedModelIsEvaluatedUsedAndExported) {
    makeModel();
    const auto evaluated = run({"evaluate", "p", "--json"});
    ASSERT_EQ(evaluated.exitCode, 0) << evaluated.out;
    EXPECT_GT(evaluated.json()["scores"]["accuracy"].get<double>(), 0.9);
    EXPECT_GT(evaluated.json()["scores"]["accuracy"], evaluated.json()["baselines"]["most_frequent"]["accuracy"]);
    EXPECT_FALSE(evaluated.json().contains("final_check"));

    const auto predicted = run({"predict", "p", "--row", "0", "--row", "2", "--json"}).json()["predictions"];
    ASSERT_EQ(predicted.size(), 2u);
    EXPECT_EQ(predicted[1]["row"], 2);
    double sum = 0;
    for (const auto& probability : predicted[0]["probabilities"]) sum += probability.get<double>();
    EXPECT_NEAR(sum, 1, 1e-5);
    EXPECT_EQ(run({"predict", "p", "--row", "180", "--json"}).errorCode(), "jobs.no_row");

    const auto exported = run({"export", "p", "--file", "trees.onnx", "--json"});
    ASSERT_EQ(exported.exitCode, 0) << exported.out;
    EXPECT_LT(exported.json()["proof"]["largest_difference"].get<double>(), 1e-4);
    EXPECT_EQ(exported.json()["proof"]["differing_labels"], 0);
    EXPECT_EQ(run({"export", "p", "--file", "trees.onnx", "--json"}).errorCode(), "jobs.file_exists");
}

TEST_F(Trees, EveryLookAtTheTestPartIsCounted) {
    makeModel();
    EXPECT_EQ(run({"evaluate", "p", "--part", "test", "--no-baselines", "--json"}).json()["final_check"], 1);
    EXPECT_EQ(run({"evaluate", "p", "--part", "test", "--no-baselines", "--json"}).json()["final_check"], 2);
}

TEST_F(Trees, RunsAreRenamedNotedDeletedAndBroughtBack) {
    makeModel();
    const auto edited = run({"runs", "p", "--rename", "mlp 1", "trees of May", "--note", "mlp 1", "overfits", "--ack", "--json"});
    EXPECT_EQ(edited.errorCode(), "run.not_found") << "the new name counts from the first option on";
    ASSERT_EQ(run({"runs", "p", "--note", "trees of May", "overfits"}).exitCode, 0);
    auto list = run({"runs", "p", "--json"}).json()["runs"];
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0]["name"], "trees of May");
    EXPECT_EQ(list[0]["note"], "overfits");

    const auto deleted = run({"runs", "p", "--delete", "trees of May", "--ack", "--json"});
    ASSERT_EQ(deleted.exitCode, 0) << deleted.out << deleted.err;
    EXPECT_NE(deleted.out.find("ACK "), std::string::npos);
    EXPECT_EQ(deleted.json()["edits"].size(), 1u);
    EXPECT_TRUE(run({"runs", "p", "--json"}).json()["runs"].empty());
    EXPECT_EQ(run({"evaluate", "p", "--json"}).errorCode(), "jobs.no_trained_run");
    ASSERT_EQ(run({"undo", "p"}).exitCode, 0);
    EXPECT_EQ(run({"evaluate", "p", "--json"}).exitCode, 0);

    ASSERT_EQ(run({"runs", "p", "--delete", "trees of May", "--free-space", "--json"}).json()["freed"]["runs"], 1);
    EXPECT_TRUE(run({"verify", "p", "--full", "--json"}).json()["ok"]);
    ASSERT_EQ(run({"undo", "p"}).exitCode, 0) << "what came before the run can still be taken back";
    EXPECT_TRUE(run({"runs", "p", "--json"}).json()["runs"].empty());
    EXPECT_EQ(run({"runs", "p", "--delete", "nobody", "--json"}).errorCode(), "run.not_found");
}

TEST_F(Trees, PredictionOfAFileNeedsNoTargetColumn) {
    makeModel();
    std::ofstream(folder / "new.csv") << "height,width,soil\n0.1,5.0,clay\n4.1,3.0,\n";
    const auto shown = run({"predict", "p", "--file", "new.csv", "--json"});
    ASSERT_EQ(shown.exitCode, 0) << shown.out;
    EXPECT_EQ(shown.json()["predictions"][0]["class"], "ash");
    EXPECT_EQ(shown.json()["predictions"][1]["class"], "cedar");
    ASSERT_EQ(run({"predict", "p", "--file", "new.csv", "--output", "answers.csv"}).exitCode, 0);
    std::ifstream answers(folder / "answers.csv");
    std::string line;
    int lines = 0;
    while (std::getline(answers, line)) ++lines;
    EXPECT_EQ(lines, 3);
}

TEST_F(Trees, SameSeedGivesTheSameModelTwice) {
    makeNetwork();
    const auto first = run({"train", "p", "--epochs", "5", "--json", "--threads", "1"}).json();
    const auto second = run({"train", "p", "--epochs", "5", "--json", "--threads", "2"}).json();
    EXPECT_EQ(first["best_loss"], second["best_loss"]);
    EXPECT_NE(first["run"], second["run"]);
}

TEST_F(Trees, InterruptedTrainingStopsAtACheckpointAndGoesOn) {
    makeNetwork();
    RunningProgram training(folder, {"train", "p", "--epochs", "1000000", "--json", "--ack"});
    ASSERT_TRUE(eventually([&] { return training.output().find("ACK ") != std::string::npos; })) << training.errorOutput();
    training.signal(SIGINT);
    const auto stopped = training.wait();
    ASSERT_EQ(stopped.exitCode, 130) << stopped.out << stopped.err;
    EXPECT_EQ(stopped.json()["end"], "stopped");
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"][0]["status"], "stopped");

    RunningProgram resumed(folder, {"resume", "p", "--json", "--ack"});
    ASSERT_TRUE(eventually([&] { return resumed.output().find("ACK ") != std::string::npos; })) << resumed.errorOutput();
    resumed.signal(SIGTERM);
    const auto again = resumed.wait();
    ASSERT_EQ(again.exitCode, 130) << again.out << again.err;
    EXPECT_EQ(again.json()["run"], stopped.json()["run"]);
    EXPECT_GT(again.json()["steps"], stopped.json()["steps"]);
    EXPECT_TRUE(run({"verify", "p", "--full", "--json"}).json()["ok"]);
}

TEST_F(Trees, KilledTrainingGoesOn) {
    makeNetwork();
    RunningProgram training(folder, {"train", "p", "--epochs", "1000000", "--ack"});
    ASSERT_TRUE(eventually([&] { return training.output().find("ACK ") != std::string::npos; })) << training.errorOutput();
    training.signal(SIGKILL);
    EXPECT_EQ(training.wait().exitCode, -SIGKILL);
    RunningProgram resumed(folder, {"resume", "p", "--json", "--ack"});
    ASSERT_TRUE(eventually([&] { return resumed.output().find("ACK ") != std::string::npos; })) << resumed.errorOutput();
    resumed.signal(SIGINT);
    EXPECT_EQ(resumed.wait().exitCode, 130);
}

TEST_F(Trees, FinishedRunGoesOnOnlyWhereEpochsAreAdded) {
    makeNetwork();
    ASSERT_EQ(run({"train", "p", "--epochs", "3", "--batch", "16"}).exitCode, 0);
    EXPECT_EQ(run({"resume", "p", "--json"}).errorCode(), "jobs.no_unfinished_run");
    EXPECT_EQ(run({"resume", "p", "--run", run({"runs", "p", "--json"}).json()["runs"][0]["id"], "--json"}).errorCode(), "jobs.run_is_finished");
    const auto extended = run({"resume", "p", "--epochs", "2", "--json"});
    ASSERT_EQ(extended.exitCode, 0) << extended.out << extended.err;
    EXPECT_EQ(extended.json()["epochs"], 5);
    EXPECT_EQ(extended.json()["end"], "finished");
    const auto settings = run({"runs", "p", "--json"}).json()["runs"][0]["settings"];
    EXPECT_EQ(settings["epochs"], 5);
    EXPECT_EQ(settings["extendedAt"], nlohmann::json({3}));
    const auto twice = run({"resume", "p", "--epochs", "1", "--json"});
    EXPECT_EQ(twice.json()["epochs"], 6);
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"].size(), 1u);
    EXPECT_TRUE(run({"verify", "p", "--full", "--json"}).json()["ok"]);
}

TEST_F(Trees, RunWhoseLastCheckpointIsGoneGoesOnFromItsBest) {
    makeNetwork();
    ASSERT_EQ(run({"train", "p", "--epochs", "9", "--batch", "16", "--learning-rate", "0.5"}).exitCode, 0);  // too big: an early epoch is the best
    std::int64_t bestEpoch = 0;
    {
        auto project = Project::open(folder / "p.lamina", StoreAccess::Write);
        ASSERT_TRUE(project);
        const auto id = (*project)->runs().all()->front().id;
        bestEpoch = (*(*project)->checkpoints().best(id))->epoch;
        ASSERT_LT(bestEpoch, 9) << "the last epoch is the best one: choose another learning rate";
        const auto unused = *(*project)->checkpoints().keepOnly(id, 0);
        for (const auto& hash : unused) ASSERT_TRUE((*project)->removeFile(hash));
    }
    const auto extended = run({"resume", "p", "--epochs", "4", "--json"});
    ASSERT_EQ(extended.exitCode, 0) << extended.out << extended.err;
    EXPECT_EQ(extended.json()["epochs"], bestEpoch + 4);
    EXPECT_NE(extended.err.find("checkpoint"), std::string::npos) << "it is said that the best one was taken: " << extended.err;
}

TEST_F(Trees, LiveLineOfARegressionShowsItsQuality) {
    std::ofstream csv(folder / "line.csv");
    csv << "a,y\n";
    for (int i = 0; i < 100; ++i) csv << i % 17 << "," << 2.5 * (i % 17) + 0.25 << "\n";
    csv.close();
    const auto outcome = run({"road", "--dataset", "line.csv", "--target", "y", "--model", "linear", "--epochs", "2"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
    EXPECT_NE((outcome.out + outcome.err).find("R²"), std::string::npos) << outcome.err;
}

TEST_F(Trees, ExplodingTrainingFailsWithTheStep) {
    makeNetwork();
    const auto outcome = run({"train", "p", "--optimizer", "sgd", "--learning-rate", "1e6", "--epochs", "200", "--json"});
    EXPECT_EQ(outcome.exitCode, 1) << outcome.out;
    EXPECT_EQ(outcome.errorCode(), "training.not_finite_at");
    EXPECT_NE(outcome.json()["error"]["arguments"].value("layer", ""), "") << outcome.out;
    EXPECT_EQ(run({"runs", "p", "--json"}).json()["runs"][0]["status"], "failed");
}

TEST_F(Trees, ExplainNamesWhatRunsForEveryLayer) {
    makeNetwork();
    const auto explained = run({"explain", "p", "--json"}).json();
    EXPECT_GT(explained["arena_bytes"], 0);
    bool dense = false;
    for (const auto& step : explained["steps"]) dense |= step["layer"] == "dense_1" && !step["implementation"].get<std::string>().empty();
    EXPECT_TRUE(dense);
    EXPECT_LT(run({"explain", "p", "--inference", "--json"}).json()["steps"].size(), explained["steps"].size());
}

TEST_F(Trees, LayersAreListedWithTheirSettings) {
    const auto layers = run({"list-layers", "--json"}).json()["layers"];
    ASSERT_GE(layers.size(), 16u);
    const auto dense = std::find_if(layers.begin(), layers.end(), [](const auto& layer) { return layer["id"] == "dense"; });
    ASSERT_NE(dense, layers.end());
    EXPECT_EQ((*dense)["properties"][0]["id"], "units");
    const std::string people = run({"list-layers"}).out;
    EXPECT_LT(people.find("Basics"), people.find("Dense"));
    EXPECT_EQ(people.find("Convolution   "), people.rfind("Convolution   ")) << "a category is named once";
}

TEST_F(Trees, WholeRoadFromATableToAProvenFile) {
    const auto outcome = run({"road", "--dataset", "trees.csv", "--epochs", "30", "--batch", "16", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
    const auto result = outcome.json();
    EXPECT_GT(result["test_accuracy"].get<double>(), 0.9);
    EXPECT_LE(result["onnx_max_difference"].get<double>(), 1e-4);
    EXPECT_FALSE(result["onnx_checked_by"].get<std::string>().empty());
    EXPECT_EQ(result["epochs"], 30);
    EXPECT_GT(result["samples_per_second"].get<double>(), 0);
    EXPECT_TRUE(std::filesystem::exists(result["project"].get<std::string>()));
    EXPECT_TRUE(std::filesystem::exists(folder / "trees.onnx"));
}

TEST_F(Trees, RoadThatCannotReadItsDataLeavesNothing) {
    std::ofstream(folder / "bad.csv") << "a,b\n1,2\n3\n";
    const auto outcome = run({"road", "--dataset", "bad.csv", "--json"});
    EXPECT_EQ(outcome.exitCode, 3) << outcome.out;
    EXPECT_EQ(outcome.errorCode(), "csv.ragged_row");
    for (const auto& name : folder.names()) EXPECT_FALSE(name.starts_with("bad.lamina")) << name;
}

TEST_F(Trees, SecondRoadTakesANewName) {
    ASSERT_EQ(run({"road", "--dataset", "trees.csv", "--epochs", "2", "--json"}).exitCode, 0);
    const auto second = run({"road", "--dataset", "trees.csv", "--epochs", "2", "--json"});
    ASSERT_EQ(second.exitCode, 0) << second.out;
    EXPECT_EQ(Path(second.json()["project"].get<std::string>()).filename(), "trees-2.lamina");
}

TEST_F(Trees, RoadForNumbersGivesTheErrorInTheTargetsUnit) {
    std::ofstream csv(folder / "line.csv");
    csv << "a,b,y\n";
    for (int i = 0; i < 200; ++i) csv << i % 17 << "," << i % 11 << "," << 100 + 10 * (i % 17) - 3 * (i % 11) + 0.5 << "\n";
    csv.close();
    const auto outcome = run({"road", "--dataset", "line.csv", "--target", "y", "--model", "linear", "--epochs", "150", "--batch", "8", "--optimizer-set", "learning_rate=0.01", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
    EXPECT_LT(outcome.json()["test_mae"].get<double>(), 2);
    EXPECT_LE(outcome.json()["onnx_max_difference"].get<double>(), 1e-3);
}

TEST_F(Trees, WholeRoadFromImagesUsesTheirTestPart) {
    const Path images = folder / "bars";
    std::filesystem::create_directory(images);
    writeIdx(images, "train", 120);
    writeIdx(images, "t10k", 40);
    const auto outcome = run({"road", "--dataset", "bars", "--epochs", "4", "--batch", "16", "--json"});
    ASSERT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
    EXPECT_GT(outcome.json()["test_accuracy"].get<double>(), 0.9);
    const auto dataset = run({"describe", "bars.lamina", "--json"}).json()["datasets"][0];
    EXPECT_EQ(dataset["columns"][0]["kind"], "tensor");
    EXPECT_EQ(dataset["splits"][0]["test"], 40);
}
