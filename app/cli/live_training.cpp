#include "app/cli/live_training.h"

#include <chrono>
#include <thread>

#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "core/base/memory.h"

namespace lamina {
namespace {

/// "Accuracy 0.91".
std::string qualityText(const std::string& metric, double value, Console& console) { return metricTitle(metric, console.language()) + " " + decimal(value); }

std::string liveLine(const TrainingSnapshot& s, Console& console) {
    return console.text("cli.train.line", {{"epoch", std::to_string(s.epoch)}, {"epochs", std::to_string(s.epochs)}, {"step", std::to_string(s.batch)},
                                           {"steps", std::to_string(s.batches)}, {"rate", shortNumber(s.samplesPerSecond)}, {"loss", decimal(s.loss)},
                                           {"quality", qualityText(s.headline, s.headlineSoFar, console)}, {"left", shortDuration(s.secondsLeft, console.language())}});
}

std::string epochLine(const TrainingSnapshot& s, std::int64_t epoch, Console& console) {
    return console.text("cli.train.epoch", {{"epoch", std::to_string(epoch)}, {"epochs", std::to_string(s.epochs)},
                                            {"loss", decimal(s.validationLoss)}, {"quality", qualityText(s.headline, s.validationHeadline, console)},
                                            {"rate", shortNumber(s.samplesPerSecond)}});
}

const char* endName(TrainingEnd end) {
    switch (end) {
        case TrainingEnd::Finished: return "finished";
        case TrainingEnd::StoppedEarly: return "stopped_early";
        case TrainingEnd::Stopped: return "stopped";
        case TrainingEnd::Failed: return "failed";
    }
    return "";
}

/// Follows the snapshots: the live line, and a line that stays for every epoch that was seen to end.
class Watcher {
public:
    explicit Watcher(Console& console) : m_console(console) {}

    void show(const TrainingSnapshot& s) {
        if (!m_console.showsProgress()) return;
        if (s.validationLoss != m_validationLoss) {
            m_validationLoss = s.validationLoss;
            // A snapshot in the middle of an epoch brings the validation of the one before.
            m_console.progressLine().show(epochLine(s, s.batch == s.batches ? s.epoch : s.epoch - 1, m_console), true);
            m_console.progressLine().finish();
        }
        if (s.batch < s.batches) m_console.progressLine().show(liveLine(s, m_console));
    }

private:
    Console& m_console;
    double m_validationLoss = -1;
};

}  // namespace

TrainingRequest trainingRequest(Console& console, int threads) {
    TrainingRequest request;
    request.threads = threads;
    request.cancel = console.cancel();
    request.onCheckpoint = [&console](const CheckpointRecord& record) { console.acknowledge(record.run + ":" + std::to_string(record.generation)); };
    return request;
}

Result<TrainingResult> watchTraining(TrainingRun& run, Console& console) {
    warnAll(console, run.issues());
    console.say("cli.train.started", {{"name", run.record().name}, {"device", run.device()}});
    Watcher watcher(console);
    TrainingSession& session = run.session();
    while (!session.done()) {
        if (console.cancel().cancelled()) session.stop();
        if (const auto snapshot = session.snapshots().take()) watcher.show(*snapshot);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (const auto snapshot = session.snapshots().take()) watcher.show(*snapshot);
    LAMINA_TRY(auto result, run.finish());
    console.progressLine().finish();
    warnAll(console, run.pictureIssues());
    return result;
}

Result<nlohmann::json> concludeTraining(Project& project, TrainingRun& run, const TrainingResult& result, Console& console) {
    if (result.error) return *result.error;
    const TrainingState& state = result.state;
    if (result.end == TrainingEnd::Stopped) {
        console.say("cli.train.stopped", {{"epoch", std::to_string(state.epoch + 1)}, {"project", project.file().string()}});
        console.setExitCode(ExitCode::Interrupted);
    } else {
        console.say("cli.train.finished", {{"epochs", std::to_string(state.epoch)}, {"best", std::to_string(state.bestEpoch + 1)}});
    }
    return nlohmann::json{{"run", run.record().id}, {"name", run.record().name}, {"end", endName(result.end)}, {"epochs", state.epoch}, {"steps", state.step},
                          {"best_epoch", state.bestEpoch + 1}, {"best_" + run.plan().monitor, state.bestEpoch < 0 ? nlohmann::json() : nlohmann::json(state.best)},
                          {"samples_per_second", result.samplesPerSecond}, {"device", run.device()},
                          {"memory_planned_bytes", run.plannedPeak()}, {"memory_peak_bytes", peakMemory()}};
}

Result<nlohmann::json> followTraining(Project& project, std::unique_ptr<TrainingRun> run, Console& console) {
    LAMINA_TRY(const auto result, watchTraining(*run, console));
    auto conclusion = concludeTraining(project, *run, result, console);
    run.reset();
    LAMINA_CHECK(project.close());
    return conclusion;
}

}  // namespace lamina
