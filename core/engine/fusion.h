// Joins neighbouring ops of a graph where one step can do the work of several: the part that every device wants. A device that joins more
// derives from Fusion.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/graph.h"

namespace lamina {

/// An op with what was joined to it. The chains of every device:
struct FusedOp {
    Op op;                           ///< gemm, conv2d: bias and activation stand in its attributes
    ValueId mask = noValue;          ///< gemm: the result is 0 where this value is not > 0
    bool maskedByInput = false;      ///< max_pool2d_backward: the result is 0 where x is not > 0
    std::string name;                ///< "gemm+bias+relu"
    // What a device may join besides:
    ValueId biasGradient = noValue;  ///< conv2d_backward_weights: also gives this sum of dy over all axes but 1
    std::optional<Op> update;        ///< gemm: its result is the gradient of this update and nobody else reads it
    std::vector<Op> products;        ///< all_finite: gemms that run later, with their updates; their results count as inputs too
    std::optional<Op> norm;          ///< conv2d: the batch norm on running statistics between the convolution (with its bias) and the activation
    std::string note;                ///< optimizer_update: why it was not joined to what makes its gradient
};

class Fusion {
public:
    /// `kept`: for every value, whether the caller reads it after a run.
    Fusion(const Graph& graph, const std::vector<bool>& kept);
    virtual ~Fusion() = default;

    /// Leaves out what neither kept values nor updates need; joins bias and activation to the product or convolution before them,
    /// relu's gradient to the product or pooling before it.
    void joinChains();
    /// What is left, in order: every input is still made before it is used. Ends the fusion.
    std::vector<FusedOp> take();

protected:
    static std::size_t index(ValueId id) { return static_cast<std::size_t>(id); }
    static bool alive(const FusedOp& f) { return !f.name.empty(); }
    static void kill(FusedOp& f) { f.name.clear(); }

    /// How many living ops read the value; who makes it (nullptr: it comes from outside).
    int uses(ValueId value) const { return m_uses[index(value)]; }
    FusedOp* producer(ValueId value) const { return m_producer[index(value)]; }
    bool kept(ValueId value) const { return m_kept[index(value)]; }
    void setProducer(ValueId value, FusedOp& f) { m_producer[index(value)] = &f; }
    /// The op that makes `value` if nobody but one op reads it.
    FusedOp* onlyFor(ValueId value) const;
    /// Puts `producer`, extended, in the place of the op that read its result.
    void replace(FusedOp& reader, FusedOp& producer, const std::string& suffix);
    /// Joins an op to what makes its input, where that can be; called for every op in order.
    virtual void joinForward(FusedOp& reader);

    const Graph& m_graph;
    std::vector<FusedOp> m_ops;

private:
    void dropUnused();
    void countUses();
    bool isBias(const Op& op, ValueId bias) const;
    void joinBias(FusedOp& reader);
    void joinActivation(FusedOp& reader);
    void joinReluBackward(FusedOp& reader);

    std::vector<bool> m_kept;
    std::vector<int> m_uses;
    std::vector<FusedOp*> m_producer;
};

}  // namespace lamina
