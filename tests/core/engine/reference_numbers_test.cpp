// Forward numbers and optimizer steps of the reference device against those of PyTorch (reference_numbers.py made the list).
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "core/engine/ops.h"
#include "core/engine/program.h"

using namespace lamina;

namespace {

const std::vector<double>& expectedNumbers(const std::string& name) {
    static const auto all = [] {
        std::map<std::string, std::vector<double>> numbers;
        std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/engine/reference_numbers.txt");
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line.substr(line.find(':') + 1));
            auto& list = numbers[line.substr(0, line.find(':'))];
            for (double number; words >> number;) list.push_back(number);
        }
        return numbers;
    }();
    static const std::vector<double> none;
    const auto found = all.find(name);
    return found == all.end() ? none : found->second;
}

/// The formula of reference_numbers.py.
std::vector<double> pattern(const Shape& shape, int seed, double low = -1, double high = 1) {
    std::vector<double> numbers(static_cast<std::size_t>(elementCount(shape)));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = low + (high - low) * (static_cast<double>((i * 7919 + static_cast<std::size_t>(seed) * 104729) % 997) / 997.0);
    return numbers;
}

void expectNear(const std::vector<double>& found, const std::string& name, double tolerance) {
    const auto& numbers = expectedNumbers(name);
    ASSERT_EQ(found.size(), numbers.size()) << name;
    for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_NEAR(found[i], numbers[i], tolerance * (1 + std::abs(numbers[i]))) << name << " element " << i;
}

/// One graph on both reference devices.
class NumbersCase {
public:
    ValueId input(const Shape& shape, int seed, double low = -1, double high = 1) {
        return remember(g.input("x" + std::to_string(m_numbers.size()), shape), pattern(shape, seed, low, high));
    }
    ValueId labels(std::vector<double> numbers) { return remember(g.input("labels", {static_cast<std::int64_t>(numbers.size())}, DType::Int32), numbers); }
    ValueId state(std::string name, const Shape& shape, int seed, double low, double high) {
        return remember(g.state(std::move(name), shape, 0), pattern(shape, seed, low, high));
    }
    void expect(const std::vector<std::pair<ValueId, std::string>>& results) {
        for (DType real : {DType::Float64, DType::Float32}) expectOn(real, results);
    }
    Graph g;

private:
    ValueId remember(ValueId id, std::vector<double> numbers) {
        m_numbers.emplace_back(id, std::move(numbers));
        return id;
    }
    void expectOn(DType real, const std::vector<std::pair<ValueId, std::string>>& results) {
        const auto device = makeReferenceDevice(real);
        ParameterStore store(*device);
        std::vector<ValueId> kept;
        for (const auto& result : results) kept.push_back(result.first);
        auto program = Program::create(g, *device, store, kept, 1);
        ASSERT_TRUE(program.ok()) << program.error().debugText();
        for (const auto& [id, numbers] : m_numbers) (*program)->write(id, numbers);
        (*program)->run({});
        for (const auto& [id, name] : results) expectNear((*program)->read(id), name, real == DType::Float64 ? 1e-12 : 3e-5);
    }

    std::vector<std::pair<ValueId, std::vector<double>>> m_numbers;
};

}  // namespace

TEST(ReferenceNumbers, Gemm) {
    NumbersCase c;
    c.expect({{ops::gemm(c.g, c.input({3, 5}, 1), c.input({5, 4}, 2)), "gemm"}});
}

TEST(ReferenceNumbers, Convolution) {
    NumbersCase c;
    WindowAttributes window;
    window.stride = {2, 1};
    window.padding = {1, 2, 1, 2};
    window.dilation = {1, 2};
    window.groups = 2;
    WindowAttributes uneven;
    uneven.padding = {1, 0, 2, 1};
    c.expect({{ops::conv2d(c.g, c.input({2, 4, 6, 5}, 3), c.input({6, 2, 3, 2}, 4), window), "conv"},
              {ops::conv2d(c.g, c.input({1, 2, 5, 4}, 5), c.input({3, 2, 3, 3}, 6), uneven), "conv_uneven"}});
}

TEST(ReferenceNumbers, Pooling) {
    NumbersCase c;
    const ValueId x = c.input({1, 2, 7, 6}, 7);
    WindowAttributes largest;
    largest.kernel = {3, 2};
    largest.stride = {2, 2};
    largest.padding = {1, 1, 1, 1};
    largest.dilation = {1, 2};
    WindowAttributes average;
    average.kernel = {3, 3};
    average.stride = {2, 2};
    average.padding = {1, 1, 1, 1};
    WindowAttributes padded = average;
    padded.countPadding = true;
    c.expect({{ops::maxPool2d(c.g, x, largest), "max_pool"},
              {ops::averagePool2d(c.g, x, average), "average_pool"},
              {ops::averagePool2d(c.g, x, padded), "average_pool_padded"}});
}

TEST(ReferenceNumbers, PointwiseFunctions) {
    NumbersCase c;
    const ValueId x = c.input({2, 6}, 8, -3, 3), p = c.input({2, 6}, 9, 0.1, 4), a = c.input({2, 1, 3}, 10), b = c.input({4, 1}, 11, 0.5, 2);
    std::vector<std::pair<ValueId, std::string>> results;
    for (int i = 0; i <= static_cast<int>(lastUnaryKind); ++i) {
        const auto kind = static_cast<UnaryKind>(i);
        results.emplace_back(ops::unary(c.g, kind, kind == UnaryKind::Log || kind == UnaryKind::Sqrt || kind == UnaryKind::Pow ? p : x, 0.1), unaryName(kind));
    }
    for (int i = 0; i <= static_cast<int>(BinaryKind::Minimum); ++i)
        results.emplace_back(ops::binary(c.g, static_cast<BinaryKind>(i), a, b), binaryName(static_cast<BinaryKind>(i)));
    c.expect(results);
}

TEST(ReferenceNumbers, SumsAndSoftmax) {
    NumbersCase c;
    const ValueId x = c.input({2, 3, 4}, 12);
    c.expect({{ops::reduce(c.g, ReduceKind::Mean, x, {0, 2}), "mean"},
              {ops::reduce(c.g, ReduceKind::Sum, x, {1}), "sum"},
              {ops::softmax(c.g, c.input({2, 5, 3}, 13, -40, 40), 1), "softmax"}});
}

TEST(ReferenceNumbers, MovesAndTables) {
    NumbersCase c;
    const ValueId x = c.input({2, 3, 4}, 12), table = c.input({3, 4}, 31), rows = c.labels({2, 0, 1, 2});
    c.expect({{ops::reduce(c.g, ReduceKind::Maximum, x, {0, 2}), "reduce_maximum"},
              {ops::transpose(c.g, x, {2, 0, 1}), "transpose"},
              {ops::pad(c.g, x, {0, 0, 1}, {0, 2, 0}, 0.5), "pad"},
              {ops::matMul(c.g, x, c.input({2, 4, 5}, 30)), "mat_mul"},
              {ops::gather(c.g, table, rows), "gather"},
              {ops::gatherBackward(c.g, rows, c.input({4, 4}, 32), {3, 4}), "gather_backward"},
              {ops::oneHot(c.g, rows, 3), "one_hot"},
              {ops::logSoftmax(c.g, c.input({2, 5, 3}, 13, -40, 40), 1), "log_softmax"}});
}

TEST(ReferenceNumbers, Losses) {
    NumbersCase c;
    c.expect({{ops::crossEntropy(c.g, c.input({4, 3}, 14, -50, 50), c.labels({2, 0, 1, 2})), "cross_entropy"},
              {ops::binaryCrossEntropy(c.g, c.input({3, 4}, 15, -60, 60), c.input({3, 4}, 16, 0, 1)), "binary_cross_entropy"}});
}

TEST(ReferenceNumbers, BatchNorm) {
    for (bool training : {false, true}) {
        NumbersCase c;
        const ValueId mean = c.state("mean", {3}, 17, -1, 1), variance = c.state("variance", {3}, 18, 0.5, 2);
        const ValueId x = c.input({4, 3, 2, 2}, 19), gamma = c.input({3}, 20, 0.5, 2), beta = c.input({3}, 21);
        if (training)
            c.expect({{ops::batchNormTraining(c.g, x, gamma, beta, mean, variance, {}).y, "batch_norm_training"},
                      {mean, "batch_norm_running_mean"},
                      {variance, "batch_norm_running_variance"}});
        else c.expect({{ops::batchNormInference(c.g, x, gamma, beta, mean, variance, {}), "batch_norm_inference"}});
    }
}

namespace {

/// Three updates with gradients that change from step to step.
std::vector<double> afterThreeSteps(const OptimizerAttributes& attributes, int slotCount) {
    Graph g;
    const ValueId w = g.parameter("w", {5}, {}), gradient = g.input("gradient", {5});
    std::vector<ValueId> slots;
    for (int i = 0; i < slotCount; ++i) slots.push_back(g.state("w#" + std::to_string(i), {5}, 0));
    ops::optimizerUpdate(g, w, gradient, slots, ops::allFinite(g, {gradient}), attributes);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    auto program = Program::create(g, *device, store, {}, 1);
    if (!program) return {};
    (*program)->write(w, pattern({5}, 22));
    for (int step = 0; step < 3; ++step) {
        (*program)->write(gradient, pattern({5}, 23 + step));
        (*program)->run({.step = static_cast<std::uint64_t>(step), .learningRate = 0.1});
    }
    return store.read("w");
}

}  // namespace

TEST(ReferenceNumbers, OptimizersForThreeSteps) {
    expectNear(afterThreeSteps({.kind = OptimizerKind::Sgd, .weightDecay = 0.01}, 0), "sgd", 1e-13);
    expectNear(afterThreeSteps({.kind = OptimizerKind::Sgd, .momentum = 0.9, .weightDecay = 0.01}, 1), "momentum", 1e-13);
    expectNear(afterThreeSteps({.kind = OptimizerKind::Adam, .weightDecay = 0.01}, 2), "adam", 1e-13);
    expectNear(afterThreeSteps({.kind = OptimizerKind::AdamW, .weightDecay = 0.05}, 2), "adamw", 1e-13);
}
