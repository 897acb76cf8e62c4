// A model's answers for rows that are prepared already: of every output, where it has several.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "app/jobs/trained_model.h"
#include "core/evaluation/prediction.h"

namespace lamina {

/// What is compiled stays. The model must outlive it and stay where it is. One thread at a time.
class OutputPasses {
public:
    explicit OutputPasses(TrainedModel& model);

    /// `inputs`: count rows of Preparation::inputCount() numbers. Prediction::row counts from 0; `more` has the further outputs.
    Result<std::vector<Prediction>> run(std::span<const float> inputs, std::int64_t count);

private:
    TrainedModel& m_model;
    std::deque<ForwardPass> m_passes;  ///< of each output
};

}  // namespace lamina
