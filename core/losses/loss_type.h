// The contract of a loss: one file in core/losses, one line in losses.cmake.
#pragma once

#include <any>
#include <span>
#include <string>
#include <vector>

#include "core/base/property.h"
#include "core/engine/ops.h"

namespace lamina {

/// What a loss compares the output with.
enum class TargetKind {
    ClassIndex,  ///< int32 [N], 0 … classes-1
    Numbers,     ///< float [N, D], as wide as the output
};

struct LossType {
    std::string id;       ///< persisted: "cross_entropy"
    std::string title;    ///< English; other languages: app/messages "loss.cross_entropy.title"
    std::string summary;
    TargetKind target = TargetKind::Numbers;
    /// Takes the other kind too: build() then looks at the target's type. Numbers for a loss of classes are the share of each class.
    bool eitherTarget = false;
    std::vector<Property> properties;
    std::any defaults;
    /// Appends the loss of the network's output [N, …] → scalar, a mean over the batch. Losses with a numerically better form on
    /// logits look through the softmax or sigmoid that made the output. A problem goes to Graph::refuse ("loss.…").
    ValueId (*build)(const std::any& settings, Graph& graph, ValueId output, ValueId target) = nullptr;
    /// Fills in settings that follow from the training rows (how many there are of each class); nullptr: there are none.
    void (*fit)(std::any& settings, std::span<const std::int64_t> classCounts) = nullptr;
};

const std::vector<const LossType*>& lossCatalogue();
/// nullptr where there is none.
const LossType* findLoss(const std::string& id);

}  // namespace lamina
