// Rounding to bfloat16: to the nearest, ties to the even one, with every kind of number.
#include "core/tensor/bfloat16.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lamina {
namespace {

std::uint16_t roundedBits(std::uint32_t bits) { return floatToBfloat16(std::bit_cast<float>(bits)); }

TEST(Bfloat16, RoundsToTheNearestAndTiesToTheEvenOne) {
    EXPECT_EQ(roundedBits(0x3f800000), 0x3f80) << "1";
    EXPECT_EQ(roundedBits(0x3f807fff), 0x3f80) << "less than half a step";
    EXPECT_EQ(roundedBits(0x3f808000), 0x3f80) << "a tie below an odd one";
    EXPECT_EQ(roundedBits(0x3f808001), 0x3f81) << "more than half a step";
    EXPECT_EQ(roundedBits(0x3f818000), 0x3f82) << "a tie above an odd one";
    EXPECT_EQ(roundedBits(0x3fffffff), 0x4000) << "carries into the exponent";
    EXPECT_EQ(roundedBits(0xbf818000), 0xbf82) << "negative";
}

TEST(Bfloat16, KeepsZerosInfinitiesAndNaN) {
    EXPECT_EQ(roundedBits(0x00000000), 0x0000);
    EXPECT_EQ(roundedBits(0x80000000), 0x8000);
    EXPECT_EQ(roundedBits(0x7f800000), 0x7f80);
    EXPECT_EQ(roundedBits(0xff800000), 0xff80);
    EXPECT_EQ(roundedBits(0x7f7f7fff), 0x7f7f) << "the largest that stays finite";
    EXPECT_EQ(roundedBits(0x7f7f8000), 0x7f80) << "nearer to 2^128";
    EXPECT_EQ(roundedBits(0x7f7fffff), 0x7f80);
    EXPECT_EQ(roundedBits(0x7f800001), 0x7fc0) << "a NaN whose mantissa would be cut off stays a NaN";
    EXPECT_EQ(roundedBits(0xffffffff), 0xffff);
    EXPECT_TRUE(std::isnan(roundToBfloat16(std::nanf(""))));
}

TEST(Bfloat16, RoundsSmallNumbersLikeOthers) {
    EXPECT_EQ(roundedBits(0x00000001), 0x0000);
    EXPECT_EQ(roundedBits(0x00008000), 0x0000);
    EXPECT_EQ(roundedBits(0x00008001), 0x0001);
    EXPECT_EQ(roundedBits(0x00018000), 0x0002);
    EXPECT_EQ(roundedBits(0x007fffff), 0x0080) << "the smallest normal number";
    EXPECT_EQ(roundedBits(0x807f8000), 0x8080);
}

TEST(Bfloat16, EveryOneOfThemStaysWhatItIs) {
    for (std::uint32_t bits = 0; bits <= 0xffff; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const bool signalling = (half & 0x7fffu) > 0x7f80u && !(half & 0x40u);
        EXPECT_EQ(floatToBfloat16(bfloat16ToFloat(half)), signalling ? half | 0x40u : half) << bits;
    }
}

TEST(Bfloat16, IsNeverFurtherAwayThanANeighbour) {
    for (std::uint64_t i = 0; i < 200000; ++i) {
        const auto bits = static_cast<std::uint32_t>(i * 0x9e3779b97f4a7c15ull >> 33);  // positive
        const double number = static_cast<double>(std::bit_cast<float>(bits));
        const std::uint16_t half = roundedBits(bits);
        if (!std::isfinite(number) || half >= 0x7f7f || half == 0) continue;
        const auto distance = [&](std::uint32_t other) { return std::abs(number - static_cast<double>(bfloat16ToFloat(static_cast<std::uint16_t>(other)))); };
        EXPECT_LE(distance(half), distance(half + 1u)) << bits;
        EXPECT_LE(distance(half), distance(half - 1u)) << bits;
    }
}

}  // namespace
}  // namespace lamina
