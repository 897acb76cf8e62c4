// kill -9 at random moments of a training, resumed each time: parameters and metrics end as those of a training nobody disturbed.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/jobs/training_run.h"
#include "core/tensor/random.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr int trainingKills = 50;
constexpr char finishedMark = 'F';

/// A network with everything that has a state of its own: batch norm, dropout, Adam.
Network network() {
    Network network;
    network.name = "restless";
    std::string last = network.append("input", {{"shape", {4}}});
    last = network.append("dense", {{"units", 24}}, last);
    last = network.append("batch_norm", nlohmann::json::object(), last);
    last = network.append("relu", nlohmann::json::object(), last);
    last = network.append("dropout", {{"rate", 0.2}}, last);
    last = network.append("dense", {{"units", 3}}, last);
    network.append("softmax", nlohmann::json::object(), last);
    return network;
}

void writeTrainedTable(const Path& path) {
    std::ofstream file(path);
    file << "a,b,c,d,kind\n";
    const RandomStream noise(3, streamOf("kill"));
    const char* names[] = {"red", "green", "blue"};
    for (int row = 0; row < 900; ++row) {
        for (int f = 0; f < 4; ++f) file << (row % 3 == f ? 2.0f : 0.0f) + noise.normal(static_cast<std::uint64_t>(row * 4 + f)) << ',';
        file << names[row % 3] << '\n';
    }
}

/// A project with data, split and network, made in a child so that no thread of it lives when the trainings fork.
void makeProject(const Path& folder, const Path& file) {
    writeTrainedTable(folder / "table.csv");
    auto project = Project::create(file);
    if (!project) _exit(10);
    ImportRequest request;
    request.source = folder / "table.csv";
    request.target = "kind";
    auto imported = importDataset(**project, request);
    if (!imported) _exit(11);
    if (!splitDataset(**project, imported->dataset, SplitSettings{})) _exit(12);
    NetworkRecord record;
    record.name = "restless";
    record.datasetId = imported->dataset.id;
    record.taskId = "classification";
    record.document = networkToJson(network());
    if (!(*project)->networks().add(record).get()) _exit(13);
    if (!(*project)->close()) _exit(14);
}

/// Trains (or goes on) to the end; writes the mark to the pipe when the plan is fulfilled.
void train(const Path& file, int done) {
    auto project = Project::open(file, StoreAccess::Write);
    if (!project) _exit(20);
    TrainingRequest request;
    request.plan.epochs = 900;
    request.plan.batchSize = 16;
    request.plan.metricsEvery = 5;
    request.plan.checkpointSeconds = 0.03;
    const auto runs = (*project)->runs().all();
    if (!runs) _exit(21);
    auto run = runs->empty() ? TrainingRun::start(**project, request) : TrainingRun::resume(**project, {}, request);
    if (!run) _exit(22);
    const auto result = (*run)->finish();
    if (!result || result->error) _exit(23);
    run->reset();
    if (!(*project)->close()) _exit(24);
    if (write(done, &finishedMark, 1) != 1) _exit(25);
}

/// Runs `work` in a child, killed after `delay` microseconds (0: never); true where it came to its end.
template <class Work>
bool inChild(Work work, useconds_t delay) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        work(ends[1]);
        _exit(0);
    }
    close(ends[1]);
    if (delay > 0) {
        usleep(delay);
        kill(child, SIGKILL);
    }
    char mark = 0;
    const bool finished = read(ends[0], &mark, 1) == 1;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "exit " << WEXITSTATUS(status);
    return finished;
}

struct Outcome {
    std::map<std::string, std::vector<float>> tensors;
    std::vector<CleanMetric> metrics;
    std::size_t attempts = 0;
};

Outcome outcomeOf(const Path& file) {
    Outcome outcome;
    auto project = Project::open(file, StoreAccess::ReadOnly);
    EXPECT_TRUE(project.ok());
    const auto runs = *(*project)->runs().all();
    EXPECT_EQ(runs.size(), 1u);
    const auto& run = runs.front();
    EXPECT_EQ(run.status, RunStatus::Finished);
    outcome.metrics = *(*project)->metrics().clean(run.id);
    outcome.attempts = (*project)->runs().attempts(run.id)->size();
    const auto best = *(*project)->checkpoints().best(run.id);
    EXPECT_TRUE(best.has_value());
    if (!best) return outcome;
    const auto bytes = readFile((*project)->filePath(best->fileHash));
    auto checkpoint = checkpointFromBytes(*bytes);
    for (auto& [name, tensor] : checkpoint->tensors) outcome.tensors[name] = tensor.numbers;
    const auto issues = (*project)->verify(VerifyLevel::Full);
    EXPECT_TRUE(issues.ok());
    for (const auto& issue : *issues) ADD_FAILURE() << issue.what.debugText();
    return outcome;
}

TEST(TrainingKill, EndsInTheSameBitsAsATrainingNobodyDisturbed) {
    const TemporaryFolder folder;
    const Path calm = folder / "calm.lamina", restless = folder / "restless.lamina";
    inChild([&](int) { makeProject(folder.path(), calm); }, 0);
    std::filesystem::copy(calm, restless);
    std::filesystem::copy(folder / "calm.lamina.d", folder / "restless.lamina.d", std::filesystem::copy_options::recursive);
    ASSERT_TRUE(inChild([&](int done) { train(calm, done); }, 0));

    std::mt19937 random(1);
    std::uniform_int_distribution<useconds_t> delay(5'000, 90'000);
    int killed = 0;
    bool finished = false;
    while (!finished && killed < trainingKills) finished = inChild([&](int done) { train(restless, done); }, delay(random)) || (++killed, false);
    if (!finished) finished = inChild([&](int done) { train(restless, done); }, 0);
    ASSERT_TRUE(finished);

    const Outcome expected = outcomeOf(calm), outcome = outcomeOf(restless);
    EXPECT_EQ(expected.attempts, 1u);
    EXPECT_EQ(killed, trainingKills) << "the training was over before it could be disturbed that often";
    EXPECT_GT(outcome.attempts, 10u);
    ASSERT_FALSE(expected.tensors.empty());
    EXPECT_EQ(outcome.tensors, expected.tensors);
    ASSERT_FALSE(expected.metrics.empty());
    EXPECT_EQ(outcome.metrics, expected.metrics);
}

}  // namespace
}  // namespace lamina
