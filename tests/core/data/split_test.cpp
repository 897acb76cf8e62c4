#include "core/data/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/data/describe.h"
#include "core/data/split_sizes.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

/// Rows of class "a", then of "b" ….
Table tableOfClasses(MadeTable& made, const std::vector<std::int64_t>& sizes) {
    std::vector<std::string> names;
    std::vector<std::int32_t> codes;
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        names.push_back(std::string(1, static_cast<char>('a' + c)));
        codes.insert(codes.end(), static_cast<std::size_t>(sizes[c]), static_cast<std::int32_t>(c));
    }
    return made.category("class", names, codes).open();
}

SplitSettings settingsFor(const std::string& target) {
    SplitSettings settings;
    settings.training = 0.70;
    settings.validation = settings.test = 0.15;
    settings.target = target;
    return settings;
}

Shares totalsOf(const std::vector<Shares>& shares) {
    Shares totals{};
    for (const auto& share : shares) {
        for (std::size_t p = 0; p < 3; ++p) totals[p] += share[p];
    }
    return totals;
}

TEST(SplitSizes, TotalsAreTheLargestRemainderSharesAndEveryCountIsWithinOneOfItsQuota) {
    const std::vector<std::int64_t> sizes{71, 133, 52, 29, 117, 33};
    const std::array fractions{0.7, 0.15, 0.15};
    const auto shares = shareOut(sizes, fractions);
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        EXPECT_EQ(shares[c][0] + shares[c][1] + shares[c][2], sizes[c]);
        for (std::size_t p = 0; p < 3; ++p) {
            EXPECT_LT(std::abs(static_cast<double>(shares[c][p]) - static_cast<double>(sizes[c]) * fractions[p]), 1.0) << c << " " << p;
        }
    }
    // 435 rows: 304.5, 65.25, 65.25 -> 305, 65, 65.
    EXPECT_EQ(totalsOf(shares), (Shares{305, 65, 65}));
}

TEST(SplitSizes, SmallClassesAreInEveryPartAndTheTotalsStay) {
    const auto shares = shareOut(std::vector<std::int64_t>{7, 13, 5, 29, 11, 3}, {0.7, 0.15, 0.15});
    for (const auto& share : shares) EXPECT_GE(*std::min_element(share.begin(), share.end()), 1);
    // 68 rows: 47.6, 10.2, 10.2 -> 48, 10, 10.
    EXPECT_EQ(totalsOf(shares), (Shares{48, 10, 10}));
}

TEST(SplitSizes, RoundNumbersAreExact) {
    EXPECT_EQ(shareOut(std::vector<std::int64_t>{50, 50, 50}, {0.6, 0.2, 0.2}), (std::vector<Shares>(3, Shares{30, 10, 10})));
    EXPECT_EQ(shareOut(std::vector<std::int64_t>{10}, {0.7, 0.2, 0.1}), (std::vector<Shares>{{7, 2, 1}}));
}

TEST(SplitSizes, APartWithoutFractionStaysEmpty) {
    for (const auto& share : shareOut(std::vector<std::int64_t>{3, 4, 5, 6, 7}, {0.8, 0.2, 0.0})) EXPECT_EQ(share[2], 0);
}

TEST(Split, IsExactAndStratified) {
    MadeTable made;
    const Table table = tableOfClasses(made, {50, 30, 20});
    const auto split = makeSplit(table, settingsFor("class"));
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts, (PartCounts{70, 15, 15, 0}));
    ASSERT_EQ(split->classes.size(), 3u);
    EXPECT_EQ(split->classes[2].name, "c");
    EXPECT_EQ(split->classes[2].rows, (PartCounts{14, 3, 3, 0}));
    EXPECT_EQ(split->rows(Part::Training).size(), 70u);
    EXPECT_TRUE(split->issues.empty());
}

TEST(Split, IsAFunctionOfTheSeed) {
    MadeTable made;
    const Table table = tableOfClasses(made, {40, 60});
    SplitSettings settings = settingsFor("class");
    const auto first = makeSplit(table, settings), again = makeSplit(table, settings);
    settings.seed = 2;
    const auto other = makeSplit(table, settings);
    EXPECT_EQ(first->parts, again->parts);
    EXPECT_NE(first->parts, other->parts);
    EXPECT_EQ(first->counts, other->counts);
}

TEST(Split, AClassOfThreeIsInEveryPart) {
    MadeTable made;
    const Table table = tableOfClasses(made, {90, 3});
    const auto split = makeSplit(table, settingsFor("class"));
    EXPECT_EQ(split->classes[1].rows, (PartCounts{1, 1, 1, 0}));
    EXPECT_EQ(split->counts, (PartCounts{65, 14, 14, 0}));
}

TEST(Split, AClassTooSmallForEveryPartIsReported) {
    MadeTable made;
    const Table table = tableOfClasses(made, {90, 1});
    const auto split = makeSplit(table, settingsFor("class"));
    ASSERT_EQ(split->issues.size(), 1u);
    EXPECT_EQ(split->issues[0].what.code, "split.small_class");
    EXPECT_EQ(split->issues[0].what.argument("class"), "b");
}

TEST(Split, RowsWithoutTargetAreUnusedAndCounted) {
    MadeTable made;
    const Table table = made.category("class", {"a", "b"}, {0, 1, -1, 0, 1, 0, 1, -1, 0, 1}).open();
    const auto split = makeSplit(table, settingsFor("class"));
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->part(2), Part::Unused);
    EXPECT_EQ(split->part(7), Part::Unused);
    EXPECT_EQ(split->counts[3], 2);
    ASSERT_FALSE(split->issues.empty());
    EXPECT_EQ(split->issues[0].what.code, "split.missing_target");
    EXPECT_EQ(split->issues[0].what.argument("row"), "3");
    EXPECT_EQ(split->issues[0].count, 2);
}

TEST(Split, ATargetOfNumbersIsNotStratified) {
    MadeTable made;
    std::vector<double> values(100);
    std::iota(values.begin(), values.end(), 0.25);
    values[10] = std::nan("");
    values[20] = INFINITY;
    const auto split = makeSplit(made.number("price", values).open(), settingsFor("price"));
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts[3], 2);
    EXPECT_EQ(split->counts[0] + split->counts[1] + split->counts[2], 98);
    EXPECT_TRUE(split->classes.empty());
}

TEST(Split, TheSubsetColumnFixesTheTestPart) {
    MadeTable made;
    std::vector<std::int32_t> codes, subset;
    for (int i = 0; i < 70; ++i) {
        codes.push_back(i % 2);
        subset.push_back(i < 60 ? 0 : 1);
    }
    const Table table = made.category("class", {"a", "b"}, codes).category("subset", {"training", "test"}, subset).open();
    SplitSettings settings = settingsFor("class");
    settings.training = 0.75;
    settings.validation = 0.15;
    settings.test = 0.10;
    settings.subset = "subset";
    const auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts, (PartCounts{50, 10, 10, 0}));
    for (std::int64_t row = 60; row < 70; ++row) EXPECT_EQ(split->part(row), Part::Test);
    EXPECT_EQ(split->classes[0].rows, (PartCounts{25, 5, 5, 0}));
}

TEST(Split, ASubsetColumnWithoutTestRowsIsRefused) {
    MadeTable made;
    const Table table = made.category("class", {"a", "b"}, {0, 1, 0, 1}).category("subset", {"training"}, {0, 0, 0, 0}).open();
    SplitSettings settings = settingsFor("class");
    settings.subset = "subset";
    EXPECT_EQ(codeOf(makeSplit(table, settings)), "split.subset");
}

TEST(Split, RefusesWhatCannotBeSplit) {
    MadeTable one, small;
    const Table oneClass = tableOfClasses(one, {20});
    EXPECT_EQ(codeOf(makeSplit(oneClass, settingsFor("class"))), "split.one_class");
    EXPECT_EQ(codeOf(makeSplit(oneClass, settingsFor("colour"))), "split.no_column");
    EXPECT_EQ(codeOf(makeSplit(tableOfClasses(small, {1, 1}), settingsFor("class"))), "split.too_few_rows");
    SplitSettings settings = settingsFor("class");
    settings.test = 0.5;
    EXPECT_EQ(codeOf(makeSplit(oneClass, settings)), "split.fractions");
    settings.test = std::nan("");
    EXPECT_EQ(codeOf(makeSplit(oneClass, settings)), "split.fractions");
    settings = settingsFor("class");
    settings.training = 0.0;
    settings.test = 0.85;
    EXPECT_EQ(codeOf(makeSplit(oneClass, settings)), "split.fractions");
}

TEST(Split, ComesBackFromItsFile) {
    MadeTable made;
    const Table table = tableOfClasses(made, {50, 30});
    const auto split = makeSplit(table, settingsFor("class"));
    const auto stored = writeSplit(made.folder().path(), *split);
    ASSERT_TRUE(stored.ok()) << stored.error().debugText();
    auto back = readSplit(stored->path, table.rows());
    ASSERT_TRUE(back.ok()) << back.error().debugText();
    EXPECT_EQ(back->parts, split->parts);
    EXPECT_EQ(back->counts, split->counts);
    ASSERT_TRUE(countClasses(table, "class", *back).ok());
    EXPECT_EQ(back->classes[1].rows, split->classes[1].rows);
    EXPECT_EQ(codeOf(readSplit(stored->path, table.rows() + 1)), "split.damaged");
}

TEST(Split, AFileWithAByteThatIsNoPartIsRefused) {
    MadeTable made;
    Split split;
    split.parts = {0, 1, 9};
    const auto stored = writeSplit(made.folder().path(), split);
    EXPECT_EQ(codeOf(readSplit(stored->path, 3)), "split.damaged");
}

TEST(Split, SettingsComeBackFromJson) {
    SplitSettings settings;
    settings.seed = 0xFFFFFFFFFFFFFFFFull;
    settings.training = 0.6;
    settings.validation = 0.1;
    settings.test = 0.3;
    settings.target = "species";
    settings.stratify = false;
    settings.subset = "subset";
    const auto back = splitSettingsFromJson(toJson(settings));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(toJson(*back), toJson(settings));
    EXPECT_EQ(codeOf(splitSettingsFromJson({{"seed", "many"}})), "split.settings");
}

TEST(Split, BalanceNamesTheRarestAndTheMostFrequentClass) {
    MadeTable made;
    const auto split = makeSplit(tableOfClasses(made, {100, 20, 40}), settingsFor("class"));
    const auto balance = classBalance(*split, Part::Training);
    EXPECT_EQ(balance.smallest, "b");
    EXPECT_EQ(balance.largest, "a");
    EXPECT_DOUBLE_EQ(balance.ratio, 5.0);
    EXPECT_EQ(countsToJson(*split)["classes"][1]["training"], 14);
}

}  // namespace
}  // namespace lamina
