// The learning-rate finder (Smith 2017): a short training in which the learning rate grows from step to step, watched until the loss explodes.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "core/base/cancel.h"
#include "core/training/session.h"

namespace lamina {

struct LearningRateRange {
    double lowest = 1e-6, highest = 10;  ///< of the first and the last step; it grows by the same factor in every step
    int steps = 100;
    double smoothing = 0.9;  ///< how long the average of losses remembers
};

struct LearningRatePoint {
    double rate = 0;
    double loss = 0;      ///< of the step's batch, before its update
    double smoothed = 0;  ///< running average of losses up to here, without the bias of its beginning
};

struct LearningRateSearch {
    std::vector<LearningRatePoint> points;
    double suggestion = 0;   ///< where the smoothed loss falls most steeply over the logarithm of the rate; 0: it never fell
    bool exploded = false;   ///< ended before the last step: the loss was four times its best or not finite any more
};

/// Trains the plan's first phase on a copy of the parameters (fresh ones, or those of job.resumeFrom); the job's run is not touched.
/// `progress`: steps done. Errors as at the start of a training; "plan.out_of_range", "job.cancelled". Throws DeviceFailure.
Result<LearningRateSearch> findLearningRate(const TrainingJob& job, const LearningRateRange& range, const CancelToken& cancel = {},
                                            const std::function<void(int)>& progress = {});
/// Where the smoothed loss falls most steeply; 0 where it never falls.
double steepestRate(const std::vector<LearningRatePoint>& points);

nlohmann::json learningRateSearchToJson(const LearningRateSearch& search);

}  // namespace lamina
