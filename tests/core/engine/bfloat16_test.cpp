// Products and convolutions that multiply in bfloat16: PyTorch's numbers on the reference devices, the reference's on the CPU, with and without the
// processor's own instructions.
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "core/tensor/bfloat16.h"
#include "tests/core/engine/op_cases.h"

namespace lamina {
namespace {

using namespace op_cases;

void roundAll(Graph& g) {
    for (Op& op : g.ops) {
        if (auto* product = std::get_if<GemmAttributes>(&op.attributes)) product->precision = Precision::Bfloat16;
        const bool convolution = op.kind == OpKind::Conv2d || op.kind == OpKind::Conv2dBackwardData || op.kind == OpKind::Conv2dBackwardWeights;
        if (convolution) op.as<WindowAttributes>().precision = Precision::Bfloat16;
    }
}

Case rounding(const Case& c, double tolerance) {
    return {c.name,
            [build = c.build](Graph& g) {
                const auto kept = build(g);
                roundAll(g);
                return kept;
            },
            tolerance};
}

std::vector<Case> roundingCases() {
    std::vector<Case> cases;
    for (bool ta : {false, true})
        for (bool tb : {false, true})
            for (auto [m, n, k] : {std::array<std::int64_t, 3>{1, 1, 1}, {3, 5, 7}, {14, 32, 16}, {64, 100, 129}, {130, 33, 64}, {9, 70, 2101}, {65, 48, 63}})
                cases.push_back(rounding(gemmCase(m, n, k, ta, tb), 1e-5));
    for (const auto& [a, b] : {std::pair<Shape, Shape>{{3, 5, 7}, {3, 7, 4}}, {{40, 9, 16}, {40, 16, 9}}, {{2, 130, 300}, {2, 300, 140}}, {{5, 6, 7}, {7, 4}}})
        cases.push_back(rounding(matMulCase(a, b, false, false), 1e-5));
    cases.push_back(rounding(matMulCase({2, 530, 50}, {2, 60, 530}, true, true), 1e-5));
    for (const auto& c : {ConvolutionOf{"first", {9, 1, 28, 28}, {32, 1, 3, 3}, window({3, 3}, {1, 1}, {0, 0, 0, 0})},
                          ConvolutionOf{"wide", {4, 32, 9, 9}, {64, 32, 3, 3}, window({3, 3}, {1, 1}, {0, 0, 0, 0}), 1e-4},
                          ConvolutionOf{"strided", {5, 7, 15, 14}, {20, 7, 3, 3}, window({3, 3}, {2, 2}, {1, 1, 1, 1})},
                          ConvolutionOf{"point", {3, 18, 5, 5}, {30, 18, 1, 1}, window({1, 1}, {1, 1}, {0, 0, 0, 0})},
                          ConvolutionOf{"small_pictures", {8, 128, 3, 3}, {128, 128, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1})},
                          ConvolutionOf{"one_picture", {1, 32, 9, 9}, {64, 32, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1})},
                          ConvolutionOf{"depthwise", {3, 16, 9, 9}, {16, 1, 3, 3}, window({3, 3}, {1, 1}, {1, 1, 1, 1}, 16)},
                          ConvolutionOf{"uneven", {1, 3, 10, 7}, {5, 3, 4, 2}, window({4, 2}, {3, 1}, {0, 1, 2, 0})}})
        cases.push_back(rounding(convolutionCase(c), c.tolerance));
    // Here what is rounded was computed: another last bit before the rounding can be another number after it.
    cases.push_back(rounding(denseCase(UnaryKind::Relu), 1e-3));
    cases.push_back(rounding(betweenConvolutions("relu", [](Graph& g, ValueId x) { return ops::unary(g, UnaryKind::Relu, x); }), 1e-3));
    cases.push_back(rounding(op_cases::trainingCase("adam", {.kind = OptimizerKind::Adam}, 33), 3e-2));
    cases.push_back(rounding(op_cases::trainingCase("sgd", {.kind = OptimizerKind::Sgd, .momentum = 0.9}, 20), 3e-3));
    return cases;
}

class Bfloat16Ops : public testing::TestWithParam<Case> {};

TEST_P(Bfloat16Ops, AgreeWithTheReferenceWithAndWithoutInstructionsForIt) {
    const auto expected = compute(GetParam(), *makeReferenceDevice(DType::Float32));
    for (const char* instructionSet : {"", "v4", "v3", "v2"}) {
        SCOPED_TRACE(instructionSet);
        expectClose(compute(GetParam(), *makeCpuDevice({2, instructionSet})), expected, GetParam().tolerance);
    }
}

TEST_P(Bfloat16Ops, GiveTheSameBitsForAnyNumberOfThreads) {
    const auto one = compute(GetParam(), *makeCpuDevice({1, ""}));
    for (int threads : {2, 3}) {
        const auto more = compute(GetParam(), *makeCpuDevice({threads, ""}));
        ASSERT_EQ(more.values.size(), one.values.size());
        for (std::size_t i = 0; i < one.values.size(); ++i)
            EXPECT_EQ(std::memcmp(more.values[i].data(), one.values[i].data(), one.values[i].size() * sizeof(double)), 0) << threads << " threads, value " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Bfloat16Ops, testing::ValuesIn(roundingCases()),
                         [](const auto& info) { return std::to_string(info.index) + "_" + info.param.name; });

TEST(Bfloat16Plan, SaysWhatRoundsAndWithWhat) {
    const Case exact = gemmCase(64, 64, 64, false, false), rounds = rounding(exact, 1e-5);
    const auto saying = [](const Outcome& outcome) {
        return std::count_if(outcome.plan.begin(), outcome.plan.end(), [](const PlannedOp& op) { return op.implementation.find("bfloat16") != std::string::npos; });
    };
    EXPECT_EQ(saying(compute(exact, *makeCpuDevice({1, "v4"}))), 0);
    EXPECT_EQ(saying(compute(rounds, *makeCpuDevice({1, "v4"}))), 3);
    EXPECT_EQ(saying(compute(rounds, *makeCpuDevice({1, ""}))), 3);
    EXPECT_NE(compute(rounds, *makeCpuDevice({1, ""})).values, compute(exact, *makeCpuDevice({1, ""})).values);
}

TEST(Bfloat16Plan, ANumberThatRoundsToInfinityStopsTheUpdate) {
    for (const char* instructionSet : {"", "v3"}) {
        Graph g;
        const ValueId a = g.input("a", {32, 20}), b = g.input("b", {32, 33});
        const ValueId weights = g.parameter("w", {20, 33}, {Initializer::Kind::Normal, 0.1}), gradient = ops::gemm(g, a, b, true, false);
        const ValueId finite = ops::allFinite(g, {gradient});
        ops::optimizerUpdate(g, weights, gradient, {}, finite, {.kind = OptimizerKind::Sgd});
        roundAll(g);
        const auto device = makeCpuDevice({2, instructionSet});
        ParameterStore store(*device);
        auto program = Program::create(g, *device, store, {finite}, 1);
        ASSERT_TRUE(program.ok());
        std::vector<double> numbers(32 * 20, 0.0);
        (*program)->write(b, std::vector<double>(32 * 33, 1e-30));
        (*program)->write(a, numbers);
        (*program)->run({});
        EXPECT_EQ((*program)->read(finite)[0], 1);
        numbers[17] = 3.4e38;  // finite, and so is its product; rounded it is neither
        (*program)->write(a, numbers);
        const auto before = store.read("w");
        (*program)->run({});
        EXPECT_EQ((*program)->read(finite)[0], 0) << instructionSet;
        EXPECT_EQ(store.read("w"), before);
    }
}

std::vector<double> torchValues(const std::string& name) {
    std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/engine/bfloat16_numbers.txt");
    std::vector<double> numbers;
    for (std::string line; std::getline(file, line);) {
        if (line.substr(0, line.find(':')) != name) continue;
        std::istringstream words(line.substr(line.find(':') + 1));
        for (double number; words >> number;) numbers.push_back(number);
    }
    return numbers;
}

/// The formula of bfloat16_numbers.py.
std::vector<double> torchPattern(const Shape& shape, std::size_t seed) {
    std::vector<double> numbers(static_cast<std::size_t>(elementCount(shape)));
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = static_cast<float>(-1.0 + 2.0 * (static_cast<double>((i * 7919 + seed * 104729) % 997) / 997.0));
    return numbers;
}

TEST(Bfloat16AgainstPyTorch, RoundsTheSame) {
    const auto given = torchValues("given"), rounded = torchValues("rounded");
    ASSERT_GT(given.size(), 100u);
    ASSERT_EQ(given.size(), rounded.size());
    for (std::size_t i = 0; i < given.size(); ++i)
        EXPECT_EQ(floatToBfloat16(std::bit_cast<float>(static_cast<std::uint32_t>(given[i]))), static_cast<std::uint16_t>(rounded[i])) << given[i];
}

TEST(Bfloat16AgainstPyTorch, ProductsConvolutionsAndTheirGradientsAreTheSame) {
    Graph g;
    std::vector<std::pair<ValueId, std::vector<double>>> given;
    const auto input = [&](Shape shape, std::size_t seed) {
        given.emplace_back(g.input("x" + std::to_string(seed), shape), torchPattern(shape, seed));
        return given.back().first;
    };
    std::vector<std::pair<const char*, ValueId>> made;
    const ValueId a = input({5, 19}, 1), b = input({19, 18}, 2), dc = input({5, 18}, 3);
    made.insert(made.end(), {{"gemm", ops::gemm(g, a, b)}, {"gemm_da", ops::gemm(g, dc, b, false, true)}, {"gemm_db", ops::gemm(g, a, dc, true)}});
    const ValueId ma = input({2, 4, 17}, 4), mb = input({2, 17, 3}, 5), mc = input({2, 4, 3}, 6);
    made.insert(made.end(),
                {{"mat_mul", ops::matMul(g, ma, mb)}, {"mat_mul_da", ops::matMul(g, mc, mb, false, true)}, {"mat_mul_db", ops::matMul(g, ma, mc, true)}});
    WindowAttributes w = window({3, 3}, {2, 1}, {1, 1, 1, 1});
    const ValueId x = input({2, 3, 5, 4}, 7), weights = input({2, 3, 3, 3}, 8), dy = input({2, 2, 3, 4}, 9);
    made.emplace_back("conv", ops::conv2d(g, x, weights, w));
    w.otherShape = g.shape(x);
    made.emplace_back("conv_dx", ops::conv2dBackwardData(g, dy, weights, w));
    w.otherShape = g.shape(weights);
    made.emplace_back("conv_dw", ops::conv2dBackwardWeights(g, x, dy, w));
    ASSERT_FALSE(g.error());
    roundAll(g);
    std::vector<ValueId> kept;
    for (const auto& [name, value] : made) kept.push_back(value);
    std::vector<std::pair<std::unique_ptr<Device>, double>> devices;
    devices.emplace_back(makeReferenceDevice(DType::Float64), 1e-14);
    devices.emplace_back(makeReferenceDevice(DType::Float32), 1e-6);
    for (const char* instructionSet : {"", "v4", "v2"}) devices.emplace_back(makeCpuDevice({1, instructionSet}), 1e-6);
    for (const auto& [device, tolerance] : devices) {
        ParameterStore store(*device);
        auto program = Program::create(g, *device, store, kept, 1);
        ASSERT_TRUE(program.ok());
        for (const auto& [id, numbers] : given) (*program)->write(id, numbers);
        (*program)->run({});
        for (const auto& [name, value] : made) {
            const auto expected = torchValues(name);
            ASSERT_FALSE(expected.empty()) << name;
            EXPECT_LE(relativeError((*program)->read(value), expected), tolerance) << name << ", " << device->description();
        }
    }
}

}  // namespace
}  // namespace lamina
