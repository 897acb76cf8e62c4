// Weights of classes: the settings that several losses share.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/losses/loss_type.h"

namespace lamina {

/// Base of settings. classWeights: "off", "balanced" (rare classes count more: rows / (classes · rows of the class), filled in by fit()) or
/// "by_hand"; weights: one number per class, "1, 2.5, 1".
struct ClassWeights {
    std::string classWeights = "off";
    std::string weights;

    /// Empty where they are off. "loss.class_weights" {loss, found, needed} or "loss.class_weight" {loss, weight} to Graph::refuse().
    std::vector<double> of(Graph& graph, const char* loss, std::int64_t classes) const;
    /// Balanced weights from the number of training rows of each class (a class without rows counts like one with a single row).
    void fit(std::span<const std::int64_t> classCounts);
};

/// The two properties. `Settings` is derived from ClassWeights.
template <class Settings>
void addClassWeightProperties(std::vector<Property>& properties) {
    properties.push_back(property<Settings, std::string>("class_weights", &Settings::classWeights, "Class weights",
                                                         "How much each class counts: all alike, rare ones more (balanced), or as you say.",
                                                         {.choices = {"off", "balanced", "by_hand"}}));
    properties.push_back(property<Settings, std::string>("weights", &Settings::weights, "Weights",
                                                         "A number for each class, in the order of the classes: 1, 2.5, 1. Balanced ones are filled in."));
}

}  // namespace lamina
