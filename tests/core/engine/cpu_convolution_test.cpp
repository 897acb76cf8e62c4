// The ways in which the CPU device computes convolutions: Winograd's method, cut by images or by channels, weights brought into order once.
#include <cstring>

#include "tests/core/engine/op_cases.h"

namespace lamina {
namespace {

using namespace op_cases;

constexpr double winogradTolerance = 1e-4;

WindowAttributes around3x3() {
    WindowAttributes window;
    window.kernel = {3, 3};
    window.padding = {1, 1, 1, 1};
    return window;
}

struct Layer {
    ValueId x, w, b, y;
};

Layer addLayer(Graph& g, Shape x, std::int64_t filters, std::int64_t kernel) {
    Layer layer{g.input("x", x), parameter(g, "w", {filters, x[1], kernel, kernel}), parameter(g, "b", {filters}), noValue};
    const WindowAttributes window = kernel == 3 ? around3x3() : WindowAttributes{};
    layer.y = ops::unary(g, UnaryKind::Relu, ops::addBias(g, ops::conv2d(g, layer.x, layer.w, window), layer.b));
    return layer;
}

/// Nothing is updated: the weights are fixed.
Case useCase(const std::string& name, Shape x, std::int64_t filters, std::int64_t kernel) {
    return {name, [=](Graph& g) { return std::vector<ValueId>{addLayer(g, x, filters, kernel).y}; }, winogradTolerance};
}

Case trainingCase(const std::string& name, Shape x, std::int64_t filters) {
    return {name,
            [=](Graph& g) {
                const Layer layer = addLayer(g, x, filters, 3);
                auto kept = withGradients(g, layer.y, {layer.x, layer.w, layer.b});
                ops::optimizerUpdate(g, layer.w, kept[2], {}, ops::allFinite(g, {kept[2]}), {.kind = OptimizerKind::Sgd});
                return kept;
            },
            winogradTolerance};
}

/// Channels are joined, taken apart and averaged where they lie interleaved.
Case joinedCase(std::int64_t first) {
    return {"joined_" + std::to_string(first),
            [=](Graph& g) {
                const Layer layer = addLayer(g, {2, 16, 9, 7}, first, 3);
                const ValueId other = ops::conv2d(g, layer.x, parameter(g, "w2", {20, 16, 1, 1}), {});
                const ValueId joined = ops::concat(g, {layer.y, other}, 1);
                const ValueId last = ops::conv2d(g, joined, parameter(g, "w3", {16, first + 20, 1, 1}), {});
                return withGradients(g, ops::reduce(g, ReduceKind::Mean, last, {2, 3}), {layer.x, layer.w});
            },
            winogradTolerance};
}

/// Batch norm on running statistics becomes a part of the convolution before it.
Case normCase(bool bias, Shape x) {
    return {std::string("norm_") + (bias ? "bias_" : "") + std::to_string(x[0]),
            [=](Graph& g) {
                const ValueId w = parameter(g, "w", {24, x[1], 3, 3}), gamma = parameter(g, "gamma", {24}), beta = parameter(g, "beta", {24});
                ValueId y = ops::conv2d(g, g.input("x", x), w, around3x3());
                if (bias) y = ops::addBias(g, y, parameter(g, "b", {24}));
                y = ops::batchNormInference(g, y, gamma, beta, g.state("mean", {24}, 0.3), g.state("variance", {24}, 1.7), {});
                return std::vector<ValueId>{ops::unary(g, UnaryKind::Relu, y)};
            },
            winogradTolerance};
}

std::vector<Case> convolutionCases() {
    return {trainingCase("winograd", {8, 32, 16, 16}, 48),
            trainingCase("winograd_uneven_batch", {9, 32, 17, 15}, 32),
            trainingCase("weights_larger_than_pictures", {4, 64, 3, 3}, 128),
            useCase("transformed_once", {8, 16, 12, 12}, 32, 3),
            useCase("transformed_once_not_possible", {11, 32, 12, 12}, 32, 3),
            useCase("one_picture", {1, 32, 24, 24}, 64, 3),
            useCase("one_picture_odd_channels", {1, 64, 24, 24}, 72, 3),
            useCase("two_pictures", {2, 48, 20, 20}, 64, 1),
            useCase("one_colour_picture", {1, 3, 64, 64}, 64, 3),
            joinedCase(32),
            joinedCase(24),
            normCase(false, {6, 16, 9, 9}),
            normCase(true, {5, 3, 8, 8}),
            normCase(false, {1, 48, 20, 20})};
}

class CpuConvolution : public testing::TestWithParam<Case> {};

TEST_P(CpuConvolution, AgreesWithTheReference) {
    const auto expected = compute(GetParam(), *makeReferenceDevice(DType::Float64));
    expectClose(compute(GetParam(), *makeCpuDevice({2, ""})), expected, GetParam().tolerance);
}

TEST_P(CpuConvolution, GivesTheSameBitsForAnyNumberOfThreads) {
    const auto one = compute(GetParam(), *makeCpuDevice({1, ""}));
    for (int threads : {2, 3}) {
        const auto more = compute(GetParam(), *makeCpuDevice({threads, ""}));
        ASSERT_EQ(more.values.size(), one.values.size());
        for (std::size_t i = 0; i < one.values.size(); ++i)
            EXPECT_EQ(std::memcmp(more.values[i].data(), one.values[i].data(), one.values[i].size() * sizeof(double)), 0)
                << threads << " threads, value " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(All, CpuConvolution, testing::ValuesIn(convolutionCases()), [](const auto& info) { return info.param.name; });

bool planSays(const Outcome& outcome, const std::string& text) {
    return std::any_of(outcome.plan.begin(), outcome.plan.end(),
                       [&](const PlannedOp& op) { return op.implementation.find(text) != std::string::npos; });
}

TEST(CpuConvolutionPlan, SharesAPictureOutByChannelsAndReordersItsWeightsOnce) {
    const auto outcome = compute(useCase("", {1, 32, 24, 24}, 64, 3), *makeCpuDevice({2, ""}));
    EXPECT_TRUE(planSays(outcome, "slices of 1 parts of the channels"));
    EXPECT_TRUE(planSays(outcome, ", once"));
}

TEST(CpuConvolutionPlan, TakesBatchNormAndActivationIntoTheConvolution) {
    const auto outcome = compute(normCase(true, {5, 3, 8, 8}), *makeCpuDevice({2, ""}));
    EXPECT_TRUE(std::all_of(outcome.plan.begin(), outcome.plan.end(), [](const PlannedOp& op) { return op.op == "conv2d+bias+batch_norm+relu"; }));
}

TEST(CpuConvolutionPlan, ReordersWeightsThatAreTrainedInEveryStep) {
    const auto outcome = compute(trainingCase("", {8, 32, 16, 16}, 48), *makeCpuDevice({2, ""}));
    EXPECT_TRUE(planSays(outcome, "reorder weights"));
    EXPECT_FALSE(planSays(outcome, ", once"));
}

TEST(CpuConvolutionPlan, KeepsJoinedChannelsInterleaved) {
    EXPECT_FALSE(planSays(compute(joinedCase(32), *makeCpuDevice({2, ""})), "nChw16c→nchw of conv2d"));
}

/// A network in use and the same network in training, on one store.
struct Shared {
    std::unique_ptr<Device> device = makeCpuDevice({2, ""});
    ParameterStore store{*device};
    std::unique_ptr<Program> use, train;
    ValueId y = noValue;

    Shared() {
        Graph g;
        y = addLayer(g, {1, 32, 24, 24}, 64, 3).y;
        use = make(std::move(g), y);
        Graph t;
        const auto kept = trainingCase("", {1, 32, 24, 24}, 64).build(t);
        train = make(std::move(t), kept[0]);
    }
    std::unique_ptr<Program> make(Graph g, ValueId kept) {
        auto program = Program::create(std::move(g), *device, store, {kept}, 1);
        EXPECT_TRUE(program.ok());
        fillInputs(**program);
        return std::move(*program);
    }
    std::vector<double> answer() {
        use->run({});
        return use->read(y);
    }
};

TEST(CpuConvolutionPlan, SeesWeightsThatWereWrittenBetweenTwoRuns) {
    Shared s;
    const auto before = s.answer();
    EXPECT_EQ(s.answer(), before);
    auto weights = s.store.read("w");
    for (double& w : weights) w *= 2;
    ASSERT_TRUE(s.store.write("w", weights).ok());
    EXPECT_NE(s.answer(), before);
}

TEST(CpuConvolutionPlan, SeesWeightsThatATrainingChangedBetweenTwoRuns) {
    Shared s;
    const auto before = s.answer();
    s.train->run({5, 0, 0.01});
    EXPECT_NE(s.answer(), before);
}

/// Counts what it gives.
class CountingCpu : public Device {
public:
    std::string id() const override { return "cpu"; }
    std::string description() const override { return "counting"; }
    std::shared_ptr<void> allocate(std::size_t bytes) override {
        given += bytes;
        return m_cpu->allocate(bytes);
    }
    Result<std::unique_ptr<DevicePlan>> plan(const Graph& graph, const std::vector<ValueId>& kept) override { return m_cpu->plan(graph, kept); }
    std::size_t given = 0;

private:
    std::unique_ptr<Device> m_cpu = makeCpuDevice({2, ""});
};

TEST(CpuConvolutionPlan, ProgramsOfOneStoreShareTheirWorkingMemoryAndNotWhatStaysBetweenRuns) {
    CountingCpu device;
    ParameterStore store(device);
    std::vector<std::unique_ptr<Program>> programs;
    std::vector<ValueId> results;
    std::vector<std::size_t> given;
    for (const std::int64_t batch : {32, 32, 3}) {
        Graph g;
        const Layer layer = addLayer(g, {batch, 32, 16, 16}, 64, 3);
        results.push_back(ops::scale(g, ops::conv2d(g, layer.y, parameter(g, "w2", {64, 64, 3, 3}), around3x3()), 2));
        const std::size_t before = device.given;
        auto program = Program::create(std::move(g), device, store, {results.back()}, 1);
        ASSERT_TRUE(program.ok());
        fillInputs(**program);
        programs.push_back(std::move(*program));
        given.push_back(device.given - before);
    }
    std::size_t parameters = 0;
    for (const auto& [name, entry] : store.entries()) parameters += static_cast<std::size_t>(elementCount(entry.shape)) * sizeof(float);
    EXPECT_EQ(given[1], given[0] - parameters - programs[0]->arenaBytes()) << "the second has working memory of its own";
    std::vector<std::vector<double>> first;
    for (std::size_t i = 0; i < programs.size(); ++i) programs[i]->run({}), first.push_back(programs[i]->read(results[i]));
    for (std::size_t i = 0; i < programs.size(); ++i) {
        programs[i]->run({});
        EXPECT_EQ(programs[i]->read(results[i]), first[i]) << i;
    }
}

}  // namespace
}  // namespace lamina
