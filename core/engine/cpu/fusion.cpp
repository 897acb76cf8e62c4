#include "core/engine/cpu/fusion.h"

#include <algorithm>

#include "core/engine/cpu/gemm_shape.h"
#include "core/engine/op_type.h"

namespace lamina::cpu {

namespace {

class CpuFusion : public Fusion {
public:
    CpuFusion(const Graph& graph, const std::vector<bool>& kept)
        : Fusion(graph, kept),
          m_updates(std::any_of(graph.ops.begin(), graph.ops.end(), [](const Op& op) { return !opType(op.kind).updates.empty(); })) {}

    std::vector<FusedOp> run() {
        joinChains();
        for (std::size_t i = 0; i < m_ops.size(); ++i) joinBiasGradient(i);
        for (FusedOp& f : m_ops)
            if (alive(f) && f.op.kind == OpKind::OptimizerUpdate && f.op.as<OptimizerAttributes>().kind != OptimizerKind::Ema) joinUpdate(f);
        auto ops = take();
        sortUpdates(ops);
        return ops;
    }

protected:
    void joinForward(FusedOp& reader) override {
        reader.op.kind == OpKind::BatchNormInference ? joinNorm(reader) : Fusion::joinForward(reader);
    }

private:
    /// Stored or constant, perhaps in another shape, in a graph that updates nothing.
    bool isFixed(ValueId value) const {
        while (producer(value) && producer(value)->op.kind == OpKind::Reshape) value = producer(value)->op.inputs[0];
        const ValueRole role = m_graph.value(value).role;
        return !m_updates && role != ValueRole::Computed && role != ValueRole::Input;
    }

    /// With fixed numbers on both sides the two are one convolution with other weights.
    void joinNorm(FusedOp& reader) {
        FusedOp* const convolution = onlyFor(reader.op.inputs[0]);
        if (!convolution || convolution->op.kind != OpKind::Conv2d || convolution->norm || convolution->op.as<WindowAttributes>().activation) return;
        const auto fixed = [this](ValueId value) { return isFixed(value); };
        if (!std::all_of(convolution->op.inputs.begin() + 1, convolution->op.inputs.end(), fixed) ||
            !std::all_of(reader.op.inputs.begin() + 1, reader.op.inputs.end(), fixed))
            return;
        convolution->norm = reader.op;
        replace(reader, *convolution, "+batch_norm");
    }

    bool isSumPerChannel(const FusedOp& f, ValueId dy) const {
        if (!alive(f) || f.op.kind != OpKind::Reduce || f.op.inputs[0] != dy || f.op.as<ReduceAttributes>().kind != ReduceKind::Sum) return false;
        const auto& axes = f.op.as<ReduceAttributes>().axes;
        // An axis of one place is summed whether named or not.
        const auto summed = [&](std::int64_t axis) {
            return std::count(axes.begin(), axes.end(), axis) > 0 || m_graph.shape(dy)[static_cast<std::size_t>(axis)] == 1;
        };
        return !axes.empty() && std::count(axes.begin(), axes.end(), 1) == 0 && summed(0) && summed(2) && summed(3);
    }

    /// The sum of dy comes out of the weights' gradient for nothing. The joined op stands where the first of the two stood.
    void joinBiasGradient(std::size_t i) {
        if (!alive(m_ops[i]) || m_ops[i].op.kind != OpKind::Conv2dBackwardWeights) return;
        if (m_ops[i].op.as<WindowAttributes>().precision != Precision::Float32) return;  // what it would sum is rounded
        const ValueId x = m_ops[i].op.inputs[0], dy = m_ops[i].op.inputs[1];
        const auto sum = std::find_if(m_ops.begin(), m_ops.end(), [&](const FusedOp& f) { return isSumPerChannel(f, dy); });
        if (sum == m_ops.end()) return;
        FusedOp joined = m_ops[i];
        joined.biasGradient = sum->op.outputs[0];
        joined.name += "+bias";
        const auto place = std::min(i, static_cast<std::size_t>(sum - m_ops.begin()));
        const FusedOp* const maker = producer(x);
        if (maker && static_cast<std::size_t>(maker - m_ops.data()) >= place) return;
        kill(*sum);
        kill(m_ops[i]);
        m_ops[place] = std::move(joined);
        setProducer(m_ops[place].op.outputs[0], m_ops[place]);
    }

    /// The value itself or what it is a view of lives in the ParameterStore.
    bool isStored(ValueId value) const {
        while (producer(value) && producer(value)->op.kind == OpKind::Reshape) value = producer(value)->op.inputs[0];
        const ValueRole role = m_graph.value(value).role;
        return role == ValueRole::Parameter || role == ValueRole::State;
    }

    /// Why the gradient cannot be made while the weights are updated; empty where it can.
    std::string updateRefusal(const Op& update) const {
        const ValueId gradient = update.inputs[1];
        const FusedOp *const product = producer(gradient), *const check = producer(update.inputs.back());
        if (!product) return "gradient through memory: given from outside";
        if (product->op.kind != OpKind::Gemm || product->mask != noValue || product->op.as<GemmAttributes>().activation)
            return "gradient through memory: made by " + product->name;
        if (!check || check->op.kind != OpKind::AllFinite || uses(gradient) != 2 || kept(gradient) ||
            std::count(check->op.inputs.begin(), check->op.inputs.end(), gradient) != 1)
            return "gradient through memory: read by others too";
        if (gemmShape(m_graph, product->op).k > passDepth) return "gradient through memory: a product of more than " + std::to_string(passDepth) + " terms";
        if (isStored(product->op.inputs[0]) || isStored(product->op.inputs[1])) return "gradient through memory: made of numbers that are updated too";
        return {};
    }

    /// The product moves behind the check, which looks at its operands instead.
    void joinUpdate(FusedOp& reader) {
        const ValueId gradient = reader.op.inputs[1];
        if (const std::string reason = updateRefusal(reader.op); !reason.empty()) {
            if (m_graph.shape(gradient).size() > 1) reader.note = reason;  // of vectors there is nothing to gain
            return;
        }
        FusedOp &product = *producer(gradient), &check = *producer(reader.op.inputs.back());
        std::erase(check.op.inputs, gradient);
        check.products.push_back(product.op);
        FusedOp joined = product;
        joined.update = reader.op;
        joined.name += "+optimizer_update";
        kill(product);
        reader = std::move(joined);
        setProducer(gradient, reader);
    }

    /// Joined updates first: the others then follow one another and become one step.
    static void sortUpdates(std::vector<FusedOp>& ops) {
        const auto joined = [](const FusedOp& f) { return f.update.has_value(); };
        const auto other = [&](const FusedOp& f) { return !joined(f) && f.op.kind != OpKind::OptimizerUpdate; };
        for (auto first = ops.begin(); first != ops.end();) {
            first = std::find_if_not(first, ops.end(), other);
            const auto last = std::find_if(first, ops.end(), other);
            std::stable_partition(first, last, joined);
            first = last;
        }
    }

    bool m_updates;
};

}  // namespace

std::vector<FusedOp> fuse(const Graph& graph, const std::vector<bool>& kept) { return CpuFusion(graph, kept).run(); }

}  // namespace lamina::cpu
