#include "widgets/tables/row_query.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>

#include <algorithm>
#include <random>

#include "tests/widgets/tables/test_source.h"
#include "widgets/tables/text_order.h"

namespace lamina {
namespace {

RowOrder arranged(const RowSource& source, const RowQuery& query) {
    auto order = arrangeRows(source, query, {});
    EXPECT_TRUE(order.has_value());
    return order.value_or(RowOrder{});
}

TEST(ArrangeRows, SortsNumbersWithMissingValuesLastEitherWay) {
    const TestSource source(100'001);
    for (const bool descending : {false, true}) {
        const RowOrder order = arranged(source, {.sortColumn = 0, .descending = descending, .filters = {}, .search = {}});
        ASSERT_EQ(order.size(), 100'001u);
        std::vector<bool> seen(order.size());
        bool missing = false;
        for (std::size_t i = 0; i < order.size(); ++i) {
            EXPECT_FALSE(seen[order[i]]);
            seen[order[i]] = true;
            if (source.missing(order[i], 0)) missing = true;
            else ASSERT_FALSE(missing) << i;
            if (i == 0 || source.missing(order[i], 0)) continue;
            const double before = source.number(order[i - 1], 0), now = source.number(order[i], 0);
            ASSERT_TRUE(descending ? before >= now : before <= now) << i;
        }
    }
}

TEST(ArrangeRows, EqualRowsKeepTheirOrderAndCategoriesAreSortedByTheirTexts) {
    const TestSource source(10'000);
    const RowOrder order = arranged(source, {.sortColumn = 1, .descending = false, .filters = {}, .search = {}});
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t code : {2u, 1u, 0u})  // blue, Green, red
        for (std::uint32_t row = code; row < 10'000; row += 3) expected.push_back(row);
    EXPECT_EQ(order, expected);
}

TEST(ArrangeRows, SortsTextsWithoutRegardToCase) {
    const TestSource source(1000);
    const RowOrder order = arranged(source, {.sortColumn = 2, .descending = true, .filters = {}, .search = {}});
    std::string last(1, '\x7f');
    for (const auto row : order) {
        if (source.missing(row, 2)) break;
        EXPECT_LE(std::string(source.utf8(row, 2)), last);
        last = source.utf8(row, 2);
    }
}

TEST(ArrangeRows, AllFiltersMustHold) {
    const TestSource source(3000);
    RowQuery query;
    query.filters[0].from = 100;
    query.filters[0].to = 200.5;
    query.filters[1].categories = std::vector<int>{0, 2};
    const RowOrder order = arranged(source, query);
    RowOrder expected;
    for (std::uint32_t row = 0; row < 3000; ++row)
        if (row % 10 != 0 && row % 3 != 1 && row * 7 % 3000 >= 100 && row * 7 % 3000 <= 200) expected.push_back(row);
    EXPECT_EQ(order, expected);
    EXPECT_FALSE(expected.empty());
}

TEST(ArrangeRows, FindsMissingValuesOnly) {
    const TestSource source(50);
    RowQuery query;
    query.filters[0].missingOnly = true;
    EXPECT_EQ(arranged(source, query), (RowOrder{0, 10, 20, 30, 40}));
}

TEST(ArrangeRows, TextIsFoundInAnyCaseAndInAnyColumn) {
    const TestSource source(300);
    RowQuery query;
    query.filters[2].contains = "ITEM 29";
    for (const auto row : arranged(source, query)) EXPECT_NE(std::string(source.utf8(row, 2)).find("Item 29"), std::string::npos);
    EXPECT_FALSE(arranged(source, query).empty());
    RowQuery search;
    search.search = "gREEN";
    EXPECT_EQ(arranged(source, search).size(), 100u);
    search.search = "no such thing";
    EXPECT_TRUE(arranged(source, search).empty());
    search.search = "299";  // in the numbers, in the integers and in the texts
    for (const auto row : arranged(source, search)) {
        bool found = false;
        for (int column = 0; column < 5; ++column) found |= source.text(row, column).contains("299");
        EXPECT_TRUE(found) << row;
    }
}

TEST(ArrangeRows, StopsWhenCancelled) {
    const TestSource source(1000);
    ArrangeJob job;
    job.cancel.cancel();
    EXPECT_FALSE(arrangeRows(source, {.sortColumn = 0, .descending = false, .filters = {}, .search = {}}, job).has_value());
}

TEST(ArrangeRows, ReportsProgressThatNeverGoesBack) {
    const TestSource source(200'000);
    double last = 0;
    ArrangeJob job{{}, [&](double part) {
                       EXPECT_GE(part, last);
                       EXPECT_LE(part, 1.0);
                       last = part;
                   }};
    ASSERT_TRUE(arrangeRows(source, {.sortColumn = 4, .descending = false, .filters = {}, .search = "1"}, job).has_value());
    EXPECT_GT(last, 0.8);
}

TEST(RowQuery, AMillionRowsAreSortedAndFiltered) {
    const TestSource source(1'000'000);
    for (const int column : {0, 1, 2, 3, 4}) {
        QElapsedTimer clock;
        clock.start();
        RowQuery query;
        query.sortColumn = column;
        query.descending = column % 2;
        EXPECT_EQ(arranged(source, query).size(), 1'000'000u);
        RecordProperty("sort_ms_" + std::to_string(column), static_cast<int>(clock.elapsed()));
    }
    QElapsedTimer clock;
    clock.start();
    RowQuery filter;
    filter.filters[0].from = 500;
    filter.filters[2].contains = "7";
    EXPECT_FALSE(arranged(source, filter).empty());
    RecordProperty("filter_ms", static_cast<int>(clock.elapsed()));
}

TEST(RowQuery, TextsAlikeInTheirFirstLettersAreSortedByTheOthers) {
    const TestSource source(2000);  // "Item 0", "Item 3" …: alike in the first five
    RowQuery query;
    query.sortColumn = 2;
    const RowOrder order = arranged(source, query);
    std::string before;
    for (const auto row : order) {
        if (source.missing(row, 2)) continue;
        const std::string text(source.utf8(row, 2));
        EXPECT_LE(before, text);
        before = text;
    }
}

/// Texts that begin alike for many bytes, in small and capital letters, many of them the same or the beginning of others.
class AlikeTexts : public TestSource {
public:
    explicit AlikeTexts(std::int64_t rows) : TestSource(rows) {
        std::mt19937 random(7);
        const std::string beginnings[] = {"", "customer", "Customer-of-the-north-", "customer-of-the-NORTH-and-the-south-and-more-", std::string(300, 'x')};
        for (std::int64_t row = 0; row < rows; ++row) m_alike.push_back(beginnings[random() % 5] + std::to_string(random() % 3000) + (random() % 2 ? "a" : ""));
    }
    bool missing(std::int64_t, int) const override { return false; }
    std::string_view utf8(std::int64_t row, int) const override { return m_alike[static_cast<std::size_t>(row)]; }

private:
    std::vector<std::string> m_alike;
};

TEST(RowQuery, ManyTextsAlikeAreSortedLikeFewAndEqualOnesKeepTheirOrder) {
    const AlikeTexts source(60'000);
    const auto folded = [&](std::uint32_t row) {
        std::string text(source.utf8(row, 2));
        for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return text;
    };
    std::vector<std::string> texts;
    RowOrder expected(60'000);
    for (std::uint32_t row = 0; row < 60'000; ++row) {
        expected[row] = row;
        texts.push_back(folded(row));
    }
    for (const bool descending : {false, true}) {
        RowOrder sorted = expected;
        std::stable_sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) { return descending ? texts[b] < texts[a] : texts[a] < texts[b]; });
        EXPECT_EQ(arranged(source, {.sortColumn = 2, .descending = descending, .filters = {}, .search = {}}), sorted);
    }
}

TEST(TextOrder, AnyTextsAreSortedByTheirBytesAndTheirLengthWithoutRegardToCase) {
    std::mt19937 random(7);
    const auto lower = [](std::string text) {
        for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        return text;
    };
    std::vector<std::string> texts;
    for (int i = 0; i < 6000; ++i) {
        std::string text(random() % 4 == 0 ? random() % 60 : 0, 'x');  // beginnings of every length in common
        for (auto rest = random() % 12; rest > 0; --rest) text += std::string_view("aAbB\0\xC3z", 7)[random() % 7];
        texts.push_back(std::move(text));
    }
    for (std::size_t i = 0; i < 300; ++i) texts.push_back(std::string(i * 3, 'y'));
    for (const bool descending : {false, true}) {
        std::vector<std::uint32_t> expected(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) expected[i] = static_cast<std::uint32_t>(i);
        std::stable_sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
            return descending ? lower(texts[b]) < lower(texts[a]) : lower(texts[a]) < lower(texts[b]);
        });
        std::vector<TextEntry> entries;
        for (std::size_t i = 0; i < texts.size(); ++i) entries.push_back(TextEntry::of(texts[i], static_cast<std::uint32_t>(i)));
        ASSERT_TRUE(sortTextEntries(entries, descending, [](double) { return true; }));
        for (std::size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(entries[i].row, expected[i]) << i;
    }
}

TEST(TextOrder, StopsWhereItIsToldTo) {
    std::vector<std::string> texts;
    for (int i = 0; i < 100'000; ++i) texts.push_back("alike " + std::to_string(i * 7919 % 100'000));
    std::vector<TextEntry> entries;
    for (std::size_t i = 0; i < texts.size(); ++i) entries.push_back(TextEntry::of(texts[i], static_cast<std::uint32_t>(i)));
    int asked = 0;
    EXPECT_FALSE(sortTextEntries(entries, false, [&](double) { return ++asked < 3; }));
    EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace lamina
