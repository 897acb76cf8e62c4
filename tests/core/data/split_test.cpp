#include "core/data/split.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/data/describe.h"
#include "core/data/split_leaks.h"
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
    ASSERT_EQ(split->issues.size(), 1u);
    EXPECT_EQ(split->issues[0].what.code, "split.rare_class");
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

TEST(Split, ASubsetColumnWithValidationRowsIsTakenByItsWord) {
    MadeTable made;
    std::vector<std::int32_t> codes, subset;
    for (int i = 0; i < 60; ++i) {
        codes.push_back(i % 2);
        subset.push_back(i < 30 ? 0 : i < 40 ? 1 : i < 50 ? 2 : 3);
    }
    const Table table = made.category("class", {"a", "b"}, codes).category("part", {"Train", "val", "Test", "later"}, subset).open();
    SplitSettings settings = settingsFor("class");
    settings.method = "given";
    settings.column = "part";
    const auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    for (std::int64_t row = 0; row < 50; ++row) EXPECT_EQ(split->part(row), row < 30 ? Part::Training : row < 40 ? Part::Validation : Part::Test) << row;
    for (std::int64_t row = 50; row < 60; ++row) EXPECT_TRUE(split->part(row) == Part::Training || split->part(row) == Part::Validation) << row;
}

TEST(Split, ASubsetColumnThatNamesEveryRowLeavesNothingToDraw) {
    MadeTable made;
    std::vector<std::int32_t> codes, subset;
    for (int i = 0; i < 30; ++i) {
        codes.push_back(i % 2);
        subset.push_back(i % 3);
    }
    const Table table = made.category("class", {"a", "b"}, codes).category("part", {"train", "val", "test"}, subset).open();
    SplitSettings settings = settingsFor("class");
    settings.subset = "part";
    const auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts, (PartCounts{10, 10, 10, 0}));
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

// Groups, time, folds

/// 60 customers of very different sizes; every third buys.
Table tableOfCustomers(MadeTable& made) {
    std::vector<std::string> customers, paths;
    std::vector<std::int32_t> bought;
    std::vector<double> day;
    for (int customer = 0; customer < 60; ++customer)
        for (int i = 0; i <= customer % 9; ++i) {
            customers.push_back("customer " + std::to_string(customer));
            paths.push_back("/photos/" + std::to_string(customer) + "/" + std::to_string(i) + ".png");
            bought.push_back(customer % 3 == 0);
            day.push_back(static_cast<double>((customer * 7 + i) % 50));
        }
    return made.text("customer", customers).text("path", paths).category("bought", {"no", "yes"}, bought).number("day", day).open();
}

/// Does every value of the column lie in one part?
bool isTogether(const Table& table, const std::string& column, const Split& split, std::size_t prefix = std::string::npos) {
    std::map<std::string, std::uint8_t> parts;
    const std::size_t index = table.find(column).value();
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        std::string value = table.cellText(row, index);
        if (prefix != std::string::npos) value = value.substr(0, value.rfind('/'));
        const auto [at, isNew] = parts.emplace(value, split.parts[static_cast<std::size_t>(row)]);
        if (!isNew && at->second != split.parts[static_cast<std::size_t>(row)]) return false;
    }
    return true;
}

class GroupedSplit : public ::testing::TestWithParam<std::string> {};

TEST_P(GroupedSplit, NoGroupIsInTwoPartsAndSizesAndClassesAreNearTheirShares) {
    MadeTable made;
    const Table table = tableOfCustomers(made);
    for (const std::uint64_t seed : {1, 2, 3}) {
        SplitSettings settings = settingsFor("bought");
        settings.seed = seed;
        settings.method = GetParam();
        settings.column = GetParam() == "group" ? "customer" : "path";
        const auto split = makeSplit(table, settings);
        ASSERT_TRUE(split.ok()) << split.error().debugText();
        EXPECT_TRUE(isTogether(table, "customer", *split));
        const double rows = static_cast<double>(table.rows());
        EXPECT_NEAR(static_cast<double>(split->counts[0]), 0.70 * rows, 2);
        EXPECT_NEAR(static_cast<double>(split->counts[1]), 0.15 * rows, 2);
        EXPECT_NEAR(static_cast<double>(split->counts[2]), 0.15 * rows, 2);
        const auto& yes = split->classes[1].rows;
        const double buyers = static_cast<double>(yes[0] + yes[1] + yes[2]);
        EXPECT_NEAR(static_cast<double>(yes[2]), 0.15 * buyers, 3);
        EXPECT_TRUE(split->issues.empty());
        EXPECT_EQ(makeSplit(table, settings)->parts, split->parts);
    }
}

INSTANTIATE_TEST_SUITE_P(All, GroupedSplit, ::testing::Values("group", "folder"));

TEST(SplitMethods, AGroupThatIsTooLargeIsTold) {
    MadeTable made;
    std::vector<std::string> customers(90, "large");
    for (int i = 0; i < 10; ++i) customers.push_back("c" + std::to_string(i));
    const Table table = made.text("customer", customers).number("x", std::vector<double>(100, 1)).open();
    SplitSettings settings = settingsFor("");
    settings.method = "group";
    settings.column = "customer";
    const auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_GE(split->counts[0], 90);
    EXPECT_GT(split->counts[1], 0);
    EXPECT_GT(split->counts[2], 0);
    ASSERT_FALSE(split->issues.empty());
    EXPECT_EQ(split->issues[0].what.code, "split.uneven");
}

TEST(SplitMethods, TheNewestRowsAreTheTestPartAndEqualTimesStayTogether) {
    MadeTable made;
    const Table table = tableOfCustomers(made);
    SplitSettings settings = settingsFor("bought");
    settings.method = "time";
    settings.column = "day";
    const auto split = makeSplit(table, settings);
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    const ColumnView day = table.view(table.find("day").value());
    std::array<double, 3> oldest{1e9, 1e9, 1e9}, newest{-1, -1, -1};
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        const auto part = static_cast<std::size_t>(split->part(row));
        oldest[part] = std::min(oldest[part], day.number(row));
        newest[part] = std::max(newest[part], day.number(row));
    }
    EXPECT_LT(newest[0], oldest[1]);
    EXPECT_LT(newest[1], oldest[2]);
    EXPECT_NEAR(static_cast<double>(split->counts[0]), 0.7 * static_cast<double>(table.rows()), 8);
}

TEST(SplitMethods, FoldsCoverEveryRowOnceAndShareTheTestPart) {
    MadeTable made;
    const Table table = tableOfCustomers(made);
    for (const std::string method : {"stratified", "group", "time"}) {
        SplitSettings settings = settingsFor("bought");
        settings.training = 0.9;
        settings.validation = 0;
        settings.test = 0.1;
        settings.method = method;
        settings.column = method == "group" ? "customer" : "day";
        settings.folds = 5;
        std::vector<int> validated(static_cast<std::size_t>(table.rows()), 0);
        std::vector<std::int64_t> test;
        for (settings.fold = 1; settings.fold <= 5; ++settings.fold) {
            const auto split = makeSplit(table, settings);
            ASSERT_TRUE(split.ok()) << split.error().debugText();
            for (const std::int64_t row : split->rows(Part::Validation)) ++validated[static_cast<std::size_t>(row)];
            if (settings.fold == 1) test = split->rows(Part::Test);
            EXPECT_EQ(split->rows(Part::Test), test);
            const double expected = static_cast<double>(table.rows() - std::ssize(test)) / 5;
            EXPECT_NEAR(static_cast<double>(split->counts[1]), expected, method == "stratified" ? 1 : 20);
            EXPECT_TRUE(method != "group" || isTogether(table, "customer", *split));
        }
        const auto never = std::count(validated.begin(), validated.end(), 0), once = std::count(validated.begin(), validated.end(), 1);
        EXPECT_EQ(never + once, table.rows()) << method;
        EXPECT_TRUE(method == "time" || never == std::ssize(test)) << method;
    }
}

TEST(SplitMethods, RemovedRowsAreUnused) {
    MadeTable made;
    const Table table = tableOfClasses(made, {60, 40});
    std::vector<std::uint16_t> removed(100, 0);
    for (std::size_t row = 0; row < 20; ++row) removed[row] = 1;
    const auto split = makeSplit(table, settingsFor("class"), SplitRows{removed, {}});
    ASSERT_TRUE(split.ok()) << split.error().debugText();
    EXPECT_EQ(split->counts, (PartCounts{56, 12, 12, 20}));
    EXPECT_EQ(split->part(0), Part::Unused);
    EXPECT_TRUE(split->issues.empty());
}

TEST(SplitMethods, RefusesWhatMakesNoSense) {
    MadeTable made;
    const Table table = tableOfCustomers(made);
    const auto code = [&](const char* method, const char* column, std::int64_t folds = 0, std::int64_t fold = 1) {
        SplitSettings settings = settingsFor("bought");
        settings.method = method;
        settings.column = column;
        settings.folds = folds;
        settings.fold = fold;
        return codeOf(makeSplit(table, settings));
    };
    EXPECT_EQ(code("by moon", "day"), "split.method");
    EXPECT_EQ(code("group", "nobody"), "split.no_column");
    EXPECT_EQ(code("time", "customer"), "split.not_time");
    EXPECT_EQ(code("folder", "customer"), "split.no_folders");
    EXPECT_EQ(code("group", "bought"), "split.too_few_groups");
    EXPECT_EQ(code("", "", 5, 6), "split.folds");
    EXPECT_EQ(code("", "", 1), "split.folds");
    const std::vector<std::uint16_t> wrongLength(3, 0);
    EXPECT_EQ(codeOf(makeSplit(table, settingsFor("bought"), SplitRows{wrongLength, {}})), "split.rows");
}

TEST(SplitMethods, WordsOfARecordAndJsonComeBack) {
    SplitSettings settings = settingsFor("bought");
    settings.method = "group";
    settings.column = "who: which";
    settings.folds = 5;
    settings.fold = 2;
    EXPECT_EQ(splitMethodText(settings), "group:who: which fold 2/5");
    SplitSettings read;
    readSplitMethod("group:who: which fold 2/5", read);
    EXPECT_EQ(read.method, "group");
    EXPECT_EQ(read.column, "who: which");
    EXPECT_EQ(read.folds, 5);
    EXPECT_EQ(read.fold, 2);
    const auto back = splitSettingsFromJson(toJson(settings));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(toJson(*back), toJson(settings));
    SplitSettings old;
    readSplitMethod("stratified", old);
    EXPECT_EQ(splitMethodText(old), "stratified");
    EXPECT_FALSE(toJson(SplitSettings{}).contains("method"));
}

// A table that grows

TEST(SplitExtension, KnownRowsKeepTheirPartAndNewOnesFillTheShares) {
    MadeTable before, after;
    std::vector<double> x;
    std::vector<std::int32_t> codes;
    for (int i = 0; i < 100; ++i) {
        x.push_back(i);
        codes.push_back(i % 2);
    }
    const Table old = before.number("x", x).category("class", {"a", "b"}, codes).open();
    const auto split = makeSplit(old, settingsFor("class"));
    ASSERT_TRUE(split.ok());
    // Ten rows are gone, the order is turned round, one label is corrected, a hundred rows are new.
    std::vector<double> now(x.rbegin(), x.rend() - 10);
    std::vector<std::int32_t> nowCodes(codes.rbegin(), codes.rend() - 10);
    nowCodes[0] = 1 - nowCodes[0];
    for (int i = 100; i < 200; ++i) {
        now.push_back(i);
        nowCodes.push_back(i % 2);
    }
    const Table table = after.number("x", now).category("class", {"a", "b"}, nowCodes).open();
    for (const std::string key : {"", "x"}) {
        const auto extended = extendSplit(table, settingsFor("class"), old, *split, key);
        ASSERT_TRUE(extended.ok()) << extended.error().debugText();
        EXPECT_EQ(extended->known, 90);
        EXPECT_EQ(extended->added, 100);
        EXPECT_EQ(extended->gone, 10);
        for (std::size_t row = 0; row < 90; ++row) EXPECT_EQ(extended->split.parts[row], split->parts[99 - row]);
        EXPECT_EQ(extended->split.counts, (PartCounts{133, 29, 28, 0}));
    }
    EXPECT_EQ(codeOf(extendSplit(MadeTable().number("y", {1, 2, 3}).open(), settingsFor(""), old, *split, "")), "split.no_common_columns");
}

TEST(SplitExtension, NewMembersFollowTheirGroupAndTimesTheirPlace) {
    MadeTable before, after;
    const Table old = tableOfCustomers(before);
    for (const std::string method : {"group", "time"}) {
        SplitSettings settings = settingsFor("bought");
        settings.method = method;
        settings.column = method == "group" ? "customer" : "day";
        const auto split = makeSplit(old, settings);
        ASSERT_TRUE(split.ok());
        MadeTable made;
        std::vector<std::string> customers;
        std::vector<std::int32_t> bought;
        std::vector<double> day, newer;
        for (std::int64_t row = 0; row < old.rows(); ++row) {
            customers.push_back(old.cellText(row, 0));
            bought.push_back(old.view(2).codes[static_cast<std::size_t>(row)]);
            day.push_back(old.view(3).number(row));
        }
        for (int i = 0; i < 60; ++i) {
            customers.push_back("customer " + std::to_string(i));
            bought.push_back(i % 3 == 0);
            day.push_back(100 + i);
        }
        const Table table = made.text("customer", customers).category("bought", {"no", "yes"}, bought).number("day", day).open();
        const auto extended = extendSplit(table, settings, old, *split, "");
        ASSERT_TRUE(extended.ok()) << extended.error().debugText();
        for (std::size_t row = 0; row < split->parts.size(); ++row) EXPECT_EQ(extended->split.parts[row], split->parts[row]);
        EXPECT_TRUE(method == "time" || isTogether(table, "customer", extended->split));
        EXPECT_TRUE(method == "group" || extended->split.counts[2] == split->counts[2] + 60);
    }
}

// Leaks

TEST(SplitLeaks, PairsAcrossPartsAreCountedAndMendedWithTheFewestMoves) {
    MadeTable made;
    const Table table = tableOfClasses(made, {60, 60});
    auto split = makeSplit(table, settingsFor("class"));
    ASSERT_TRUE(split.ok());
    const auto training = split->rows(Part::Training), validation = split->rows(Part::Validation), test = split->rows(Part::Test);
    std::vector<std::int32_t> identical(120, -1), group(120, -1);
    // Three of a kind, two of them in training; a pair over a border; a pair within a part.
    const auto put = [](std::vector<std::int32_t>& of, std::int64_t row, std::int32_t number) { of[static_cast<std::size_t>(row)] = number; };
    put(identical, training[0], 0);
    put(identical, training[1], 0);
    put(identical, test[0], 0);
    put(identical, training[2], 1);
    put(identical, training[3], 1);
    put(group, validation[0], 4);
    put(group, test[1], 4);
    const std::vector<RowRelation> relations{{"identical", identical}, {"group", group}};
    const auto leaks = findLeaks(split->parts, relations);
    ASSERT_EQ(leaks.size(), 2u);
    EXPECT_EQ(leaks[0].groups, 1);
    EXPECT_EQ(leaks[0].pairs, 2);
    EXPECT_EQ(leaks[0].ofPart, (std::array<std::int64_t, 3>{2, 0, 1}));
    EXPECT_EQ(leaks[0].examples, (std::vector<LeakPair>{{training[0], test[0], Part::Training, Part::Test}}));
    EXPECT_EQ(leaks[1].pairs, 1);
    const auto mended = mendLeaks(table, "class", relations, *split);
    ASSERT_TRUE(mended.ok()) << mended.error().debugText();
    EXPECT_EQ(mended->moved.size(), 2u);
    EXPECT_EQ(mended->groups, 2);
    EXPECT_EQ(split->part(test[0]), Part::Training);
    for (const auto& after : findLeaks(split->parts, relations)) EXPECT_EQ(after.pairs, 0);
    EXPECT_EQ(split->counts[0] + split->counts[1] + split->counts[2], 120);
    EXPECT_EQ(split->classes[0].rows[0] + split->classes[1].rows[0], split->counts[0]);
}

TEST(SplitLeaks, MendingNeverTakesMoreThanHalfOfAPartOrAClass) {
    MadeTable made;
    const Table table = tableOfClasses(made, {50, 50});
    auto split = makeSplit(table, settingsFor("class"));
    ASSERT_TRUE(split.ok());
    // Every row of the test part has two like it in training.
    const auto training = split->rows(Part::Training), test = split->rows(Part::Test);
    std::vector<std::int32_t> groups(100, -1);
    for (std::size_t i = 0; i < test.size(); ++i)
        for (const std::int64_t row : {test[i], training[2 * i], training[2 * i + 1]})
            groups[static_cast<std::size_t>(row)] = static_cast<std::int32_t>(i);
    const std::vector<RowRelation> relations{{"identical", groups}};
    const auto before = split->counts;
    const auto mended = mendLeaks(table, "class", relations, *split);
    ASSERT_TRUE(mended.ok());
    EXPECT_GE(2 * split->counts[2], before[2]);
    EXPECT_GT(split->classes[0].rows[2], 0);
    EXPECT_GT(split->classes[1].rows[2], 0);
    EXPECT_EQ(findLeaks(split->parts, relations)[0].groups, mended->leftGroups);
}

}  // namespace
}  // namespace lamina
