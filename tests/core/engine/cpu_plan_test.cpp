// What a CPU plan promises beside right numbers: fusions, layouts, no allocation while it runs, a guard that holds updates back.
#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <thread>

#include "core/engine/cpu/thread_pool.h"
#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"
#include "tests/support/counted_allocations.h"

namespace lamina {
namespace {

struct Net {
    Graph g;
    ValueId images = noValue, labels = noValue, loss = noValue;
    std::vector<ValueId> parameters;

    ValueId parameter(const std::string& name, Shape shape) {
        parameters.push_back(g.parameter(name, std::move(shape), {Initializer::Kind::Normal, 0.1}));
        return parameters.back();
    }
    void train() {
        const auto gradients = appendGradients(g, loss, parameters);
        const ValueId finite = ops::allFinite(g, gradients);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const std::string name = g.value(parameters[i]).name;
            const Shape shape = g.shape(parameters[i]);
            ops::optimizerUpdate(g, parameters[i], gradients[i], {g.state(name + "#m", shape, 0), g.state(name + "#v", shape, 0)}, finite,
                                 {.kind = OptimizerKind::Adam});
        }
    }
};

Net denseNet(std::int64_t batch = 32) {
    Net n;
    n.images = n.g.input("x", {batch, 100});
    n.labels = n.g.input("labels", {batch}, DType::Int32);
    const ValueId h =
        ops::unary(n.g, UnaryKind::Relu, ops::addBias(n.g, ops::gemm(n.g, n.images, n.parameter("w1", {100, 64})), n.parameter("b1", {64})));
    const ValueId h2 = ops::unary(n.g, UnaryKind::Relu, ops::addBias(n.g, ops::gemm(n.g, h, n.parameter("w2", {64, 48})), n.parameter("b2", {48})));
    n.loss = ops::crossEntropy(n.g, ops::addBias(n.g, ops::gemm(n.g, h2, n.parameter("w3", {48, 10})), n.parameter("b3", {10})), n.labels);
    n.train();
    return n;
}

Net imageNet() {
    Net n;
    n.images = n.g.input("x", {16, 1, 16, 16});
    n.labels = n.g.input("labels", {16}, DType::Int32);
    WindowAttributes pool;
    pool.kernel = pool.stride = {2, 2};
    const auto conv = [&](ValueId x, const char* name, Shape w) {
        const std::int64_t channels = w[0];
        const ValueId y =
            ops::addBias(n.g, ops::conv2d(n.g, x, n.parameter(name, std::move(w)), {}), n.parameter(std::string(name) + "b", {channels}));
        return ops::maxPool2d(n.g, ops::unary(n.g, UnaryKind::Relu, y), pool);
    };
    const ValueId h = ops::reshape(n.g, conv(conv(n.images, "c1", {16, 1, 3, 3}), "c2", {32, 16, 3, 3}), {16, 128});
    n.loss = ops::crossEntropy(n.g, ops::gemm(n.g, h, n.parameter("w", {128, 10})), n.labels);
    n.train();
    return n;
}

std::unique_ptr<Program> programOf(const Net& n, Device& device, ParameterStore& store) {
    auto program = Program::create(n.g, device, store, {n.loss}, 1);
    EXPECT_TRUE(program.ok()) << (program.ok() ? "" : program.error().debugText());
    return program.ok() ? std::move(*program) : nullptr;
}

long countLike(const std::vector<PlannedOp>& plan, const std::string& text) {
    return std::count_if(plan.begin(), plan.end(),
                         [&](const PlannedOp& op) { return op.op == text || op.implementation.find(text) != std::string::npos; });
}

TEST(CpuPlan, JoinsGemmBiasAndActivation) {
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    const auto plan = programOf(denseNet(), *device, store)->describe();
    EXPECT_EQ(countLike(plan, "gemm+bias+relu"), 2);
    EXPECT_EQ(countLike(plan, "gemm+bias"), 1);
    EXPECT_EQ(countLike(plan, "gemm+relu_backward"), 2);
    EXPECT_EQ(countLike(plan, "unary_backward"), 0);
    EXPECT_EQ(countLike(plan, "gemm+optimizer_update"), 3) << "each weight is updated while its gradient is made";
    EXPECT_EQ(countLike(plan, "optimizer_update"), 1) << "the biases in one pass";
}

using Bits = std::vector<double>;

/// Parameters and slots after three steps. With `kept` the gradients are read by the caller, so that they have to go through memory.
std::map<std::string, Bits> trained(Net n, int threads, bool kept) {
    const auto device = makeCpuDevice({threads, ""});
    ParameterStore store(*device);
    std::vector<ValueId> keep{n.loss};
    for (const Op& op : n.g.ops)
        if (kept && op.kind == OpKind::OptimizerUpdate) keep.push_back(op.inputs[1]);
    auto program = Program::create(n.g, *device, store, keep, 1);
    EXPECT_TRUE(program.ok());
    EXPECT_EQ(countLike((*program)->describe(), "gemm+optimizer_update") == 0, kept);
    const RandomStream numbers(1, 2);
    const auto x = (*program)->span<float>(n.images);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = numbers.normal(i);
    for (std::uint64_t step = 0; step < 3; ++step) (*program)->run({1, step, 0.01});
    std::map<std::string, Bits> result;
    for (const auto& [name, entry] : store.entries()) result[name] = store.read(name);
    return result;
}

TEST(CpuPlan, UpdatesInsideTheProductGiveTheBitsOfUpdatesThroughMemory) {
    for (const std::int64_t batch : {1, 32, 100}) {
        const auto expected = trained(denseNet(batch), 1, true);
        for (int threads = 1; threads <= 3; ++threads) EXPECT_EQ(trained(denseNet(batch), threads, false), expected) << batch << ", " << threads;
    }
}

/// One weight [20, 33] whose gradient is aᵀ·b, with a [k, 20] and b [k, 33] given from outside.
struct OuterProduct {
    explicit OuterProduct(OptimizerAttributes attributes = {}, std::int64_t k = 4) {
        a = g.input("a", {k, 20});
        b = g.input("b", {k, 33});
        const ValueId weight = g.parameter("w", {20, 33}, {Initializer::Kind::Normal, 0.1}), gradient = ops::gemm(g, a, b, true, false);
        finite = ops::allFinite(g, {gradient});
        std::vector<ValueId> slots;
        if (attributes.momentum != 0) slots.push_back(g.state("w#m", {20, 33}, 0));
        ops::optimizerUpdate(g, weight, gradient, slots, finite, attributes);
    }
    Graph g;
    ValueId a = noValue, b = noValue, finite = noValue;
};

/// Whether the update was let through, with these numbers in the first row of a and b and 1 elsewhere; the weights tell the same.
bool letsThrough(float a, float b, float c) {
    const auto device = makeCpuDevice({2, ""});
    ParameterStore store(*device);
    const OuterProduct n;
    auto program = Program::create(n.g, *device, store, {n.finite}, 1);
    EXPECT_EQ(countLike((*program)->describe(), "gemm+optimizer_update"), 1);
    std::ranges::fill((*program)->span<float>(n.a), 1.0f);
    std::ranges::fill((*program)->span<float>(n.b), 1.0f);
    (*program)->span<float>(n.a)[0] = a;
    (*program)->span<float>(n.b)[0] = b;
    (*program)->span<float>(n.b)[33] = c;
    const auto before = store.read("w");
    (*program)->run({1, 0, 1e-30});
    const bool finite = (*program)->read(n.finite)[0] != 0;
    EXPECT_EQ(store.read("w") != before, finite);
    return finite;
}

TEST(CpuPlan, KnowsBeforeAnyUpdateWhetherAProductIsFinite) {
    constexpr float infinity = std::numeric_limits<float>::infinity(), none = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(letsThrough(1e30f, 1, 1e20f)) << "too large for the bound, yet every number is finite";
    EXPECT_FALSE(letsThrough(1e30f, 1e20f, 1)) << "finite factors, a number that is not";
    EXPECT_FALSE(letsThrough(infinity, 1, 1));
    EXPECT_FALSE(letsThrough(1, 1, -infinity));
    EXPECT_FALSE(letsThrough(none, 1, 1));
    EXPECT_FALSE(letsThrough(1, none, 1));
    EXPECT_FALSE(letsThrough(infinity, 0, 1)) << "0 times infinity is not a number";
}

std::string noteOfUpdate(const Graph& g, const std::vector<ValueId>& kept) {
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    const auto plan = (*Program::create(g, *device, store, kept, 1))->describe();
    const auto update = std::find_if(plan.begin(), plan.end(), [](const PlannedOp& op) { return op.op == "optimizer_update"; });
    return update == plan.end() ? "joined" : update->note;
}

TEST(CpuPlan, SaysWhyAGradientGoesThroughMemory) {
    const OuterProduct plain, momentum({.kind = OptimizerKind::Sgd, .momentum = 0.9}), deep({}, 600);
    EXPECT_EQ(noteOfUpdate(plain.g, {plain.finite}), "joined");
    EXPECT_EQ(noteOfUpdate(momentum.g, {momentum.finite}), "joined");
    EXPECT_NE(noteOfUpdate(deep.g, {deep.finite}).find("512"), std::string::npos);
    EXPECT_NE(noteOfUpdate(plain.g, {plain.finite, plain.g.ops[0].outputs[0]}).find("others"), std::string::npos);

    Graph g;  // each weight is a factor of the other's gradient: both gradients are needed before either changes
    const ValueId v = g.parameter("v", {6, 5}, {Initializer::Kind::Normal, 0.1}), w = g.parameter("w", {5, 4}, {Initializer::Kind::Normal, 0.1});
    const ValueId product = ops::gemm(g, v, w), loss = ops::reduce(g, ReduceKind::Sum, ops::unary(g, UnaryKind::Square, product), {0, 1});
    const auto gradients = appendGradients(g, loss, {v, w});
    const ValueId finite = ops::allFinite(g, gradients);
    ops::optimizerUpdate(g, v, gradients[0], {}, finite, {});
    ops::optimizerUpdate(g, w, gradients[1], {}, finite, {});
    EXPECT_NE(noteOfUpdate(g, {finite}).find("updated too"), std::string::npos);
}

std::vector<PlannedOp> planOf(const std::function<ValueId(Graph&)>& build) {
    Graph g;
    const ValueId y = build(g);
    EXPECT_FALSE(g.error()) << g.error()->debugText();
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    return (*Program::create(g, *device, store, {y}, 1))->describe();
}

TEST(CpuPlan, ManyProductsWithOneMatrixAreOneProduct) {
    const auto shared = planOf([](Graph& g) { return ops::matMul(g, g.input("x", {4, 9, 16}), g.input("w", {16, 5})); });
    EXPECT_EQ(countLike(shared, "gemm"), 1);
    EXPECT_EQ(countLike(shared, "mat_mul"), 0);
    const auto own = planOf([](Graph& g) { return ops::matMul(g, g.input("x", {4, 9, 16}), g.input("w", {4, 16, 5})); });
    ASSERT_EQ(countLike(own, "mat_mul"), 1);
    EXPECT_EQ(countLike(own, "4 products"), 1);
}

TEST(CpuPlan, TransposesMoveAsLittleAsTheyCan) {
    const auto how = [](const Shape& shape, const std::vector<std::int64_t>& axes) {
        const auto plan = planOf([&](Graph& g) { return ops::transpose(g, g.input("x", shape), axes); });
        return plan.empty() ? "nothing" : plan[0].implementation.substr(0, plan[0].implementation.find(','));
    };
    EXPECT_EQ(how({5, 1, 7}, {1, 0, 2}), "nothing");
    EXPECT_EQ(how({4, 30, 6, 64}, {0, 2, 1, 3}), "rows copied");
    EXPECT_EQ(how({30, 40}, {1, 0}).substr(0, 9), "own tiles");
}

TEST(CpuPlan, KeepsBlockedLayoutsBetweenConvolutions) {
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    const auto plan = programOf(imageNet(), *device, store)->describe();
    EXPECT_EQ(countLike(plan, "conv2d+bias+relu"), 2 + 2) << "each with one reorder of its weights";
    EXPECT_EQ(countLike(plan, "max_pool2d_backward+relu_backward"), 2 + 1) << "one has to reorder what comes from the dense layer";
    EXPECT_EQ(countLike(plan, "reduce"), 0) << "the bias gradients come with the weights' gradients";
    EXPECT_EQ(countLike(plan, "reorder nchw→nChw"), 1) << "only where the gradient leaves the dense layer";
    EXPECT_EQ(countLike(plan, "c→nchw of"), 1) << "only where the dense layer begins";
}

void expectNoAllocation(const Net& n, const char* what, bool library) {
    const auto device = makeCpuDevice({2, ""});
    ParameterStore store(*device);
    const auto program = programOf(n, *device, store);
    StepContext step;
    for (; step.step < 3; ++step.step) program->run(step);
    const long before = allocations.load();
    program->run(step);
    const long first = allocations.load() - before;
    for (++step.step; step.step < 13; ++step.step) program->run(step);
    const long ten = allocations.load() - before;
    std::printf("%s: %ld allocations per step\n", what, first);
    EXPECT_EQ(ten, 10 * first) << "the number per step is constant";
    if (!library) {
        EXPECT_EQ(first, 0);
    }
}

TEST(CpuPlan, AllocatesNothingInAStepOfDenseLayers) { expectNoAllocation(denseNet(), "dense layers", false); }
TEST(CpuPlan, AllocatesOnlyWhatOneDnnDoesInAStepOfConvolutions) { expectNoAllocation(imageNet(), "convolutions (oneDNN's own)", true); }

TEST(CpuPlan, LearnsWhatItIsShown) {
    for (const Net& n : {denseNet(), imageNet()}) {
        const auto device = makeCpuDevice();
        ParameterStore store(*device);
        const auto program = programOf(n, *device, store);
        const RandomStream numbers(1, 2);
        auto x = program->span<float>(n.images);
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = numbers.normal(i);
        auto labels = program->span<std::int32_t>(n.labels);
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % 10);
        program->run({1, 0, 0.01});
        const double before = program->read(n.loss)[0];
        for (std::uint64_t step = 1; step < 60; ++step) program->run({1, step, 0.01});
        EXPECT_LT(program->read(n.loss)[0], before / 10);
    }
}

TEST(CpuPlan, LeavesWeightsAloneWhereAGradientIsNotFinite) {
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    const Net n = denseNet();
    const auto program = programOf(n, *device, store);
    const auto before = store.read("w1");
    program->span<float>(n.images)[5] = std::numeric_limits<float>::infinity();
    program->run({1, 0, 0.01});
    EXPECT_EQ(store.read("w1"), before);
    program->span<float>(n.images)[5] = 1;
    program->run({1, 1, 0.01});
    EXPECT_NE(store.read("w1"), before);
}

TEST(CpuPlan, LeavesTheCallersFloatingPointSettingsAlone) {
    const auto device = makeCpuDevice();
    ParameterStore store(*device);
    const auto program = programOf(denseNet(), *device, store);
    program->run({});
    volatile float small = std::numeric_limits<float>::min();
    volatile float denormal = small / 2;
    EXPECT_GT(denormal, 0.0f);
}

TEST(ThreadPool, RunsEverySliceOnce) {
    cpu::ThreadPool pool(4);
    for (int round = 0; round < 2000; ++round) {
        std::atomic<int> counts[97] = {};
        pool.run(round % 98, [&](int slice, int worker) {
            EXPECT_TRUE(worker >= 0 && worker < 4);
            counts[slice].fetch_add(1);
        });
        for (int i = 0; i < 97; ++i) ASSERT_EQ(counts[i].load(), i < round % 98 ? 1 : 0);
    }
}

TEST(ThreadPool, WakesUpAfterAPause) {
    cpu::ThreadPool pool(3);
    for (int round = 0; round < 20; ++round) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        std::atomic<int> sum{0};
        pool.run(100, [&](int slice, int) { sum.fetch_add(slice); });
        EXPECT_EQ(sum.load(), 4950);
    }
}

TEST(ThreadPool, ACallerWhoWaitsLongLeavesItsCoreToOthers) {
    cpu::ThreadPool pool(2);
    std::atomic<bool> started{false};
    const auto ownTime = [] {
        timespec time;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    std::chrono::nanoseconds before{};
    pool.run(2, [&](int, int worker) {
        if (worker == 0) {
            while (!started) std::this_thread::sleep_for(std::chrono::microseconds(100));
            before = ownTime();
            return;
        }
        started = true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    });
    EXPECT_LT(ownTime() - before, std::chrono::milliseconds(50));
}

TEST(ThreadPool, ServesTwoCallersAtOnce) {
    cpu::ThreadPool pool(2);
    std::atomic<long> sum{0};
    const auto caller = [&] {
        for (int round = 0; round < 500; ++round) pool.run(10, [&](int slice, int) { sum.fetch_add(slice); });
    };
    std::thread other(caller);
    caller();
    other.join();
    EXPECT_EQ(sum.load(), 2 * 500 * 45);
}

}  // namespace
}  // namespace lamina
