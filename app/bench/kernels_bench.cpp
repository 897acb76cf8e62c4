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

}  // namespace

BENCHMARK_MAIN();
