// Building graphs: shapes, refusals, the order of the op list.
#include <gtest/gtest.h>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"

using namespace lamina;

namespace {

/// The code of the error that building gives.
template <class Build>
std::string refusal(Build&& build) {
    Graph g;
    build(g);
    return g.error() ? g.error()->code : "";
}

WindowAttributes square(std::int64_t kernel, std::int64_t padding = 0, std::int64_t stride = 1) {
    WindowAttributes window;
    window.kernel = {kernel, kernel};
    window.stride = {stride, stride};
    window.padding = {padding, padding, padding, padding};
    return window;
}

}  // namespace

TEST(Graph, OpListIsInTheOrderOfOpKind) {
    for (int i = 0; i <= static_cast<int>(OpKind::HostFunction); ++i) {
        const auto kind = static_cast<OpKind>(i);
        EXPECT_EQ(opType(kind).kind, kind) << opType(kind).name;
        EXPECT_STRNE(opName(kind), "");
        EXPECT_NE(opType(kind).infer, nullptr);
        EXPECT_NE(opType(kind).flops, nullptr);
    }
}

TEST(Graph, ShapesFollowFromTheInputs) {
    Graph g;
    const ValueId x = g.input("x", {2, 3, 9, 8});
    EXPECT_EQ(g.shape(ops::conv2d(g, x, g.parameter("w", {4, 3, 3, 3}, {}), square(1, 1, 2))), (Shape{2, 4, 5, 4}));
    EXPECT_EQ(g.shape(ops::maxPool2d(g, x, square(2, 0, 2))), (Shape{2, 3, 4, 4}));
    EXPECT_EQ(g.shape(ops::reduce(g, ReduceKind::Mean, x, {2, -1})), (Shape{2, 3}));
    EXPECT_EQ(g.shape(ops::reduce(g, ReduceKind::Sum, x, {}, true)), (Shape{1, 1, 1, 1}));
    EXPECT_EQ(g.shape(ops::concat(g, {x, x, x}, -3)), (Shape{2, 9, 9, 8}));
    EXPECT_EQ(g.shape(ops::slice(g, x, 2, 4, 3)), (Shape{2, 3, 3, 8}));
    EXPECT_EQ(g.shape(ops::transpose(g, x, {2, 0, 3, 1})), (Shape{9, 2, 8, 3}));
    EXPECT_EQ(g.shape(ops::pad(g, x, {0, 1, 0, 2}, {0, 0, 3, 1})), (Shape{2, 4, 12, 11}));
    EXPECT_EQ(g.shape(ops::matMul(g, x, g.input("b", {2, 3, 8, 5}))), (Shape{2, 3, 9, 5}));
    EXPECT_EQ(g.shape(ops::matMul(g, x, g.input("shared", {7, 8}), false, true)), (Shape{2, 3, 9, 7}));
    EXPECT_EQ(g.shape(ops::matMul(g, g.input("rows", {4, 9}), x)), (Shape{2, 3, 4, 8}));
    EXPECT_EQ(g.shape(ops::gather(g, g.input("table", {10, 6}), g.input("words", {2, 5}, DType::Int32))), (Shape{2, 5, 6}));
    EXPECT_EQ(g.shape(ops::oneHot(g, g.input("classes", {4}), 3)), (Shape{4, 3}));
    EXPECT_EQ(g.shape(ops::addBias(g, x, g.parameter("b", {3}, {}))), (Shape{2, 3, 9, 8}));
    EXPECT_FALSE(g.error());
}

TEST(Graph, FirstProblemIsKeptAndLaterOpsGiveNothing) {
    Graph g;
    g.origin = "dense_1";
    const ValueId product = ops::gemm(g, g.input("a", {2, 3}), g.input("b", {4, 5}));
    const ValueId later = ops::unary(g, UnaryKind::Relu, ops::addBias(g, product, noValue));
    const auto norm = ops::batchNormTraining(g, later, later, later, later, later, {});
    EXPECT_EQ(product, noValue);
    EXPECT_EQ(norm.rstd, noValue);
    ASSERT_TRUE(g.error());
    EXPECT_EQ(g.error()->code, "op.gemm_inner");
    EXPECT_EQ(g.error()->argument("node"), "dense_1");
    EXPECT_EQ(g.error()->argument("a"), "2×3");
    EXPECT_TRUE(g.ops.empty());
}

TEST(Graph, RefusesWhatDoesNotFitAndSaysWhy) {
    EXPECT_EQ(refusal([](Graph& g) { ops::gemm(g, g.input("a", {2, 3, 4}), g.input("b", {4, 5})); }), "op.axis_count");
    EXPECT_EQ(refusal([](Graph& g) { ops::unary(g, UnaryKind::Relu, noValue); }), "op.missing_input");
    EXPECT_EQ(refusal([](Graph& g) { ops::conv2d(g, g.input("x", {1, 3, 8, 8}), g.input("w", {4, 2, 3, 3}), {}); }), "op.conv_channels");
    EXPECT_EQ(refusal([](Graph& g) { ops::conv2d(g, g.input("x", {1, 3, 2, 2}), g.input("w", {4, 3, 3, 3}), {}); }), "op.window_too_large");
    EXPECT_EQ(refusal([](Graph& g) { ops::conv2d(g, g.input("x", {1, 3, 8, 8}), g.input("w", {4, 3, 3, 3}), square(3, 0, 0)); }), "op.window");
    EXPECT_EQ(refusal([](Graph& g) { ops::maxPool2d(g, g.input("x", {1, 3, 8, 8}), square(2, 2)); }), "op.pool_padding");
    EXPECT_EQ(refusal([](Graph& g) { ops::add(g, g.input("a", {2, 3}), g.input("b", {2})); }), "op.broadcast");
    EXPECT_EQ(refusal([](Graph& g) { ops::broadcast(g, g.input("a", {2, 3}), {2, 6}); }), "op.broadcast");
    EXPECT_EQ(refusal([](Graph& g) { ops::reshape(g, g.input("a", {2, 3}), {7}); }), "op.reshape_count");
    EXPECT_EQ(refusal([](Graph& g) { ops::reshape(g, g.input("a", {2, 3}), {-2, -3}); }), "op.reshape_count");
    EXPECT_EQ(refusal([](Graph& g) { ops::concat(g, {g.input("a", {2, 3}), g.input("b", {3, 3})}, 1); }), "op.concat_shapes");
    EXPECT_EQ(refusal([](Graph& g) { ops::slice(g, g.input("a", {2, 3}), 1, 2, 2); }), "op.slice_range");
    EXPECT_EQ(refusal([](Graph& g) { ops::softmax(g, g.input("a", {2, 3}), 2); }), "op.axis");
    EXPECT_EQ(refusal([](Graph& g) { ops::reduce(g, ReduceKind::Sum, g.input("a", {2, 3}), {1, -1}); }), "op.axis_twice");
    EXPECT_EQ(refusal([](Graph& g) { ops::crossEntropy(g, g.input("z", {2, 3}), g.input("t", {2})); }), "op.labels_type");
    EXPECT_EQ(refusal([](Graph& g) { ops::binaryCrossEntropy(g, g.input("z", {2, 3}), g.input("t", {2})); }), "op.shape_differs");
    EXPECT_EQ(refusal([](Graph& g) { ops::dropout(g, g.input("a", {2, 3}), {.rate = 1}); }), "op.dropout_rate");
    EXPECT_EQ(refusal([](Graph& g) { ops::gaussianNoise(g, g.input("a", {2, 3}), {.deviation = -1}); }), "op.noise_deviation");
    EXPECT_EQ(refusal([](Graph& g) { ops::allFinite(g, {}); }), "op.input_count");
    for (const auto& axes : {std::vector<std::int64_t>{0}, {0, 0}, {1, 2}, {-1, 0}})
        EXPECT_EQ(refusal([&](Graph& g) { ops::transpose(g, g.input("a", {2, 3}), axes); }), "op.transpose_axes");
    EXPECT_EQ(refusal([](Graph& g) { ops::pad(g, g.input("a", {2, 3}), {1}, {1, 1}); }), "op.pad_count");
    EXPECT_EQ(refusal([](Graph& g) { ops::pad(g, g.input("a", {2, 3}), {0, -1}, {0, 0}); }), "op.pad_negative");
    EXPECT_EQ(refusal([](Graph& g) { ops::matMul(g, g.input("a", {3}), g.input("b", {3, 4})); }), "op.matrix_axes");
    EXPECT_EQ(refusal([](Graph& g) { ops::matMul(g, g.input("a", {2, 3, 4}), g.input("b", {3, 4, 5})); }), "op.matrix_batch");
    EXPECT_EQ(refusal([](Graph& g) { ops::matMul(g, g.input("a", {2, 3, 4}), g.input("b", {5, 4})); }), "op.gemm_inner");
    EXPECT_EQ(refusal([](Graph& g) { ops::gather(g, g.input("a", {2, 3, 4}), g.input("i", {5})); }), "op.axis_count");
    EXPECT_EQ(refusal([](Graph& g) { ops::gather(g, g.input("a", {2, 3}), g.input("i", {5}, DType::Int64)); }), "op.index_type");
    EXPECT_EQ(refusal([](Graph& g) { ops::gatherBackward(g, g.input("i", {5}), g.input("d", {5, 3}), {4}); }), "op.gather_table");
    EXPECT_EQ(refusal([](Graph& g) { ops::gatherBackward(g, g.input("i", {5}), g.input("d", {5, 3}), {4, 2}); }), "op.shape_differs");
    EXPECT_EQ(refusal([](Graph& g) { ops::oneHot(g, g.input("i", {5}), 0); }), "op.one_hot_classes");
    EXPECT_EQ(refusal([](Graph& g) { ops::unary(g, UnaryKind::Relu, g.input("i", {5}, DType::Int32)); }), "op.real_input");
    EXPECT_EQ(refusal([](Graph& g) { g.input("huge", {1 << 30, 1 << 30, 1 << 30}); }), "op.too_large");
    EXPECT_EQ(refusal([](Graph& g) { g.input("deep", Shape(9, 1)); }), "op.too_many_axes");
    EXPECT_EQ(refusal([](Graph& g) { g.constant("c", {2}, {1, 2, 3}); }), "op.constant_size");
    EXPECT_EQ(refusal([](Graph& g) {
                  const ValueId x = g.input("x", {2}), finite = ops::allFinite(g, {x});
                  ops::optimizerUpdate(g, x, x, {}, finite, {});
              }), "op.update_target");
}

TEST(Graph, FlopsCountAMultiplyAddAsTwo) {
    Graph g;
    const auto flopsOfLast = [&] { return opType(g.ops.back().kind).flops(g, g.ops.back()); };
    ops::gemm(g, g.input("a", {5, 2}), g.input("b", {7, 5}), true, true);
    EXPECT_EQ(flopsOfLast(), 2.0 * 2 * 5 * 7);
    WindowAttributes grouped;
    grouped.groups = 2;
    const ValueId x = g.input("x", {1, 4, 5, 5}), w = g.input("w", {6, 2, 3, 3}), y = ops::conv2d(g, x, w, grouped);
    EXPECT_EQ(flopsOfLast(), 2.0 * (6 * 3 * 3) * (2 * 3 * 3));
    grouped.otherShape = g.shape(w);
    ops::conv2dBackwardWeights(g, x, y, grouped);
    EXPECT_EQ(flopsOfLast(), 2.0 * (6 * 3 * 3) * (2 * 3 * 3));
}
