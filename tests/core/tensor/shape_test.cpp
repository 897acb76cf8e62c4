#include "core/tensor/shape.h"

#include <gtest/gtest.h>

#include <limits>

namespace lamina {
namespace {

constexpr std::int64_t huge = std::numeric_limits<std::int64_t>::max();

TEST(Shape, CountsItsElements) {
    EXPECT_EQ(elementCount({}), 1);
    EXPECT_EQ(elementCount({2, 3, 4}), 24);
    EXPECT_EQ(elementCount({2, 0, 4}), 0);
}

TEST(Shape, SizesThatLieAreRefused) {
    EXPECT_EQ(checkedElementCount({-1}, 100), -1);
    EXPECT_EQ(checkedElementCount({-2, -3}, 100), -1);
    EXPECT_EQ(checkedElementCount({0, -1}, 100), -1);
    EXPECT_EQ(checkedElementCount({11, 10}, 100), -1);
    EXPECT_EQ(checkedElementCount({huge, huge}, huge), -1);
    EXPECT_EQ(checkedElementCount({std::int64_t{1} << 32, std::int64_t{1} << 32}, huge), -1);
    EXPECT_EQ(checkedElementCount({3, huge / 2}, huge), -1);
}

TEST(Shape, HonestSizesAreCounted) {
    EXPECT_EQ(checkedElementCount({}, 100), 1);
    EXPECT_EQ(checkedElementCount({10, 10}, 100), 100);
    EXPECT_EQ(checkedElementCount({huge}, huge), huge);
    EXPECT_EQ(checkedElementCount({huge, 0, huge}, 100), 0);
}

TEST(Shape, ReadsLikeAFormula) {
    EXPECT_EQ(shapeText({64, 1, 28, 28}), "64×1×28×28");
    EXPECT_EQ(shapeText({}), "scalar");
}

TEST(DType, SizesAreThoseOfTheTypes) {
    EXPECT_EQ(dtypeSize(DType::Float32), sizeof(float));
    EXPECT_EQ(dtypeSize(DType::Float64), sizeof(double));
    EXPECT_EQ(dtypeSize(DType::Int32), 4u);
    EXPECT_EQ(dtypeSize(DType::Int64), 8u);
    EXPECT_EQ(dtypeSize(DType::UInt8), 1u);
    EXPECT_STREQ(dtypeName(DType::Int64), "int64");
}

}  // namespace
}  // namespace lamina
