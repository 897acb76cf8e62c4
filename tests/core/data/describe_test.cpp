#include "core/data/describe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

TEST(Describe, NumbersHaveMomentsDistinctValuesAndGaps) {
    MadeTable made;
    const Table table = made.number("x", {1, 2, 2, 5, std::nan(""), INFINITY}).integer("n", {{3}, {}, {3}, {-3}, {3}, {3}}).open();
    const auto summaries = describeTable(table);
    ASSERT_TRUE(summaries.ok()) << summaries.error().debugText();
    const ColumnSummary& x = (*summaries)[0];
    EXPECT_EQ(x.rows, 6);
    EXPECT_EQ(x.missing, 1);
    EXPECT_EQ(x.notFinite, 1);
    EXPECT_EQ(x.distinct, 4);
    EXPECT_DOUBLE_EQ(x.mean, 2.5);
    EXPECT_DOUBLE_EQ(x.deviation, 1.5);
    EXPECT_EQ(x.minimum, 1.0);
    EXPECT_EQ(x.maximum, 5.0);
    EXPECT_EQ((*summaries)[1].distinct, 2);
    EXPECT_EQ((*summaries)[1].missing, 1);
    EXPECT_DOUBLE_EQ(toJson(x)["deviation"].get<double>(), 1.5);
}

TEST(Describe, CategoriesAndBooleansAreCountedByValue) {
    MadeTable made;
    const Table table = made.category("c", {"red", "blue", "never"}, {0, 1, 0, -1}).boolean("b", {true, true, false, true}).text("t", {"a", "b", "a", ""}).open();
    const auto summaries = describeTable(table);
    ASSERT_TRUE(summaries.ok()) << summaries.error().debugText();
    using Values = std::vector<std::pair<std::string, std::int64_t>>;
    EXPECT_EQ((*summaries)[0].values, (Values{{"red", 2}, {"blue", 1}, {"never", 0}}));
    EXPECT_EQ((*summaries)[0].distinct, 2);
    EXPECT_FALSE((*summaries)[0].hasMoments);
    EXPECT_EQ((*summaries)[1].values, (Values{{"false", 1}, {"true", 3}}));
    EXPECT_EQ((*summaries)[1].distinct, 2);
    EXPECT_DOUBLE_EQ((*summaries)[1].mean, 0.75);
    EXPECT_EQ((*summaries)[2].distinct, 2);
}

TEST(Describe, TensorsAreDescribedByTheirElements) {
    MadeTable made;
    const Table table = made.tensor<std::uint8_t>("image", {1, 1, 2}, {0, 255, 0, 255}).tensor<float>("signal", {2}, {1, 3, NAN, 5}).open();
    const auto summaries = describeTable(table);
    ASSERT_TRUE(summaries.ok()) << summaries.error().debugText();
    EXPECT_EQ((*summaries)[0].shape, "uint8 1×1×2");
    EXPECT_DOUBLE_EQ((*summaries)[0].mean, 127.5);
    EXPECT_DOUBLE_EQ((*summaries)[0].deviation, 127.5);
    EXPECT_DOUBLE_EQ((*summaries)[1].mean, 3.0);
    EXPECT_EQ((*summaries)[1].notFinite, 1);
}

TEST(Describe, StopsWhenCancelled) {
    MadeTable made;
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(codeOf(describeTable(made.number("x", {1, 2}).open(), cancel)), "job.cancelled");
}

}  // namespace
}  // namespace lamina
