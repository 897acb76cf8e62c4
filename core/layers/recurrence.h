// What the recurrent layers have in common: one or two passes over a sequence x[N,T,C], optionally with lengths[N], giving every step or the last one.
#pragma once

#include "core/layers/layer_type.h"

namespace lamina {

struct Recurrence {
    RecurrentKind kind = RecurrentKind::Lstm;
    std::int64_t units = 64;
    std::string direction = "forward";  ///< "forward", "backward" or "both": side by side, the forward pass first
    bool sequences = false;             ///< every step [N,T,H] instead of the last [N,H] (where the pass ends: a backward one at the first step)
    bool relu = false;                  ///< RecurrentKind::Simple
    double forgetBias = 0;              ///< RecurrentKind::Lstm: always added to what the forget gate sums up
};

/// Parameters, of the backward pass with "backward_" before them: weight[G·H,C], recurrent[G·H,H], bias[G·H]; Gru also recurrent_bias[G·H].
ValueId buildRecurrence(const Recurrence& recurrence, LayerContext& context);
std::string recurrenceToOnnx(const Recurrence& recurrence, OnnxLayerContext& context);

/// The input `i` of lengths as [N], given as [N] or [N,1]; refuses ("layer.needs_lengths") where it is neither.
ValueId lengthsInput(LayerContext& context, std::size_t i);

std::vector<std::string> recurrenceDirections();

}  // namespace lamina
