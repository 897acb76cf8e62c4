// The backward sweep: what it builds and what it leaves out.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"

using namespace lamina;

namespace {

std::ptrdiff_t countOf(const Graph& g, OpKind kind) {
    return std::count_if(g.ops.begin(), g.ops.end(), [&](const Op& op) { return op.kind == kind; });
}

ValueId sumOf(Graph& g, ValueId x) { return ops::reduce(g, ReduceKind::Sum, x, {}); }

}  // namespace

TEST(Gradients, LossThatDoesNotDependOnAValueGivesNone) {
    Graph g;
    const ValueId x = g.input("x", {2, 3}), other = g.input("other", {2, 3});
    const auto gradients = appendGradients(g, sumOf(g, ops::unary(g, UnaryKind::Tanh, x)), {other, x});
    EXPECT_EQ(gradients[0], noValue);
    EXPECT_EQ(g.shape(gradients[1]), (Shape{2, 3}));
}

TEST(Gradients, NobodyPaysForTheGradientOfImages) {
    Graph g;
    const ValueId w = g.parameter("w", {4, 3, 3, 3}, {});
    const auto gradients = appendGradients(g, sumOf(g, ops::conv2d(g, g.input("images", {1, 3, 5, 5}), w, {})), {w});
    EXPECT_EQ(g.shape(gradients[0]), g.shape(w));
    EXPECT_EQ(countOf(g, OpKind::Conv2dBackwardWeights), 1);
    EXPECT_EQ(countOf(g, OpKind::Conv2dBackwardData), 0);
}

TEST(Gradients, OpsCarryTheNodeTheyBelongTo) {
    Graph g;
    const ValueId x = g.input("x", {2, 3});
    g.origin = "tanh_1";
    const ValueId y = ops::unary(g, UnaryKind::Tanh, x);
    g.origin = "loss";
    appendGradients(g, sumOf(g, y), {x});
    EXPECT_EQ(g.ops.back().kind, OpKind::UnaryBackward);
    EXPECT_EQ(g.ops.back().origin, "tanh_1");
    EXPECT_EQ(g.origin, "loss");
}

TEST(Gradients, OpWithoutAGradientIsSaid) {
    Graph g;
    const ValueId x = g.input("x", {2, 3});
    appendGradients(g, ops::allFinite(g, {x}), {x});
    ASSERT_TRUE(g.error());
    EXPECT_EQ(g.error()->code, "op.no_gradient");
    EXPECT_EQ(g.error()->argument("op"), "all_finite");
}

TEST(Gradients, StatisticsOfABatchCannotBeDifferentiated) {
    Graph g;
    const ValueId x = g.input("x", {4, 3}), one = g.parameter("gamma", {3}, {}), mean = g.state("m", {3}, 0), variance = g.state("v", {3}, 1);
    appendGradients(g, sumOf(g, ops::batchNormTraining(g, x, one, one, mean, variance, {}).mean), {x});
    ASSERT_TRUE(g.error());
    EXPECT_EQ(g.error()->code, "op.no_gradient");
}

TEST(Gradients, OnlyANumberCanBeALoss) {
    Graph g;
    const ValueId x = g.input("x", {2, 3});
    appendGradients(g, x, {x});
    ASSERT_TRUE(g.error());
    EXPECT_EQ(g.error()->code, "op.loss_not_scalar");
}

TEST(Gradients, PointwiseGradientKeepsOnlyWhatItsFormulaReads) {
    Graph g;
    const ValueId x = g.input("x", {2, 3});
    const ValueId y = ops::unary(g, UnaryKind::Sigmoid, x), z = ops::unary(g, UnaryKind::Square, y);
    appendGradients(g, sumOf(g, z), {x});
    for (const Op& op : g.ops) {
        if (op.kind != OpKind::UnaryBackward) continue;
        EXPECT_EQ(op.inputs[0], y);  // the square reads its input, the sigmoid its output: both are y
        EXPECT_EQ(op.inputs[1], y);
    }
    EXPECT_EQ(countOf(g, OpKind::UnaryBackward), 2);
}
