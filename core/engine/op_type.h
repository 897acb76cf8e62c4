// The contract of an op: one file in core/engine/ops/, one line in ops.cmake. What it computes on a device is said in
// reference/<op>.cpp and cpu/<op>.cpp.
#pragma once

#include <span>

#include "core/engine/graph.h"

namespace lamina {

struct OpType {
    OpKind kind;
    const char* name;

    /// Output shapes (and types, where not Float32), or what does not fit ("op.…").
    struct Output {
        Shape shape;
        DType type = DType::Float32;
    };
    Result<std::vector<Output>> (*infer)(const Op& op, std::span<const Value* const> inputs);

    /// Appends the ops of the gradient: one value per input (noValue: none). `outputGradients` has noValue where no gradient arrives.
    /// `wanted[i]` false: nobody needs the gradient of input i, so do not build it. nullptr: the op has no gradient.
    std::vector<ValueId> (*gradient)(Graph& g, const Op& op, std::span<const ValueId> outputGradients, const std::vector<bool>& wanted);

    /// Floating point operations of one run (multiply-add = 2).
    double (*flops)(const Graph& g, const Op& op);

    /// The output may be written over this input where nobody needs the input later (-1: never).
    int inPlaceInput = -1;
    /// The output is another view of input 0 (reshape).
    bool alias = false;
    /// Indices of inputs that are written in place, where they are states or parameters (an optimizer with fewer slots has `finite` there).
    std::vector<int> updates;
};

/// All ops, in the order of OpKind.
const OpType& opType(OpKind kind);

/// Appends the backward pass: d(loss)/d(value) for every value asked for (noValue where loss does not depend on it).
std::vector<ValueId> appendGradients(Graph& g, ValueId loss, const std::vector<ValueId>& wanted);

}  // namespace lamina
