// Every op on the CPU device against the float32 reference device, with the same bits for any number of threads.
#include <cstring>

#include "tests/core/engine/op_cases.h"

namespace lamina {
namespace {

using namespace op_cases;

class CpuOps : public testing::TestWithParam<Case> {};

TEST_P(CpuOps, AgreeWithTheReferenceForEveryInstructionSet) {
    const auto expected = compute(GetParam(), *makeReferenceDevice(DType::Float32));
    for (const char* instructionSet : {"v2", "v3", "v4"}) {
        SCOPED_TRACE(instructionSet);
        expectClose(compute(GetParam(), *makeCpuDevice({2, instructionSet})), expected, GetParam().tolerance);
    }
}

TEST_P(CpuOps, GiveTheSameBitsForAnyNumberOfThreads) {
    const auto one = compute(GetParam(), *makeCpuDevice({1, ""}));
    for (int threads : {2, 3}) {
        const auto more = compute(GetParam(), *makeCpuDevice({threads, ""}));
        ASSERT_EQ(more.values.size(), one.values.size());
        for (std::size_t i = 0; i < one.values.size(); ++i) {
            ASSERT_EQ(more.values[i].size(), one.values[i].size());
            EXPECT_EQ(std::memcmp(more.values[i].data(), one.values[i].data(), one.values[i].size() * sizeof(double)), 0)
                << threads << " threads, value " << i;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, CpuOps, testing::ValuesIn(allCases()),
                         [](const auto& info) { return std::to_string(info.index) + "_" + info.param.name; });

}  // namespace
}  // namespace lamina
