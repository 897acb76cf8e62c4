// A training watched from the terminal: the live line, Ctrl-C, what is said at the end.
#pragma once

#include "app/cli/console.h"
#include "app/jobs/training_run.h"

namespace lamina {

/// What a training asked for from the terminal has in common: Ctrl-C while data is prepared, --ack ("ACK <run id>:<generation>" after each
/// durable checkpoint).
TrainingRequest trainingRequest(Console& console, int threads);

/// Shows the training until it ends; the first Ctrl-C stops it at a checkpoint. The result's error is for the caller.
Result<TrainingResult> watchTraining(TrainingRun& run, Console& console);

/// Says how it ended; an interrupted training gives exit code 130. The result's error becomes the command's.
Result<nlohmann::json> concludeTraining(Project& project, TrainingRun& run, const TrainingResult& result, Console& console);

/// Both of these, and the project is closed.
Result<nlohmann::json> followTraining(Project& project, std::unique_ptr<TrainingRun> run, Console& console);

}  // namespace lamina
