// Every op's gradient against finite differences.
#include <algorithm>

#include "tests/support/gradient_check.h"

using namespace lamina;

namespace {

GradientCheck positive(std::initializer_list<std::pair<const char*, std::int64_t>> inputs) {
    GradientCheck check;
    for (const auto& [name, count] : inputs) check.numbers[name] = spreadNumbers(count, 0.3, 2, name);
    return check;
}

WindowAttributes windowOf(std::array<std::int64_t, 2> kernel, std::array<std::int64_t, 2> stride, std::array<std::int64_t, 4> padding,
                        std::array<std::int64_t, 2> dilation = {1, 1}, std::int64_t groups = 1) {
    WindowAttributes attributes;
    attributes.kernel = kernel;
    attributes.stride = stride;
    attributes.padding = padding;
    attributes.dilation = dilation;
    attributes.groups = groups;
    return attributes;
}

void expectConv(const Shape& x, const Shape& w, const WindowAttributes& attributes) {
    EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::conv2d(g, g.input("x", x), g.parameter("w", w, {}), attributes); }))
        << shapeText(x) << " with " << shapeText(w);
}

}  // namespace

TEST(OpGradient, GemmInAllFourTranspositions) {
    for (bool ta : {false, true})
        for (bool tb : {false, true})
            EXPECT_TRUE(gradientsMatch([&](Graph& g) {
                return ops::gemm(g, g.input("a", ta ? Shape{5, 3} : Shape{3, 5}), g.input("b", tb ? Shape{4, 5} : Shape{5, 4}), ta, tb);
            })) << ta << tb;
}

TEST(OpGradient, GemmOfAMatrixWithItself) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) {
        const ValueId a = g.input("a", {4, 4});
        return ops::gemm(g, a, a, false, true);
    }));
}

TEST(OpGradient, ConvolutionPlain) { expectConv({2, 3, 6, 5}, {4, 3, 3, 3}, windowOf({3, 3}, {1, 1}, {0, 0, 0, 0})); }
TEST(OpGradient, ConvolutionOnePixel) { expectConv({2, 3, 4, 4}, {5, 3, 1, 1}, windowOf({1, 1}, {1, 1}, {0, 0, 0, 0})); }
TEST(OpGradient, ConvolutionStrideLeavingARest) { expectConv({1, 2, 8, 7}, {3, 2, 3, 2}, windowOf({3, 2}, {3, 2}, {0, 0, 0, 0})); }
TEST(OpGradient, ConvolutionUnevenPadding) { expectConv({2, 2, 5, 4}, {3, 2, 3, 3}, windowOf({3, 3}, {2, 1}, {1, 0, 2, 1})); }
TEST(OpGradient, ConvolutionDilated) { expectConv({1, 2, 9, 8}, {2, 2, 3, 2}, windowOf({3, 2}, {1, 2}, {2, 1, 2, 1}, {2, 3})); }
TEST(OpGradient, ConvolutionInGroups) { expectConv({2, 4, 5, 5}, {6, 2, 3, 3}, windowOf({3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 2)); }
TEST(OpGradient, ConvolutionDepthwise) { expectConv({1, 3, 5, 5}, {3, 1, 3, 3}, windowOf({3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 3)); }

TEST(OpGradient, TransposedConvolutionIsDifferentiableToo) {
    auto attributes = windowOf({3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 2);
    attributes.otherShape = {1, 4, 6, 5};
    EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::conv2dBackwardData(g, g.input("x", {1, 6, 3, 3}), g.parameter("w", {6, 2, 3, 3}, {}), attributes); }));
}

TEST(OpGradient, Pooling) {
    for (const auto& attributes : {windowOf({2, 2}, {2, 2}, {0, 0, 0, 0}), windowOf({3, 3}, {2, 2}, {1, 1, 1, 1}), windowOf({3, 2}, {1, 2}, {0, 1, 2, 0}),
                                   windowOf({2, 2}, {1, 1}, {0, 0, 0, 0}, {2, 3}), windowOf({7, 6}, {1, 1}, {0, 0, 0, 0})}) {
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::maxPool2d(g, g.input("x", {2, 2, 7, 6}), attributes); }));
        for (bool countPadding : {false, true}) {
            auto averaged = attributes;
            averaged.countPadding = countPadding;
            EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::averagePool2d(g, g.input("x", {2, 2, 7, 6}), averaged); }));
        }
    }
}

TEST(OpGradient, EveryPointwiseFunction) {
    for (int i = 0; i <= static_cast<int>(lastUnaryKind); ++i) {
        const auto kind = static_cast<UnaryKind>(i);
        const bool positiveOnly = kind == UnaryKind::Log || kind == UnaryKind::Sqrt || kind == UnaryKind::Pow;
        const auto check = positiveOnly ? positive({{"x", 24}}) : GradientCheck{};
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::unary(g, kind, g.input("x", {2, 3, 4}), 0.3); }, check)) << unaryName(kind);
    }
}

TEST(OpGradient, EveryBinaryFunctionWithBroadcasting) {
    const std::vector<std::pair<Shape, Shape>> shapes{{{2, 3}, {2, 3}}, {{2, 3, 4}, {3, 1}}, {{3, 1}, {2, 3, 4}}, {{2, 1, 4}, {1, 3, 1}},
                                                      {{4}, {}},        {{}, {2, 2}},        {{1, 3}, {3}},       {{2, 3, 2, 2}, {3, 1, 1}}};
    for (int i = 0; i <= static_cast<int>(BinaryKind::Minimum); ++i)
        for (const auto& [a, b] : shapes) {
            const auto kind = static_cast<BinaryKind>(i);
            auto check = kind == BinaryKind::Divide ? positive({{"b", elementCount(b)}}) : GradientCheck{};
            if (kind == BinaryKind::Maximum || kind == BinaryKind::Minimum) check.numbers["b"] = spreadNumbers(elementCount(b), -0.83, 0.91, "b");  // never equal to one of a
            EXPECT_TRUE(gradientsMatch([&, a = a, b = b](Graph& g) { return ops::binary(g, kind, g.input("a", a), g.input("b", b)); }, check))
                << binaryName(kind) << " " << shapeText(a) << " " << shapeText(b);
        }
}

TEST(OpGradient, ValueUsedTwiceCollectsBothContributions) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) {
        const ValueId x = g.input("x", {3, 4});
        return ops::multiply(g, ops::add(g, x, ops::unary(g, UnaryKind::Tanh, x)), x);
    }));
}

TEST(OpGradient, AddBiasOverImagesAndRows) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::addBias(g, g.input("x", {2, 3, 4, 2}), g.parameter("b", {3}, {})); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::addBias(g, g.input("x", {5, 3}), g.parameter("b", {3}, {})); }));
}

TEST(OpGradient, SumsAndMeansOverAxes) {
    for (auto kind : {ReduceKind::Sum, ReduceKind::Mean})
        for (bool keep : {false, true})
            for (const std::vector<std::int64_t>& axes : std::vector<std::vector<std::int64_t>>{{}, {0}, {1}, {-1}, {0, 2}, {2, 3}, {0, 1, 2, 3}})
                EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::reduce(g, kind, g.input("x", {2, 3, 4, 2}), axes, keep); })) << axes.size() << keep;
}

TEST(OpGradient, BroadcastReshapeConcatSlice) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::broadcast(g, g.input("x", {3, 1}), {2, 3, 4}); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::unary(g, UnaryKind::Square, ops::reshape(g, g.input("x", {2, 6}), {3, 4})); }));
    for (std::int64_t axis : {0, 1, -1})
        EXPECT_TRUE(gradientsMatch([&](Graph& g) {
            const ValueId a = g.input("a", {2, 3, 2}), b = g.input("b", {2, 3, 2});
            return ops::concat(g, {a, ops::unary(g, UnaryKind::Square, b), a}, axis);
        })) << axis;
    for (std::int64_t begin : {0, 1, 3})
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::slice(g, g.input("x", {2, 5, 3}), 1, begin, 2); })) << begin;
}

TEST(OpGradient, UpToSixAxes) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::broadcast(g, g.input("x", {2, 2, 3, 1, 2, 1}), {2, 2, 3, 2, 2, 3}); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::multiply(g, g.input("x", {2, 1, 3, 1, 2, 1}), g.input("y", {2, 1, 2, 1, 3})); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::reduce(g, ReduceKind::Mean, g.input("x", {2, 3, 2, 2, 2, 2}), {1, 3, 5}); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::transpose(g, g.input("x", {2, 3, 1, 2, 2, 2}), {5, 0, 3, 2, 1, 4}); }));
}

TEST(OpGradient, TransposeInEveryOrder) {
    std::vector<std::int64_t> axes{0, 1, 2};
    do EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::transpose(g, g.input("x", {2, 3, 4}), axes); })) << axes[0] << axes[1] << axes[2];
    while (std::next_permutation(axes.begin(), axes.end()));
}

TEST(OpGradient, PadWithAnyNumber) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::pad(g, g.input("x", {2, 3, 4}), {0, 1, 2}, {1, 0, 3}, -1.5); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::pad(g, g.input("x", {3}), {0}, {0}); }));
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::pad(g, g.input("x", {}), {}, {}); }));
}

TEST(OpGradient, MatrixProductsInBatchesAndWithASharedSide) {
    const std::vector<std::pair<Shape, Shape>> leading{{{2}, {2}}, {{2, 3}, {2, 3}}, {{3}, {}}, {{}, {3}}, {{}, {}}, {{1}, {1}}};
    for (const auto& [leadingA, leadingB] : leading)
        for (bool ta : {false, true})
            for (bool tb : {false, true}) {
                Shape a = leadingA, b = leadingB;
                for (std::int64_t size : ta ? Shape{4, 2} : Shape{2, 4}) a.push_back(size);
                for (std::int64_t size : tb ? Shape{3, 4} : Shape{4, 3}) b.push_back(size);
                EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::matMul(g, g.input("a", a), g.input("b", b), ta, tb); }))
                    << shapeText(a) << " " << shapeText(b) << ta << tb;
            }
}

TEST(OpGradient, RowsOfATableWithOneOutsideIt) {
    GradientCheck check;
    check.numbers["rows"] = {2, 0, -1, 2, 2, 4};
    check.fixed = {"rows"};
    for (DType type : {DType::Int32, DType::Float32})
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::gather(g, g.input("table", {4, 3}), g.input("rows", {2, 3}, type)); }, check));
}

TEST(OpGradient, ConstantsOfTheGradient) {
    // what is rounded or picked passes no gradient, and does not stop the one of its neighbours
    EXPECT_TRUE(gradientsMatch([](Graph& g) {
        const ValueId x = g.input("x", {2, 3}), classes = g.constant("classes", {2}, {2, 0.9});
        return ops::multiply(g, ops::add(g, x, ops::oneHot(g, classes, 3)), x);
    }));
    GradientCheck check;
    check.fixed = {"picked"};
    EXPECT_TRUE(gradientsMatch([](Graph& g) {
        const ValueId largest = ops::reduce(g, ReduceKind::Maximum, g.input("picked", {2, 3}), {1}, true);
        return ops::multiply(g, g.input("x", {2, 3}), largest);
    }, check));
}

TEST(OpGradient, NoisePassesIt) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::gaussianNoise(g, g.input("x", {5, 7}), {.deviation = 0.3, .stream = 5}); }));
}

TEST(OpGradient, LogSoftmaxAlongEveryAxis) {
    for (std::int64_t axis : {0, 1, 2})
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::logSoftmax(g, g.input("x", {3, 4, 2}), axis); })) << axis;
}

TEST(OpGradient, ClipAwayFromItsBorders) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::clip(g, g.input("x", {3, 4}), -0.55, 0.35); }));
}

TEST(OpGradient, SoftmaxAlongEveryAxis) {
    for (std::int64_t axis : {0, 1, 2})
        EXPECT_TRUE(gradientsMatch([&](Graph& g) { return ops::softmax(g, g.input("x", {3, 4, 2}), axis); })) << axis;
}

TEST(OpGradient, CrossEntropyWithARowWithoutLabel) {
    GradientCheck check;
    check.numbers["labels"] = {2, 0, -1, 1, 2};
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::crossEntropy(g, g.input("logits", {5, 3}), g.input("labels", {5}, DType::Int32)); }, check));
}

TEST(OpGradient, BinaryCrossEntropyInLogitsAndTargets) {
    GradientCheck check;
    check.numbers["targets"] = spreadNumbers(12, 0, 1, "targets");
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::binaryCrossEntropy(g, g.input("logits", {4, 3}), g.input("targets", {4, 3})); }, check));
}

TEST(OpGradient, BatchNormInBothModes) {
    for (const Shape& shape : {Shape{6, 3}, Shape{2, 3, 4, 2}})
        for (bool training : {true, false})
            EXPECT_TRUE(gradientsMatch([&](Graph& g) {
                const ValueId x = g.input("x", shape), gamma = g.parameter("gamma", {3}, {}), beta = g.parameter("beta", {3}, {});
                const ValueId mean = g.state("mean", {3}, 0.2), variance = g.state("variance", {3}, 1.5);
                return training ? ops::batchNormTraining(g, x, gamma, beta, mean, variance, {}).y
                                : ops::batchNormInference(g, x, gamma, beta, mean, variance, {});
            })) << shapeText(shape) << training;
}

TEST(OpGradient, DropoutDropsTheSameNumbersForwardAndBackward) {
    EXPECT_TRUE(gradientsMatch([](Graph& g) { return ops::dropout(g, g.input("x", {8, 9}), {.rate = 0.4, .stream = 99}); }));
}

TEST(OpGradient, SmallNetworkOfManyOps) {
    GradientCheck check;
    check.numbers["labels"] = {1, 3, 0};
    EXPECT_TRUE(gradientsMatch([](Graph& g) {
        const ValueId x = g.input("x", {3, 2, 6, 6}), w1 = g.parameter("w1", {4, 2, 3, 3}, {}), w2 = g.parameter("w2", {36, 4}, {});
        ValueId y = ops::addBias(g, ops::conv2d(g, x, w1, windowOf({3, 3}, {1, 1}, {1, 1, 1, 1})), g.parameter("b1", {4}, {}));
        y = ops::batchNormTraining(g, y, g.parameter("gamma", {4}, {}), g.parameter("beta", {4}, {}), g.state("m", {4}, 0), g.state("v", {4}, 1), {}).y;
        y = ops::maxPool2d(g, ops::unary(g, UnaryKind::LeakyRelu, y, 0.1), windowOf({2, 2}, {2, 2}, {0, 0, 0, 0}));
        y = ops::gemm(g, ops::reshape(g, y, {3, 36}), w2);
        return ops::crossEntropy(g, y, g.input("labels", {3}, DType::Int32));
    }, check));
}

TEST(OpGradient, CheckComplainsWhereItsToleranceIsExceeded) {
    // No gradient is exact: with no tolerance at all the check has to complain.
    GradientCheck check;
    check.fixed = {"x"};
    const auto square = [](Graph& g) {
        const ValueId x = g.input("x", {3, 4}), shift = g.parameter("shift", {3, 4}, {});
        const ValueId sum = ops::add(g, x, shift);
        return ops::multiply(g, sum, sum);
    };
    EXPECT_TRUE(gradientsMatch(square, check));
    check.tolerance = 1e-20;
    EXPECT_FALSE(gradientsMatch(square, check));
}
