#include "core/learning/item_order.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace lamina {
namespace {

TEST(ItemOrder, DrawnOrderIsAPermutationOfTheSeed) {
    const auto order = drawnOrder(1000, 3);
    EXPECT_EQ(std::set<std::size_t>(order.begin(), order.end()).size(), 1000u);
    EXPECT_EQ(order, drawnOrder(1000, 3));
    EXPECT_NE(order, drawnOrder(1000, 4));
    auto fewer = drawnOrder(1000, 3);
    std::erase_if(fewer, [](std::size_t item) { return item >= 500; });
    EXPECT_EQ(fewer, drawnOrder(500, 3)) << "items that are added later do not stir the others";
}

TEST(ItemOrder, UncertaintyIsNoneOfASureModelAndFullOfOneThatGuesses) {
    EXPECT_DOUBLE_EQ(entropyOf(std::vector<float>{1, 0, 0}), 0);
    EXPECT_NEAR(entropyOf(std::vector<float>{0.25F, 0.25F, 0.25F, 0.25F}), 1, 1e-12);
    EXPECT_NEAR(entropyOf(std::vector<float>{0.5F, 0.5F, 0}), std::log(2.0) / std::log(3.0), 1e-12);
    EXPECT_DOUBLE_EQ(marginDoubt(std::vector<float>{1, 0, 0}), 0);
    EXPECT_NEAR(marginDoubt(std::vector<float>{0.25F, 0.5F, 0.25F}), 0.75, 1e-12);
    EXPECT_EQ(byFallingScore(std::vector<double>{0.1, 0.9, 0.1, 0.5}), (std::vector<std::size_t>{1, 3, 0, 2}));
}

/// Points on a line: 0, 1, 2 … 10 and one far away.
const std::vector<float> line{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100};

TEST(ItemOrder, TheMostDifferentComesFirstAndEachCentreIsFarFromThoseBefore) {
    const std::vector<std::size_t> labelled{5};
    const auto order = *spreadOrder(line, 1, labelled, 3);
    ASSERT_EQ(order.items.size(), 11u) << "what is labelled is not offered";
    EXPECT_EQ(order.items[0], 11u);
    EXPECT_EQ(order.items[1], 0u) << "0 and 10 are equally far: the first";
    EXPECT_EQ(order.items[2], 10u);
    EXPECT_DOUBLE_EQ(order.distances[0], 95);
    EXPECT_DOUBLE_EQ(order.distances[3], 2) << "of the rest the farthest from its centre";
    EXPECT_EQ(order.items[3], 2u);
}

TEST(ItemOrder, WithoutLabelsTheFirstIsFarFromTheMean) {
    const auto order = *spreadOrder(line, 1, {}, 2);
    EXPECT_EQ(order.items[0], 11u);
    EXPECT_EQ(order.items[1], 0u);
    EXPECT_EQ(order.items.size(), line.size());
}

TEST(ItemOrder, WideVectorsAreProjectedAndThreadsDoNotCount) {
    std::vector<float> wide(300 * 100);
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = static_cast<float>((i * 2654435761u) % 1000) / 1000;
    for (std::size_t d = 0; d < 100; ++d) wide[77 * 100 + d] += 10;
    const std::vector<std::size_t> labelled{0, 1, 2};
    const auto one = *spreadOrder(wide, 100, labelled, 20, 1), two = *spreadOrder(wide, 100, labelled, 20, 2);
    EXPECT_EQ(one.items, two.items);
    EXPECT_EQ(one.distances, two.distances);
    EXPECT_EQ(one.items[0], 77u);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(spreadOrder(wide, 100, labelled, 20, 1, cancel).error().code, "job.cancelled");
}

}  // namespace
}  // namespace lamina
