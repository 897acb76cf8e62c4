// The contract of an optimizer: one file in core/optimizers, one line in optimizers.cmake; its formula in core/engine/formulas/optimizers.h.
#pragma once

#include <any>
#include <string>
#include <vector>

#include "core/base/property.h"
#include "core/engine/graph.h"

namespace lamina {

struct OptimizerType {
    std::string id;       ///< persisted: "adam"
    std::string title;
    std::string summary;
    std::vector<Property> properties;
    std::any defaults;
    /// The update as an op's attributes.
    OptimizerAttributes (*attributes)(const std::any& settings) = nullptr;
    double (*learningRate)(const std::any& settings) = nullptr;
    /// Names of the slots kept beside every parameter ("adam_m"), in the order of the formula's arguments.
    std::vector<std::string> (*slotNames)(const std::any& settings) = nullptr;
};

const std::vector<const OptimizerType*>& optimizerCatalogue();
/// nullptr where there is none.
const OptimizerType* findOptimizer(const std::string& id);

/// The learning rate, as every optimizer's first property.
template <class Settings>
Property learningRateProperty() {
    return property("learning_rate", &Settings::learningRate, "Learning rate",
                    "How big a step is. Too big: the loss jumps or explodes; too small: it creeps.", {.minimum = 0, .maximum = 1e6, .exclusiveMinimum = true});
}
template <class Settings>
Property weightDecayProperty() {
    return property("weight_decay", &Settings::weightDecay, "Weight decay", "Pulls weights towards 0 a little in every step, against overfitting.", {.minimum = 0, .maximum = 1e3});
}

}  // namespace lamina
