#include "core/tensor/random.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lamina {
namespace {

// The known answers published with the paper's own implementation (Random123, kat_vectors, philox4x32 with 10 rounds).
TEST(Philox, GivesThePublishedAnswers) {
    EXPECT_EQ(philox(0, 0, 0), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox(~0ull, ~0ull, ~0ull), (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox(0x299f31d0'a4093822ull, 0x03707344'13198a2eull, 0x85a308d3'243f6a88ull),
              (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomStream, IsAFunctionOfSeedStreamStepAndElement) {
    const RandomStream stream(7, streamOf("shuffle"), 3);
    EXPECT_EQ(stream.bits(12345), RandomStream(7, streamOf("shuffle"), 3).bits(12345));
    EXPECT_NE(stream.bits(12345), RandomStream(8, streamOf("shuffle"), 3).bits(12345));
    EXPECT_NE(stream.bits(12345), RandomStream(7, streamOf("dropout"), 3).bits(12345));
    EXPECT_NE(stream.bits(12345), RandomStream(7, streamOf("shuffle"), 4).bits(12345));
    EXPECT_NE(stream.bits(12345), stream.bits(12346));
}

// The published test value of FNV-1a, 64 bits.
TEST(StreamOf, IsTheNamesHash) {
    EXPECT_EQ(streamOf(""), 0xcbf29ce484222325ull);
    EXPECT_EQ(streamOf("foobar"), 0x85944171f73967e8ull);
}

TEST(RandomStream, UniformNumbersFillTheUnitInterval) {
    const RandomStream stream(1, 2);
    constexpr int n = 100'000;
    double sum = 0, squares = 0;
    float low = 1, high = 0;
    for (int i = 0; i < n; ++i) {
        const float u = stream.uniform(static_cast<std::uint64_t>(i));
        low = std::min(low, u);
        high = std::max(high, u);
        sum += u;
        squares += static_cast<double>(u) * u;
    }
    EXPECT_GE(low, 0.0f);
    EXPECT_LT(high, 1.0f);
    EXPECT_NEAR(sum / n, 0.5, 0.005);
    EXPECT_NEAR(squares / n, 1.0 / 3, 0.005);
}

TEST(RandomStream, NormalNumbersHaveTheirMoments) {
    const RandomStream stream(1, 2);
    constexpr int n = 200'000;
    double sum = 0, squares = 0, fourth = 0, neighbours = 0, before = 0;
    for (int i = 0; i < n; ++i) {
        const double z = stream.normal(static_cast<std::uint64_t>(i));
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        neighbours += z * before;
        before = z;
    }
    EXPECT_NEAR(sum / n, 0, 0.01);
    EXPECT_NEAR(squares / n, 1, 0.02);
    EXPECT_NEAR(fourth / n, 3, 0.15);
    EXPECT_NEAR(neighbours / n, 0, 0.01);
}

TEST(RandomStream, BelowStaysBelow) {
    const RandomStream stream(5, 6);
    std::vector<int> counts(7);
    for (std::uint64_t i = 0; i < 70'000; ++i) {
        const auto n = stream.below(i, 7);
        ASSERT_LT(n, 7u);
        ++counts[n];
    }
    for (int count : counts) EXPECT_NEAR(count, 10'000, 500);
    EXPECT_EQ(stream.below(0, 1), 0u);
}

TEST(RandomOrder, IsAPermutation) {
    for (std::int64_t n : {0, 1, 2, 3, 1000}) {
        auto order = randomOrder(n, RandomStream(1, 2));
        std::sort(order.begin(), order.end());
        for (std::int64_t i = 0; i < n; ++i) ASSERT_EQ(order[static_cast<std::size_t>(i)], i);
        EXPECT_EQ(static_cast<std::int64_t>(order.size()), n);
    }
}

TEST(RandomOrder, IsAFunctionOfTheStream) {
    EXPECT_EQ(randomOrder(100, RandomStream(1, 2)), randomOrder(100, RandomStream(1, 2)));
    EXPECT_NE(randomOrder(100, RandomStream(1, 2)), randomOrder(100, RandomStream(1, 2, 1)));
}

TEST(RandomOrder, EveryOrderOfThreeIsAsLikely) {
    std::vector<int> counts(27);
    for (std::uint64_t step = 0; step < 12'000; ++step) {
        const auto order = randomOrder(3, RandomStream(1, 2, step));
        ++counts[static_cast<std::size_t>(order[0] * 9 + order[1] * 3 + order[2])];
    }
    for (int count : counts)
        if (count != 0) { EXPECT_NEAR(count, 2000, 200); }
    EXPECT_EQ(std::count_if(counts.begin(), counts.end(), [](int count) { return count > 0; }), 6);
}

}  // namespace
}  // namespace lamina
