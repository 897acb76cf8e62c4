#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "core/data/profile/profile_json.h"
#include "core/data/profile/profile_rows.h"
#include "core/data/profile/row_groups.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

/// Tables in memory.
class ProfiledTable {
public:
    ProfiledTable& number(const std::string& name, const std::vector<double>& values) {
        ColumnData data(ColumnKind::Number);
        for (const double value : values) data.addNumber(value);
        return add(std::move(data), name);
    }
    ProfiledTable& integer(const std::string& name, const std::vector<std::int64_t>& values, ColumnKind kind = ColumnKind::Integer) {
        ColumnData data(kind);
        for (const std::int64_t value : values) data.addInteger(value);
        return add(std::move(data), name);
    }
    ProfiledTable& boolean(const std::string& name, const std::vector<int>& values) {
        ColumnData data(ColumnKind::Boolean);
        for (const int value : values) value < 0 ? data.addMissing() : data.addBoolean(value != 0);
        return add(std::move(data), name);
    }
    /// An empty text is a missing value.
    ProfiledTable& text(const std::string& name, const std::vector<std::string>& values, ColumnKind kind = ColumnKind::Text) {
        ColumnData data(kind);
        for (const auto& value : values) value.empty() ? data.addMissing() : data.addText(value);
        return add(std::move(data), name);
    }
    ProfiledTable& category(const std::string& name, std::vector<std::string> words, const std::vector<std::int32_t>& codes) {
        ColumnData data(ColumnKind::Category);
        data.setDictionary(std::move(words));
        for (const std::int32_t code : codes) data.addCode(code);
        return add(std::move(data), name);
    }
    Table table() const {
        auto made = Table::of(m_columns);
        EXPECT_TRUE(made.ok());
        return *made;
    }
    ProfileInput input(const std::string& target = {}) const { return {table(), {}, {}, target, {}, {}}; }

private:
    ProfiledTable& add(ColumnData data, const std::string& name) {
        m_columns.push_back(TableColumn::inMemory(std::move(data), name, name));
        return *this;
    }
    std::vector<TableColumn> m_columns;
};

DatasetProfile profileOf(const ProfileInput& input, int threads = 2) {
    ProfileSettings settings;
    settings.threads = threads;
    auto profile = profileTable(input, settings);
    EXPECT_TRUE(profile.ok()) << (profile ? "" : profile.error().debugText());
    return profile ? *profile : DatasetProfile{};
}

const ProfiledColumn& columnOf(const DatasetProfile& profile, std::string_view name) {
    for (const auto& column : profile.columns)
        if (column.name == name) return column;
    ADD_FAILURE() << name;
    return profile.columns.front();
}

std::vector<std::int64_t> rowsFor(const ProfileInput& input, const DatasetProfile& profile, const std::string& query,
                                  const std::string& column = {}) {
    const auto read = profileQueryFromText(query, column);
    EXPECT_TRUE(read.ok()) << query;
    if (!read) return {};
    const auto rows = rowsOf(input, profile, *read);
    EXPECT_TRUE(rows.ok()) << (rows ? "" : rows.error().debugText());
    return rows ? *rows : std::vector<std::int64_t>{};
}

std::vector<double> countedUp(std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<double>(i));
    return values;
}

// Compared with numpy, pandas, scipy and scikit-learn: sklearn_numbers.py

class Formulas {
public:
    explicit Formulas(std::uint64_t seed) : m_state(seed) {}
    double next() {
        m_state = (m_state * 1103515245 + 12345) % (1ull << 31);
        return static_cast<double>(m_state) / static_cast<double>(1ull << 31);
    }

private:
    std::uint64_t m_state;
};

ProfiledTable tableOfFormulas() {
    Formulas u(7);
    std::vector<double> a, bent, skewed, line;
    std::vector<std::int32_t> place, kind;
    for (int i = 0; i < 600; ++i) {
        a.push_back(u.next() * 10 - 5);
        bent.push_back(a.back() * a.back() + u.next());
        double s = u.next();
        s = s * s * s * s * 1000;
        skewed.push_back(i % 7 ? s : std::nan(""));
        const double l = a.back() * 2 + u.next() * 6;
        line.push_back(i % 11 ? l : std::nan(""));
        place.push_back(static_cast<std::int32_t>(u.next() * 5));
        const int k = u.next() < 0.5 ? place.back() : static_cast<int>(u.next() * 3);
        kind.push_back(std::min(k, 2));
    }
    ProfiledTable made;
    made.number("a", a).number("bent", bent).number("skewed", skewed).number("line", line);
    return made.category("place", {"p0", "p1", "p2", "p3", "p4"}, place).category("kind", {"k0", "k1", "k2"}, kind);
}

const std::map<std::string, double>& numbersOfOthers() {
    static const std::map<std::string, double> numbers = [] {
        std::map<std::string, double> read;
        std::ifstream file(std::string(LAMINA_SOURCE_DIR) + "/tests/core/data/profile/sklearn_numbers.txt");
        std::string name;
        for (double value = 0; file >> name >> value;) read[name] = value;
        return read;
    }();
    return numbers;
}

double other(const std::string& name) { return numbersOfOthers().at(name); }

void expectSame(double ours, const std::string& name, double tolerance = 1e-9) {
    EXPECT_NEAR(ours, other(name), tolerance * std::max(1.0, std::abs(other(name)))) << name;
}

TEST(ProfileNumbers, QuantilesMomentsAndOutliersAreThoseOfNumpyAndScipy) {
    const DatasetProfile profile = profileOf(tableOfFormulas().input());
    const NumberFacts& facts = *columnOf(profile, "skewed").numbers;
    const ProfileQuantiles& q = facts.quantiles;
    const std::map<std::string, double> ours{{"minimum", q.minimum}, {"p1", q.p1}, {"p5", q.p5}, {"p25", q.p25}, {"median", q.median},
                                             {"p75", q.p75}, {"p95", q.p95}, {"p99", q.p99}, {"maximum", q.maximum}};
    for (const auto& [name, value] : ours) expectSame(value, "quantile_" + name, 1e-13);
    expectSame(facts.mean, "mean");
    expectSame(facts.deviation, "deviation");
    expectSame(facts.skewness, "skewness");
    expectSame(facts.kurtosis, "kurtosis");
    expectSame(static_cast<double>(facts.lowOutliers + facts.highOutliers), "outliers");
}

TEST(ProfileNumbers, CorrelationsArePandasOnesPairByPair) {
    const DatasetProfile profile = profileOf(tableOfFormulas().input());
    const CorrelationMatrix& matrix = profile.correlations;
    ASSERT_EQ(matrix.columns, (std::vector<std::string>{"a", "bent", "skewed", "line"}));
    expectSame(matrix.at(0, 1), "pearson_a_bent");
    expectSame(matrix.at(2, 0), "pearson_a_skewed");
    expectSame(matrix.at(0, 3), "pearson_a_line");
    expectSame(matrix.at(2, 3), "pearson_skewed_line");
    EXPECT_EQ(matrix.at(1, 1), 1);
    expectSame(profile.missingTogether.at(0, 1), "missing_together");
}

TEST(ProfileRelations, NumbersWithNumbers) {
    const DatasetProfile profile = profileOf(tableOfFormulas().input("a"));
    const TargetRelation& line = columnOf(profile, "line").relation;
    EXPECT_EQ(line.measure, "spearman");
    expectSame(line.signedValue, "spearman_a_line");
    expectSame(line.mutualInformation, "information_line_a");
    EXPECT_EQ(line.rows, 545);
    EXPECT_TRUE(std::isnan(columnOf(profile, "a").relation.strength));
}

TEST(ProfileRelations, WhatIsBentLikeAUIsFoundByItsRatio) {
    const DatasetProfile profile = profileOf(tableOfFormulas().input("bent"));
    const TargetRelation& bent = columnOf(profile, "a").relation;
    EXPECT_EQ(bent.measure, "correlation_ratio");
    expectSame(bent.strength, "a_ratio_of_bent");
}

TEST(ProfileRelations, ClassesWithClassesAndWithNumbers) {
    const DatasetProfile profile = profileOf(tableOfFormulas().input("kind"));
    const TargetRelation& place = columnOf(profile, "place").relation;
    EXPECT_EQ(place.measure, "cramers_v");
    expectSame(place.strength, "cramer_place_kind");
    expectSame(place.mutualInformation, "information_place_kind");
    EXPECT_NEAR(place.explained, other("information_place_kind") / other("entropy_kind"), 1e-9);
    const TargetRelation& line = columnOf(profile, "line").relation;
    EXPECT_EQ(line.measure, "correlation_ratio");
    expectSame(line.strength, "ratio_line_kind");
    expectSame(line.mutualInformation, "information_line_kind");
}

// What the figures mean

TEST(Profile, DoesNotDependOnThreads) {
    const ProfiledTable made = tableOfFormulas();
    const DatasetProfile one = profileOf(made.input("kind"), 1), many = profileOf(made.input("kind"), 7);
    auto a = toJson(one), b = toJson(many);
    a.erase("seconds");
    b.erase("seconds");
    EXPECT_EQ(a.dump(), b.dump());
    EXPECT_EQ(one.duplicates, many.duplicates);
}

TEST(Profile, EveryFigureNamesItsRows) {
    const double inf = std::numeric_limits<double>::infinity();
    ProfiledTable made;
    made.number("x", {1, 2, 3, 4, 5, 6, 7, 100, inf, std::nan("")});
    made.text("t", {"a", "bb", "a", "cc", "", "dd", "e", "ff", "g", "a"});
    const ProfileInput input = made.input();
    const DatasetProfile profile = profileOf(input);
    const ProfiledColumn& x = columnOf(profile, "x");
    EXPECT_EQ(x.valid, 8);
    EXPECT_EQ(x.missing, 1);
    EXPECT_EQ(x.wrong, 1);
    EXPECT_EQ(x.wrongReason, "not_finite");
    EXPECT_EQ(x.numbers->outlierRows, (std::vector<std::int64_t>{7}));
    EXPECT_EQ(rowsFor(input, profile, "outliers", "x"), (std::vector<std::int64_t>{7}));
    EXPECT_EQ(rowsFor(input, profile, "missing", "x"), (std::vector<std::int64_t>{9}));
    EXPECT_EQ(rowsFor(input, profile, "wrong", "x"), (std::vector<std::int64_t>{8}));
    EXPECT_EQ(rowsFor(input, profile, "range:2:4", "x"), (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_EQ(rowsFor(input, profile, "value:a", "t"), (std::vector<std::int64_t>{0, 2, 9}));
    EXPECT_EQ(rowsFor(input, profile, "length:2:2", "t"), (std::vector<std::int64_t>{1, 3, 5, 7}));
    EXPECT_EQ(rowsFor(input, profile, "missing-exactly:t"), (std::vector<std::int64_t>{4}));
    EXPECT_EQ(rowsFor(input, profile, "missing-exactly:").size(), 8u);
    std::int64_t inBins = 0;
    for (std::size_t bin = 0; bin < x.histogram.rows.size(); ++bin) {
        const auto rows = rowsOf(input, profile, queryOfBin(x, bin));
        ASSERT_TRUE(rows.ok());
        EXPECT_EQ(std::ssize(*rows), x.histogram.rows[bin]) << bin;
        inBins += x.histogram.rows[bin];
    }
    EXPECT_EQ(inBins, 8);
    EXPECT_EQ(codeOf(profileQueryFromText("nonsense", "x")), "profile.query");
    EXPECT_EQ(codeOf(profileQueryFromText("range:1", "x")), "profile.query");
    EXPECT_EQ(codeOf(rowsOf(input, profile, {ProfileQuery::What::Missing, "y"})), "profile.no_column");
    EXPECT_EQ(codeOf(rowsOf(input, profile, {.what = ProfileQuery::What::Duplicates, .group = 3})), "profile.no_group");
}

TEST(Profile, FiguresOfTextsNameTheirRows) {
    ProfiledTable made;
    made.text("t", {"a ", "  ", "N/A", "b", " ? ", "\tc"});
    const ProfileInput input = made.input();
    const DatasetProfile profile = profileOf(input);
    const TextFacts& facts = *columnOf(profile, "t").text;
    const std::pair<const char*, std::int64_t> figures[] = {{"blank", facts.blank}, {"padded", facts.padded}, {"placeholders", facts.placeholders}};
    for (const auto& [query, rows] : figures) EXPECT_EQ(std::ssize(rowsFor(input, profile, query, "t")), rows) << query;
    EXPECT_EQ(rowsFor(input, profile, "blank", "t"), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(rowsFor(input, profile, "padded", "t"), (std::vector<std::int64_t>{0, 4, 5}));
    EXPECT_EQ(rowsFor(input, profile, "placeholders", "t"), (std::vector<std::int64_t>{2, 4}));
}

TEST(Profile, RemovedRowsCountNowhere) {
    ProfiledTable made;
    made.number("x", {1, 1, 1000, std::nan("")}).text("t", {"a", "a", "b", "c"});
    ProfileInput input = made.input();
    const std::vector<std::uint16_t> removed{0, 0, 1, 1};
    input.removedBy = removed;
    const DatasetProfile profile = profileOf(input);
    EXPECT_EQ(profile.rows, 2);
    EXPECT_EQ(profile.removed, 2);
    EXPECT_EQ(columnOf(profile, "x").missing, 0);
    EXPECT_EQ(columnOf(profile, "x").numbers->quantiles.maximum, 1);
    EXPECT_TRUE(columnOf(profile, "t").constant);
    EXPECT_EQ(profile.duplicates.rows, 2);
    EXPECT_TRUE(rowsFor(input, profile, "missing", "x").empty());
    const std::vector<std::uint16_t> wrongLength{0};
    input.removedBy = wrongLength;
    EXPECT_EQ(codeOf(profileTable(input)), "profile.rows");
}

TEST(Profile, TextsTellTheirLengthsAndWhatDoesNotFit) {
    std::vector<std::string> prices(40, "12.5");
    prices[3] = "N/A";
    prices[5] = " 7 ";
    std::vector<std::string> dates(40, "2024-03-01"), cities{"Zürich", "Köln", "北京", " Bern", "?", "  ", "Köln"};
    dates[7] = "soon";
    cities.resize(40);
    ProfiledTable made;
    const DatasetProfile profile = profileOf(made.text("price", prices).text("date", dates).text("city", cities).input());
    const ProfiledColumn &price = columnOf(profile, "price"), &date = columnOf(profile, "date"), &city = columnOf(profile, "city");
    EXPECT_EQ(price.text->looksLike, "number");
    EXPECT_EQ(price.wrong, 1);
    EXPECT_EQ(price.valid, 39);
    EXPECT_EQ(price.text->placeholders, 1);
    EXPECT_EQ(price.text->padded, 1);
    EXPECT_EQ(date.wrongReason, "not_time");
    EXPECT_EQ(city.wrong, 0);
    EXPECT_EQ(city.text->longest, 6);
    EXPECT_EQ(city.text->shortest, 1);
    EXPECT_EQ(city.text->blank, 1);
    EXPECT_EQ(city.text->placeholders, 1);
    EXPECT_EQ(city.frequent.front(), (ProfiledValue{"Köln", 2}));
    EXPECT_EQ(city.missing, 33);
}

TEST(Profile, FlagsConstantsAndIdentifiers) {
    std::vector<std::int64_t> counting, few, long_;
    std::vector<std::string> names;
    std::vector<double> measured;
    for (int i = 0; i < 50; ++i) {
        counting.push_back(i + 1);
        few.push_back(i % 7);
        long_.push_back(100000 + 991 * i);
        names.push_back("name " + std::to_string(i));
        measured.push_back(i * 1.37 + 0.1);
    }
    ProfiledTable made;
    made.integer("counting", counting)
        .integer("few", few)
        .integer("long", long_)
        .text("name", names)
        .number("measured", measured)
        .integer("one", std::vector<std::int64_t>(50, 4));
    const DatasetProfile profile = profileOf(made.input());
    for (const char* name : {"counting", "long", "name"}) EXPECT_TRUE(columnOf(profile, name).identifier) << name;
    for (const char* name : {"few", "measured", "one"}) EXPECT_FALSE(columnOf(profile, name).identifier) << name;
    EXPECT_TRUE(columnOf(profile, "one").constant);
    EXPECT_EQ(columnOf(profile, "one").distinct, 1);
    EXPECT_TRUE(profile.duplicates.groups.empty());
    EXPECT_EQ(profile.identifiers.size(), 3u);
}

TEST(Profile, RepeatedRowsAreGroupedAlsoWithoutTheirIdentifiers) {
    std::vector<std::int64_t> id;
    std::vector<double> x;
    for (int i = 0; i < 40; ++i) {
        id.push_back(i);
        x.push_back(i < 10 ? 7 : i);
    }
    ProfiledTable made;
    made.integer("id", id).number("x", x);
    ProfileInput input = made.input();
    std::vector<std::uint8_t> parts(40, 0);
    parts[3] = 2;
    input.parts = parts;
    const DatasetProfile profile = profileOf(input);
    EXPECT_TRUE(profile.duplicates.groups.empty());
    ASSERT_EQ(profile.alikeButIdentifiers.groups.size(), 1u);
    EXPECT_EQ(profile.alikeButIdentifiers.groups[0], (RowGroups::Group{0, 10, true}));
    EXPECT_EQ(profile.alikeButIdentifiers.repeated(), 9);
    EXPECT_EQ(rowsFor(input, profile, "alike:0").size(), 10u);
    EXPECT_EQ(profile.alsoElsewhere, (std::array<std::int64_t, 3>{9, 0, 1}));
    EXPECT_EQ(rowsFor(input, profile, "elsewhere").size(), 10u);
    EXPECT_EQ(withoutLargeGroups(profile.alikeButIdentifiers), std::vector<std::int32_t>(40, -1));
}

TEST(Profile, RowsThatDifferInALeftOutOrIgnoredColumnAreNoRepetitions) {
    std::vector<std::string> person;
    std::vector<double> x;
    for (int i = 0; i < 40; ++i) {
        person.push_back("person " + std::to_string(i == 39 ? 38 : i));
        x.push_back(i < 10 ? 7 : std::min(i, 38));
    }
    ProfiledTable whole;
    whole.text("person", person).number("x", x);
    ProfileInput ignoring = whole.input();
    ignoring.ignored = {"person"};
    ProfileInput cleaned = ProfiledTable().number("x", x).input();
    cleaned.leftOut = {whole.table().column(0)};
    for (const ProfileInput& input : {ignoring, cleaned}) {
        const DatasetProfile profile = profileOf(input);
        EXPECT_EQ(profile.duplicates.repeated(), 1);
        EXPECT_EQ(profile.alikeButIdentifiers.repeated(), 10);
        EXPECT_EQ(profile.identifiers, std::vector<std::string>{"person"});
    }
    EXPECT_EQ(profileOf(cleaned).repeatedInTable, 10);
    EXPECT_EQ(profileOf(ignoring).repeatedInTable, 1);
}

TEST(Profile, AmountsThatAllDifferAreNoIdentifiers) {
    std::vector<std::int64_t> incomes, numbered, account;
    std::vector<double> pivoted;
    for (int i = 0; i < 37; ++i) {
        incomes.push_back(12000 + i + static_cast<std::int64_t>(std::exp(i * 0.28)));
        numbered.push_back(12000 + 2311 * i);
        pivoted.push_back(20000 + 1100 * i);
        account.push_back(4'000'000'000 + std::int64_t{77'777'777} * i);
    }
    ProfiledTable made;
    made.integer("incomes 2020", numbered).integer("of somebody", incomes).number("pivoted", pivoted).integer("family", numbered).integer("account", account).integer("IncomeId", incomes);
    const DatasetProfile profile = profileOf(made.input());
    for (const char* name : {"incomes 2020", "of somebody", "pivoted"}) EXPECT_FALSE(columnOf(profile, name).identifier) << name;
    for (const char* name : {"family", "account", "IncomeId"}) EXPECT_TRUE(columnOf(profile, name).identifier) << name;
}

TEST(Profile, RareClassesAreTold) {
    std::vector<std::int32_t> codes(40, 0);
    codes[3] = codes[5] = 1;
    ProfiledTable made;
    made.category("kind", {"often", "seldom"}, codes);
    EXPECT_EQ(profileOf(made.input("kind")).rareClasses(), (std::vector<ProfiledValue>{{"seldom", 2}}));
}

TEST(Profile, SuspectsWhatGivesTheTargetAway) {
    Formulas u(3);
    std::vector<std::int32_t> target, copy, noise;
    std::vector<double> weak, id;
    for (int i = 0; i < 400; ++i) {
        target.push_back(u.next() < 0.4 ? 1 : 0);
        copy.push_back(target.back());
        noise.push_back(static_cast<std::int32_t>(u.next() * 3));
        weak.push_back(u.next() + 0.2 * target.back());
        id.push_back(i);
    }
    ProfiledTable made;
    made.category("target", {"no", "yes"}, target)
        .category("paid", {"0", "1"}, copy)
        .category("noise", {"a", "b", "c"}, noise)
        .number("weak", weak)
        .number("id", id);
    const DatasetProfile profile = profileOf(made.input("target"));
    ASSERT_EQ(profile.suspects.size(), 1u);
    EXPECT_EQ(profile.suspects[0].column, "paid");
    EXPECT_DOUBLE_EQ(profile.suspects[0].score, 1);
    EXPECT_LT(columnOf(profile, "noise").relation.strength, 0.15);
    EXPECT_LT(columnOf(profile, "id").relation.aloneScore, 0.2);
    EXPECT_EQ(profile.classes.front().text, "no");
    ProfileInput ignoring = made.input("target");
    ignoring.ignored = {"paid"};
    EXPECT_TRUE(profileOf(ignoring).suspects.empty());
    EXPECT_EQ(codeOf(profileTable(made.input("nobody"))), "profile.no_column");
}

TEST(Profile, ATextThatIsDifferentInEveryRowExplainsNothing) {
    std::vector<std::string> names;
    std::vector<int> target;
    for (int i = 0; i < 100; ++i) {
        names.push_back("n" + std::to_string(i));
        target.push_back(i % 3 == 0);
    }
    ProfiledTable made;
    const DatasetProfile profile = profileOf(made.text("name", names).boolean("y", target).input("y"));
    EXPECT_TRUE(std::isnan(columnOf(profile, "name").relation.strength));
    EXPECT_TRUE(profile.suspects.empty());
}

struct BinCase {
    std::string name;
    std::vector<double> values;
    ColumnKind kind;
    HistogramScale scale;
    double firstEdge;
    std::size_t bins;
};

class ProfileBins : public ::testing::TestWithParam<BinCase> {};

TEST_P(ProfileBins, EdgesSuitTheValues) {
    const BinCase& c = GetParam();
    ProfiledTable made;
    if (c.kind == ColumnKind::Number) made.number("x", c.values);
    else made.integer("x", std::vector<std::int64_t>(c.values.begin(), c.values.end()), c.kind);
    const ProfileHistogram histogram = profileOf(made.input()).columns[0].histogram;
    EXPECT_EQ(histogram.scale, c.scale);
    ASSERT_EQ(histogram.edges.size(), histogram.rows.size() + 1);
    EXPECT_NEAR(histogram.edges.front(), c.firstEdge, 1e-9 * std::max(1.0, std::abs(c.firstEdge)));
    EXPECT_EQ(histogram.rows.size(), c.bins);
    EXPECT_TRUE(std::is_sorted(histogram.edges.begin(), histogram.edges.end()));
    std::int64_t all = 0;
    for (const std::int64_t rows : histogram.rows) all += rows;
    EXPECT_EQ(all, std::ssize(c.values));
}

constexpr double dayOfMilliseconds = 86400e3;
INSTANTIATE_TEST_SUITE_P(
    All, ProfileBins,
    ::testing::Values(BinCase{"dice", {1, 2, 3, 4, 5, 6, 6, 6}, ColumnKind::Integer, HistogramScale::Whole, 0.5, 6},
                      BinCase{"hundreds", countedUp(1000), ColumnKind::Integer, HistogramScale::Whole, -0.5, 10},
                      BinCase{"fractions", {0.1, 0.2, 0.25, 0.3, 0.31, 0.5, 0.77, 0.9}, ColumnKind::Number, HistogramScale::Linear, 0.1, 8},
                      BinCase{"constant", {3.5, 3.5}, ColumnKind::Number, HistogramScale::Linear, 3.5, 1},
                      BinCase{"incomes", {1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 20.5, 400.5, 100000.5}, ColumnKind::Number, HistogramScale::Log, 1, 26},
                      BinCase{"hours", {0, 3600e3, 7200e3}, ColumnKind::Time, HistogramScale::Time, 0, 25},
                      BinCase{"years", {0, 365 * dayOfMilliseconds, 20 * 365 * dayOfMilliseconds}, ColumnKind::Time, HistogramScale::Time, 0, 20},
                      BinCase{"largest", {-1.7e308, 1.7e308}, ColumnKind::Number, HistogramScale::Linear, -1.7e308, 1}),
    [](const auto& info) { return info.param.name; });

// Odd tables

TEST(ProfileEdges, OneRowNoRowsAndNothingButGaps) {
    ProfiledTable none, one, gaps;
    const DatasetProfile empty = profileOf(none.number("x", {}).text("t", {}).boolean("b", {}).input("b"));
    EXPECT_EQ(empty.rows, 0);
    EXPECT_EQ(empty.columns[0].numbers->count, 0);
    const DatasetProfile single = profileOf(one.number("x", {4}).text("t", {"a"}).integer("i", {9}).input("x"));
    EXPECT_EQ(single.columns[0].numbers->quantiles.median, 4);
    EXPECT_TRUE(single.columns[1].constant);
    const DatasetProfile missing = profileOf(gaps.number("x", {std::nan(""), std::nan("")}).text("t", {"", ""}).boolean("y", {-1, 1}).input("y"));
    EXPECT_EQ(missing.columns[0].valid, 0);
    EXPECT_TRUE(missing.columns[0].histogram.rows.empty());
    EXPECT_EQ(missing.missingPatternCount, 2);
    EXPECT_FALSE(toJson(missing).dump().empty());
    EXPECT_FALSE(toJson(empty).dump().empty());
}

TEST(ProfileEdges, InfiniteHugeAndTinyNumbers) {
    const double inf = std::numeric_limits<double>::infinity();
    ProfiledTable made;
    made.number("infinite", {inf, -inf, inf, inf}).number("huge", {1e308, -1e308, 1e308, 0}).number("tiny", {1e-310, 2e-310, 3e-310, 4e-310});
    made.integer("limits", {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                            std::numeric_limits<std::int64_t>::max() - 1, 0});
    const DatasetProfile profile = profileOf(made.input("huge"));
    EXPECT_EQ(columnOf(profile, "infinite").wrong, 4);
    EXPECT_DOUBLE_EQ(columnOf(profile, "huge").numbers->mean, 2.5e307);
    EXPECT_NEAR(columnOf(profile, "tiny").numbers->mean / 1e-310, 2.5, 1e-9);
    EXPECT_EQ(columnOf(profile, "limits").distinct, 4);
    EXPECT_FALSE(toJson(profile).dump().empty());
}

TEST(ProfileEdges, ManyColumnsAndLongTexts) {
    ProfiledTable made;
    for (int c = 0; c < 4096; ++c) made.number("c" + std::to_string(c), {c * 1.0, c * 2.0, 1, std::nan("")});
    made.text("long", {std::string(1 << 20, 'a'), std::string(1 << 20, 'b'), std::string(1 << 20, 'a'), "c"});
    const DatasetProfile profile = profileOf(made.input("c1"));
    EXPECT_EQ(profile.columns.size(), 4097u);
    EXPECT_EQ(profile.correlations.columns.size(), 200u);
    EXPECT_EQ(profile.correlations.leftOut, 4096 - 200);
    EXPECT_EQ(profile.missingTogether.columns.size(), 100u);
    EXPECT_EQ(columnOf(profile, "long").text->longest, 1 << 20);
    EXPECT_EQ(columnOf(profile, "long").distinct, 3);
    EXPECT_LT(toJson(profile).dump().size(), 20u << 20);
}

TEST(Profile, ArrivesColumnByColumnAndStopsWhenCancelled) {
    const ProfiledTable made = tableOfFormulas();
    const DatasetProfile whole = profileOf(made.input("kind"));
    std::map<std::size_t, ProfiledColumn> seen;
    ProfileSettings settings;
    settings.threads = 3;
    settings.columnReady = [&](std::size_t index, const ProfiledColumn& column) { seen.emplace(index, column); };
    ASSERT_TRUE(profileTable(made.input("kind"), settings).ok());
    ASSERT_EQ(seen.size(), 6u);
    EXPECT_EQ(toJson(seen.at(2)), toJson(whole.columns[2]));
    const auto one = profileOne(made.input("kind"), 2);
    ASSERT_TRUE(one.ok());
    EXPECT_EQ(toJson(*one), toJson(whole.columns[2]));
    settings.columnReady = {};
    settings.cancel.cancel();
    EXPECT_EQ(codeOf(profileTable(made.input("kind"), settings)), "job.cancelled");
}

}  // namespace
}  // namespace lamina
