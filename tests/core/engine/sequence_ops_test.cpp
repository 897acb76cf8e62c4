// Layer normalisation and recurrences: gradients against finite differences, borders, refusals.
#include "core/engine/ops/recurrent.h"
#include "tests/support/gradient_check.h"

using namespace lamina;

namespace {

struct Form {
    RecurrentKind kind;
    bool reverse, relu, lengths;
};

ValueId recurrence(Graph& g, const Form& form, std::int64_t times = 4) {
    const std::int64_t units = 2, rows = recurrentGates(form.kind) * units;
    const ValueId lengths = form.lengths ? g.constant("lengths", {3}, {4, 0, 2}) : noValue;
    return ops::recurrent(g, g.input("x", {3, times, 3}), g.parameter("w", {rows, 3}, {}), g.parameter("r", {rows, units}, {}),
                          g.parameter("b", {rows}, {}), g.parameter("rb", {rows}, {}), lengths,
                          {form.kind, form.reverse, form.lengths, form.relu})
        .y;
}

std::string errorOf(const std::function<void(Graph&)>& build) {
    Graph g;
    build(g);
    return g.error() ? g.error()->code : "";
}

/// What a recurrence gives for the numbers of gradientsMatch().
std::vector<double> outputOf(const Form& form) {
    Graph g;
    const ValueId y = recurrence(g, form);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    auto program = Program::create(g, *device, store, {y}, 1);
    EXPECT_TRUE(program) << program.error().debugText();
    gradient_check::fill(**program, {});
    (*program)->run({});
    return (*program)->read(y);
}

}  // namespace

TEST(SequenceOps, LayerNormGradients) {
    for (bool centered : {true, false})
        for (bool affine : {true, false})
            EXPECT_TRUE(gradientsMatch([&](Graph& g) {
                const ValueId gamma = affine ? g.parameter("gamma", {5}, {}) : noValue, beta = affine && centered ? g.parameter("beta", {5}, {}) : noValue;
                return ops::layerNorm(g, g.input("x", {4, 5}), gamma, beta, {.epsilon = 1e-3, .centered = centered, .affine = affine}).y;
            })) << centered << affine;
}

TEST(SequenceOps, RecurrentGradientsInEveryForm) {
    for (auto kind : {RecurrentKind::Simple, RecurrentKind::Lstm, RecurrentKind::Gru})
        for (bool reverse : {false, true})
            for (bool lengths : {false, true})
                for (bool relu : {false, true}) {
                    if (relu && kind != RecurrentKind::Simple) continue;
                    const Form form{kind, reverse, relu, lengths};
                    EXPECT_TRUE(gradientsMatch([&](Graph& g) { return recurrence(g, form); })) << static_cast<int>(kind) << reverse << lengths << relu;
                }
}

TEST(SequenceOps, TimesBeyondTheLengthAreZeroAndTouchNothing) {
    for (auto kind : {RecurrentKind::Simple, RecurrentKind::Lstm, RecurrentKind::Gru})
        for (bool reverse : {false, true}) {
            const auto whole = outputOf({kind, reverse, false, false}), part = outputOf({kind, reverse, false, true});
            const std::size_t item = 4 * 2;
            for (std::size_t i = 0; i < item; ++i) {
                EXPECT_EQ(part[i], whole[i]) << "an item of full length";
                EXPECT_EQ(part[item + i], 0) << "an item of length 0";
                const bool beyond = i >= 4;
                if (beyond || !reverse) {
                    EXPECT_EQ(part[2 * item + i], beyond ? 0 : whole[2 * item + i]) << "an item of length 2";
                }
            }
        }
}

TEST(SequenceOps, RefuseShapesThatDoNotFit) {
    EXPECT_EQ(errorOf([](Graph& g) { ops::layerNorm(g, g.input("x", {2, 3, 4}), noValue, noValue, {.affine = false}); }), "op.axis_count");
    EXPECT_EQ(errorOf([](Graph& g) { ops::layerNorm(g, g.input("x", {2, 3}), g.parameter("gamma", {2}, {}), g.parameter("beta", {3}, {}), {}); }),
              "op.shape_differs");
    const auto lstm = [](Shape x, Shape w, Shape r) {
        return errorOf([=](Graph& g) {
            const ValueId bias = g.parameter("b", {8}, {});
            const auto y = ops::recurrent(g, g.input("x", x), g.parameter("w", w, {}), g.parameter("r", r, {}), bias, bias, noValue, {});
            ops::recurrentBackward(g, y.y, y.y, y.y, y.reserve, y.y, noValue, {});
        });
    };
    EXPECT_EQ(lstm({2, 3}, {8, 3}, {8, 2}), "op.axis_count");
    EXPECT_EQ(lstm({2, 3, 4}, {8, 3}, {8, 2}), "op.shape_differs");
    EXPECT_EQ(lstm({2, 3, 3}, {8, 3}, {6, 2}), "op.shape_differs");
}
