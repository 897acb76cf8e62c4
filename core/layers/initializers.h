// How the weights of a layer may start: one list of choices for all layers that have weights.
#pragma once

#include <string>
#include <vector>

#include "core/base/property.h"
#include "core/engine/graph.h"

namespace lamina {

/// "glorot_uniform", "he_normal", … as the descriptor offers them; the words for people are app/messages "choice.<choice>".
std::vector<std::string> initializerChoices();

/// How a tensor starts under one of these choices. fanIn and fanOut: how many numbers one output sums up, and in how many outputs one input takes part.
/// Orthogonal goes by the tensor itself: its first axis against all others.
Initializer initializerOf(const std::string& choice, std::int64_t fanIn, std::int64_t fanOut);

/// Title and help are the same for every layer; the default is the layer's own.
const char* initializerTitle();
const char* initializerHelp();

/// The property "initializer" of a layer: initializerProperty(&Dense::initializer).
template <class Settings>
Property initializerProperty(std::string Settings::*member) {
    return property("initializer", member, initializerTitle(), initializerHelp(), {.choices = initializerChoices()});
}

}  // namespace lamina
