// Single ops on the CPU device, against oneDNN's own matrix product.
#include <benchmark/benchmark.h>
#include <oneapi/dnnl/dnnl.h>

#include <cstdio>
#include <stdexcept>
#include <vector>

#include "core/engine/cpu/thread_pool.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"

namespace {

using namespace lamina;

struct Prepared {
    std::unique_ptr<Device> device = makeCpuDevice({1, ""});
    ParameterStore store{*device};
    std::unique_ptr<Program> program;

    explicit Prepared(Graph g, ValueId kept) {
        auto made = Program::create(std::move(g), *device, store, {kept}, 1);
        if (!made) throw std::runtime_error(made.error().debugText());
        program = std::move(*made);
    }
};

void countFlops(benchmark::State& state, double flops) {
    state.counters["flops"] = benchmark::Counter(flops * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

/// Arguments: m, n, k, which operand is transposed (0 none, 1 A, 2 B).
void ownGemm(benchmark::State& state) {
    const std::int64_t m = state.range(0), n = state.range(1), k = state.range(2);
    const bool ta = state.range(3) == 1, tb = state.range(3) == 2;
    Graph g;
    const Initializer start{Initializer::Kind::Normal, 1};
    const ValueId a = g.parameter("a", ta ? Shape{k, m} : Shape{m, k}, start), b = g.parameter("b", tb ? Shape{n, k} : Shape{k, n}, start);
    const ValueId c = ops::gemm(g, a, b, ta, tb);
    Prepared prepared(std::move(g), c);
    for (auto _ : state) prepared.program->run({});
    countFlops(state, 2.0 * static_cast<double>(m * n * k));
}

void oneDnnGemm(benchmark::State& state) {
    const std::int64_t m = state.range(0), n = state.range(1), k = state.range(2);
    const bool ta = state.range(3) == 1, tb = state.range(3) == 2;
    const cpu::ComputeThread settings;
    std::vector<float> a(static_cast<std::size_t>(m * k), 1.0f), b(static_cast<std::size_t>(n * k), 1.0f), c(static_cast<std::size_t>(m * n));
    for (auto _ : state) dnnl_sgemm(ta ? 'T' : 'N', tb ? 'T' : 'N', m, n, k, 1.0f, a.data(), ta ? m : k, b.data(), tb ? k : n, 0.0f, c.data(), n);
    countFlops(state, 2.0 * static_cast<double>(m * n * k));
}

void shapes(benchmark::internal::Benchmark* b) {
    for (std::int64_t batch : {32, 64, 256})
        for (const auto& [in, out] : {std::pair<std::int64_t, std::int64_t>{784, 1024}, {1024, 512}}) {
            b->Args({batch, out, in, 0});
            b->Args({batch, in, out, 2});
            b->Args({in, out, batch, 1});
        }
}

BENCHMARK(ownGemm)->Apply(shapes);
BENCHMARK(oneDnnGemm)->Apply(shapes);

void maxPool(benchmark::State& state) {
    Graph g;
    WindowAttributes window;
    window.kernel = window.stride = {2, 2};
    const ValueId y = ops::maxPool2d(g, g.input("x", {64, 32, 26, 26}), window);
    Prepared prepared(std::move(g), y);
    for (auto _ : state) prepared.program->run({});
}
BENCHMARK(maxPool);

/// Arguments: products, m, n, k, whether B is transposed. The first shapes are those of attention.
void ownMatMul(benchmark::State& state) {
    const std::int64_t count = state.range(0), m = state.range(1), n = state.range(2), k = state.range(3);
    const bool tb = state.range(4) != 0;
    Graph g;
    const Initializer start{Initializer::Kind::Normal, 1};
    const ValueId a = g.parameter("a", {count, m, k}, start), b = g.parameter("b", tb ? Shape{count, n, k} : Shape{count, k, n}, start);
    const ValueId c = ops::matMul(g, a, b, false, tb);
    Prepared prepared(std::move(g), c);
    for (auto _ : state) prepared.program->run({});
    countFlops(state, 2.0 * static_cast<double>(count * m * n * k));
}
BENCHMARK(ownMatMul)->Args({128, 128, 128, 64, 1})->Args({128, 128, 64, 128, 0})->Args({64, 32, 32, 32, 0})->Args({8, 512, 512, 512, 0});

void countBytes(benchmark::State& state, std::int64_t numbers) { state.SetBytesProcessed(state.iterations() * numbers * 8); }

/// A matrix; images with channels last.
void transpose(benchmark::State& state) {
    Graph g;
    const std::int64_t side = 1024;
    const ValueId x = state.range(0) == 0 ? g.input("x", {side, side}) : g.input("x", {16, 3, 148, 148});
    const ValueId y = ops::transpose(g, x, state.range(0) == 0 ? std::vector<std::int64_t>{1, 0} : std::vector<std::int64_t>{0, 2, 3, 1});
    const std::int64_t count = elementCount(g.shape(x));
    Prepared prepared(std::move(g), y);
    for (auto _ : state) prepared.program->run({});
    countBytes(state, count);
}
BENCHMARK(transpose)->Arg(0)->Arg(1);

/// Arguments: axis of 256 × 64 × 64 numbers; 1: its logarithm.
void softmax(benchmark::State& state) {
    Graph g;
    const ValueId x = g.parameter("x", {256, 64, 64}, {Initializer::Kind::Normal, 1});
    const ValueId y = state.range(1) != 0 ? ops::logSoftmax(g, x, state.range(0)) : ops::softmax(g, x, state.range(0));
    Prepared prepared(std::move(g), y);
    for (auto _ : state) prepared.program->run({});
    countBytes(state, 256 * 64 * 64);
}
BENCHMARK(softmax)->Args({2, 0})->Args({2, 1})->Args({1, 0})->Args({1, 1});

/// A million numbers.
void pointwise(benchmark::State& state) {
    Graph g;
    const auto kind = static_cast<UnaryKind>(state.range(0));
    const ValueId x = g.parameter("x", {1 << 20}, {Initializer::Kind::Uniform, 4}), y = ops::unary(g, kind, x, 0.5);
    Prepared prepared(std::move(g), y);
    for (auto _ : state) prepared.program->run({});
    countBytes(state, 1 << 20);
    state.SetLabel(unaryName(kind));
}
BENCHMARK(pointwise)->DenseRange(0, static_cast<int>(lastUnaryKind));

}  // namespace

BENCHMARK_MAIN();
