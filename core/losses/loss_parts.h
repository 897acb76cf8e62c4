// What several losses are made of.
#pragma once

#include <string>

#include "core/losses/loss_type.h"

namespace lamina::loss_parts {

/// What the softmax or sigmoid that made `output` was given; noValue where something else made it.
ValueId beforeSoftmax(const Graph& graph, ValueId output);
ValueId beforeSigmoid(const Graph& graph, ValueId output);

/// "loss.needs_softmax" or "loss.needs_sigmoid" {loss} to Graph::refuse(); noValue.
ValueId needs(Graph& graph, const char* activation, const char* loss);
/// Is the output [N, C]? Else "loss.needs_flat_output" {loss, shape} to Graph::refuse().
bool isFlat(Graph& graph, ValueId output, const char* loss);

/// The target as numbers of the output's shape: class indexes become 1 at the class, else 0.
ValueId asNumbers(Graph& graph, ValueId target, ValueId output);
/// Mean of all elements.
ValueId meanOf(Graph& graph, ValueId values);
/// Sum of all elements divided by the number of rows.
ValueId perRow(Graph& graph, ValueId values);
/// A scalar.
ValueId number(Graph& graph, const char* name, double value);

}  // namespace lamina::loss_parts
