// Sizes that every implementation of Recurrent shares.
#pragma once

#include "core/engine/graph.h"

namespace lamina {

/// Gates of each unit: blocks of H rows in w and r.
constexpr std::int64_t recurrentGates(RecurrentKind kind) { return kind == RecurrentKind::Lstm ? 4 : kind == RecurrentKind::Gru ? 3 : 1; }

/// Numbers per unit, item and time that the backward pass needs: the gates, the state before and (Lstm) the cell or (Gru) the recurrent side of
/// the hidden gate.
constexpr std::int64_t recurrentReserve(RecurrentKind kind) { return recurrentGates(kind) + (kind == RecurrentKind::Simple ? 1 : 2); }

}  // namespace lamina
