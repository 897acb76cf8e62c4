// Every op on the GPU against the float32 reference device, and with the same bits every time.
#include <cstring>

#include "tests/core/engine/cuda/plugin/gpu.h"
#include "tests/core/engine/op_cases.h"

namespace lamina {
namespace {

using namespace op_cases;

class CudaOps : public testing::TestWithParam<Case> {};

TEST_P(CudaOps, AgreeWithTheReference) {
    LAMINA_NEEDS_GPU();
    for (int runs : {1, 4}) {  // launched op by op; replayed as a graph
        SCOPED_TRACE(runs);
        expectClose(compute(GetParam(), **gpu(), runs), compute(GetParam(), *makeReferenceDevice(DType::Float32), runs), GetParam().tolerance);
    }
}

TEST_P(CudaOps, GiveTheSameBitsEveryTime) {
    LAMINA_NEEDS_GPU();
    const auto once = compute(GetParam(), **gpu(), 3), again = compute(GetParam(), **gpu(), 3);
    ASSERT_EQ(again.values.size(), once.values.size());
    for (std::size_t i = 0; i < once.values.size(); ++i) {
        ASSERT_EQ(again.values[i].size(), once.values[i].size());
        EXPECT_EQ(std::memcmp(again.values[i].data(), once.values[i].data(), once.values[i].size() * sizeof(double)), 0) << "value " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(All, CudaOps, testing::ValuesIn(allCases()),
                         [](const auto& info) { return std::to_string(info.index) + "_" + info.param.name; });

/// Loss, flag and parameter after one run with this input.
struct Guarded {
    double finite = 0;
    std::vector<double> parameter;
};
Guarded updateFrom(Device& device, double gradient) {
    Graph g;
    const ValueId p = g.parameter("p", {5000}, {Initializer::Kind::Constant, 1}), dp = g.input("g", {5000});
    const ValueId finite = ops::allFinite(g, {dp});
    ops::optimizerUpdate(g, p, dp, {}, finite, {.kind = OptimizerKind::Sgd});
    ParameterStore store(device);
    const auto program = Program::create(std::move(g), device, store, {finite}, 1);
    EXPECT_TRUE(program.ok());
    std::vector<double> numbers(5000, 0.5);
    numbers[4321] = gradient;
    (*program)->write(dp, numbers);
    (*program)->run({1, 0, 0.1});
    return {(*program)->read(finite)[0], store.read("p")};
}

TEST(CudaGuard, ANumberThatIsNotFiniteLeavesTheParametersAsTheyWere) {
    LAMINA_NEEDS_GPU();
    for (double bad : {std::nan(""), static_cast<double>(INFINITY), -static_cast<double>(INFINITY)}) {
        const Guarded outcome = updateFrom(**gpu(), bad);
        EXPECT_EQ(outcome.finite, 0);
        EXPECT_EQ(outcome.parameter, std::vector<double>(5000, 1.0));
    }
    EXPECT_EQ(updateFrom(**gpu(), 0.5).finite, 1);
}

TEST(CudaMemory, WhatTheHostWritesBetweenRunsCounts) {
    LAMINA_NEEDS_GPU();
    Graph g;
    const ValueId p = g.parameter("p", {3}, {Initializer::Kind::Constant, 1}), x = g.input("x", {3});
    const ValueId y = ops::add(g, p, x);
    ParameterStore store(**gpu());
    const auto program = Program::create(std::move(g), **gpu(), store, {y}, 1);
    ASSERT_TRUE(program.ok());
    (*program)->write(x, std::vector<double>{1, 2, 3});
    for (int run = 0; run < 3; ++run) {
        ASSERT_TRUE(store.write("p", std::vector<double>(3, run)));
        (*program)->run({});
        EXPECT_EQ((*program)->read(y), (std::vector<double>{1.0 + run, 2.0 + run, 3.0 + run}));
        EXPECT_EQ(store.read("p"), std::vector<double>(3, run));
    }
}

TEST(CudaMemory, TwoProgramsShareTheirParameters) {
    LAMINA_NEEDS_GPU();
    ParameterStore store(**gpu());
    Graph g;
    const ValueId p = g.parameter("p", {4}, {Initializer::Kind::Constant, 1}), dp = g.input("g", {4});
    ops::optimizerUpdate(g, p, dp, {}, ops::allFinite(g, {dp}), {.kind = OptimizerKind::Sgd});
    const auto training = Program::create(std::move(g), **gpu(), store, {}, 1);
    Graph h;
    const ValueId twice = ops::scale(h, h.parameter("p", {4}, {}), 2);
    const auto use = Program::create(std::move(h), **gpu(), store, {twice}, 1);
    ASSERT_TRUE(training.ok() && use.ok());
    (*training)->write(dp, std::vector<double>(4, 1));
    for (int step = 1; step <= 3; ++step) {
        (*training)->run({1, 0, 0.25});
        (*use)->run({});
        EXPECT_EQ((*use)->read(twice), std::vector<double>(4, 2 * (1 - 0.25 * step)));
    }
}

TEST(CudaPlan, AProgramTooLargeIsRefusedInWords) {
    LAMINA_NEEDS_GPU();
    Graph g;
    const ValueId x = g.input("x", {1 << 16, 1});
    const ValueId y = ops::add(g, x, g.input("row", {1 << 16}));
    ParameterStore store(**gpu());
    const auto program = Program::create(std::move(g), **gpu(), store, {y}, 1);
    ASSERT_FALSE(program.ok());
    EXPECT_EQ(program.error().code, "cuda.too_large");
}

TEST(CudaPlan, ProductsInBfloat16AreRefusedInWords) {
    auto device = makeCudaDevice({});
    if (!device) GTEST_SKIP() << device.error().debugText();
    Graph g;
    const ValueId y = ops::gemm(g, g.input("a", {16, 16}), g.input("b", {16, 16}));
    g.ops.back().as<GemmAttributes>().precision = Precision::Bfloat16;
    ParameterStore store(**device);
    const auto program = Program::create(g, **device, store, {y}, 1);
    ASSERT_FALSE(program.ok());
    EXPECT_EQ(program.error().code, "cuda.no_bfloat16");
}

TEST(CudaPlan, AProgramThatDoesNotFitIntoTheGpuIsRefusedInWords) {
    LAMINA_NEEDS_GPU();
    Graph g;
    const ValueId x = g.input("x", {1, 1}), large = ops::broadcast(g, x, {40000, 50000});
    std::vector<ValueId> alive;
    for (int i = 0; i < 60; ++i) alive.push_back(ops::scale(g, large, i));  // 8 GB each, all needed at once
    ValueId sum = large;
    for (ValueId value : alive) sum = ops::add(g, sum, value);
    const ValueId y = ops::reduce(g, ReduceKind::Sum, sum, {});
    ParameterStore store(**gpu());
    const auto program = Program::create(std::move(g), **gpu(), store, {y}, 1);
    ASSERT_FALSE(program.ok());
    EXPECT_EQ(program.error().code, "cuda.out_of_memory");
    EXPECT_TRUE(testAgainstReference(**gpu()).ok()) << "the GPU goes on working";
}

}  // namespace
}  // namespace lamina
