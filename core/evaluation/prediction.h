// What a trained model says about rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/training/forward_pass.h"

namespace lamina {

struct Prediction {
    std::int64_t row = 0;             ///< of the table
    std::int32_t label = -1;          ///< classification: index of the class
    std::string className;
    std::vector<float> probabilities; ///< one per class
    double value = 0;                 ///< regression, in the target's own unit
    std::vector<Prediction> more = {};  ///< what the model's further outputs say
};

/// What a network's output for one row means.
Prediction predictionOf(const TargetColumn& target, std::int64_t row, std::span<const float> output);

/// Predictions for the rows, in their order.
Result<std::vector<Prediction>> predictRows(const Network& network, ParameterStore& store, const PreparedData& data, std::span<const std::int64_t> rows,
                                            const CancelToken& cancel = {});

}  // namespace lamina
