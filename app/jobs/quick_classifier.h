// A small classifier that learns within seconds what people have labelled so far: for doubts about labels and for the order of labelling. Blocks; any thread.
#pragma once

#include <memory>
#include <vector>

#include "app/jobs/label_pool.h"
#include "core/engine/device.h"
#include "core/network/network.h"
#include "core/training/checkpoint.h"

namespace lamina {

/// For pictures two convolutions, else one hidden layer; its last hidden layer is called `vectorLayer`.
Network quickNetwork(const Preparation& preparation);
inline constexpr const char* vectorLayer = "dense_1";

struct QuickLesson {
    std::vector<std::int64_t> rows;     ///< to learn from
    std::vector<std::int64_t> heldOut;  ///< to tell how good it is; may be empty
    std::shared_ptr<const Checkpoint> from;  ///< goes on from these numbers; nullptr: from random ones
    std::int64_t steps = 900;           ///< updates, about: at least one epoch, at most 60
    double rate = 0.001;                ///< learning rate at the beginning
    std::uint64_t seed = 1;
};

struct QuickModel {
    std::shared_ptr<const Checkpoint> numbers;
    double accuracy = 0;  ///< of the rows held out; NaN without any
};

/// `progress` counts steps. "job.cancelled", errors of the training.
Result<QuickModel> trainQuickly(const LabelPool& pool, const Network& network, const QuickLesson& lesson, Device& device, const CancelToken& cancel = {},
                                const ProgressFunction& progress = {});

/// What the network gives for these rows, `width` numbers for each: probabilities of the classes, or with `layer` what that layer gives.
struct RowNumbers {
    std::size_t width = 0;
    std::vector<float> numbers;
    std::span<const float> row(std::size_t i) const { return std::span(numbers).subspan(i * width, width); }
};
Result<RowNumbers> askQuickly(const LabelPool& pool, const Network& network, const Checkpoint& numbers, const std::vector<std::int64_t>& rows, Device& device,
                              const std::string& layer = {}, const CancelToken& cancel = {}, const ProgressFunction& progress = {});

}  // namespace lamina
