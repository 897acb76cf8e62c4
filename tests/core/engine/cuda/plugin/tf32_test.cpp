// Products on the tensor cores: as exact as TF32 is, no less, and with the same bits every time.
#include <cmath>
#include <cstring>

#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"
#include "tests/core/engine/cuda/plugin/gpu.h"

namespace lamina {
namespace {

/// x[300, 520] · w[520, 210], all of normal numbers; three runs, so that the last is a replayed one.
std::vector<double> product(Device& device) {
    Graph g;
    const ValueId x = g.input("x", {300, 520}), w = g.input("w", {520, 210}), y = ops::gemm(g, x, w);
    ParameterStore store(device);
    const auto program = Program::create(std::move(g), device, store, {y}, 1);
    EXPECT_TRUE(program) << program.error().debugText();
    for (ValueId input : {x, w}) {
        std::vector<double> numbers(static_cast<std::size_t>(elementCount((*program)->graph().shape(input))));
        const RandomStream stream(3, static_cast<std::uint64_t>(input));
        for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(stream.normal(i));
        (*program)->write(input, numbers);
    }
    for (int run = 0; run < 3; ++run) (*program)->run({});
    return (*program)->read(y);
}

double relativeError(const std::vector<double>& found, const std::vector<double>& expected) {
    double difference = 0, norm = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference += (found[i] - expected[i]) * (found[i] - expected[i]);
        norm += expected[i] * expected[i];
    }
    return std::sqrt(difference / norm);
}

TEST(Tf32, IsAsExactAsTenBitsOfMantissaAndNoMore) {
    LAMINA_NEEDS_GPU();
    ASSERT_TRUE(tensorCores()) << tensorCores().error().debugText();
    const auto exact = product(*makeReferenceDevice(DType::Float64));
    const double rounded = relativeError(product(**tensorCores()), exact), full = relativeError(product(**gpu()), exact);
    std::printf("TF32 %.2e, float32 %.2e\n", rounded, full);
    EXPECT_LT(rounded, 1e-3);
    EXPECT_GT(rounded, 1e-5) << "the tensor cores were not used";
    EXPECT_LT(full, 2e-6);
}

TEST(Tf32, ProvesItselfWithinItsOwnLimits) {
    LAMINA_NEEDS_GPU();
    ASSERT_TRUE(tensorCores());
    const auto lines = testAgainstReference(**tensorCores(), true);
    ASSERT_TRUE(lines) << lines.error().debugText();
    for (const auto& line : *lines) {
        std::printf("TF32 %-12s %.2e of %.0e\n", line.family.c_str(), line.error, line.limit);
        EXPECT_TRUE(line.passed()) << line.family << ": " << line.error;
        EXPECT_EQ(line.limit > 1e-3, line.family == "gemm");
    }
}

TEST(Tf32, GivesTheSameBitsEveryTime) {
    LAMINA_NEEDS_GPU();
    ASSERT_TRUE(tensorCores());
    const auto once = product(**tensorCores()), again = product(**tensorCores());
    EXPECT_EQ(std::memcmp(once.data(), again.data(), once.size() * sizeof(double)), 0);
}

TEST(Tf32, IsNamedInTheDescription) {
    LAMINA_NEEDS_GPU();
    ASSERT_TRUE(tensorCores());
    EXPECT_NE((*tensorCores())->description().find("TF32"), std::string::npos);
    EXPECT_NE((*gpu())->description().find("exact float32"), std::string::npos);
}

}  // namespace
}  // namespace lamina
