#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace lamina {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail("test.odd", {{"number", std::to_string(n)}});
    return n / 2;
}

Result<int> quarter(int n) {
    LAMINA_TRY(const int first, half(n));
    LAMINA_TRY(const int second, half(first));
    return second;
}

Result<void> checkQuarter(int n) {
    LAMINA_CHECK(quarter(n));
    return {};
}

TEST(Result, HoldsAValueOrAnError) {
    EXPECT_TRUE(half(4).ok());
    EXPECT_EQ(half(4).value(), 2);
    ASSERT_FALSE(half(3));
    EXPECT_EQ(half(3).error().code, "test.odd");
    EXPECT_EQ(half(3).error().argument("number"), "3");
}

TEST(Result, TryHandsTheFirstErrorToTheCaller) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error().argument("number"), "3");
    EXPECT_EQ(quarter(5).error().argument("number"), "5");
}

TEST(Result, CheckDropsTheValueAndKeepsTheError) {
    EXPECT_TRUE(checkQuarter(8));
    EXPECT_EQ(checkQuarter(6).error().code, "test.odd");
}

TEST(Result, MovesWhatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = std::move(*result);
    EXPECT_EQ(*taken, 7);
}

TEST(Error, TheInnermostPlaceKnowsBest) {
    const Error inner = fail("test.odd", {{"row", "3"}});
    const Error outer = inner.with("row", "99").with("file", "a.csv");
    EXPECT_EQ(outer.argument("row"), "3");
    EXPECT_EQ(outer.argument("file"), "a.csv");
    EXPECT_EQ(inner.argument("file"), "");
    EXPECT_EQ(outer.debugText(), "test.odd row=3 file=a.csv");
}

}  // namespace
}  // namespace lamina
