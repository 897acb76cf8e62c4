// What is in a table: figures of each column and of the whole, of all rows, never of a sample. Values only; profile_table.h makes them.
// Named apart from the window's own small summaries. Rows that a cleaning step has removed count nowhere.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/column.h"
#include "core/data/split.h"

namespace lamina {

/// A value and how often it is there.
struct ProfiledValue {
    std::string text;  ///< as a cell shows it; long texts whole
    std::int64_t rows = 0;
    bool operator==(const ProfiledValue&) const = default;
};

/// How the bins of a histogram are laid. Whole: each bin covers whole numbers, its edges lie half-way between two of them. Log: the edges grow by a
/// factor (values above 0 that span at least three powers of ten and lean to the right). Time: edges in milliseconds at round moments
/// (minutes, hours, days, months, years …).
enum class HistogramScale : std::uint8_t { Linear, Whole, Log, Time };

/// Bin i holds edges[i] ≤ value < edges[i + 1], the last one its upper edge too. Together all finite values. Empty where there are none.
struct ProfileHistogram {
    HistogramScale scale = HistogramScale::Linear;
    std::vector<double> edges;        ///< one more than `rows`
    std::vector<std::int64_t> rows;
    bool operator==(const ProfileHistogram&) const = default;
};

/// Exact quantiles with linear interpolation between neighbours (numpy's default).
struct ProfileQuantiles {
    double minimum = 0, p1 = 0, p5 = 0, p25 = 0, median = 0, p75 = 0, p95 = 0, p99 = 0, maximum = 0;
    bool operator==(const ProfileQuantiles&) const = default;
};

/// Number, Integer, Boolean (0 and 1), Time (milliseconds): of the finite values. Also of texts that read like numbers.
struct NumberFacts {
    std::int64_t count = 0;                    ///< finite values
    double mean = 0, deviation = 0;            ///< divided by n
    double skewness = 0, kurtosis = 0;         ///< of the population (third and fourth standardised moment; kurtosis: minus 3); 0 for a constant
    std::int64_t zeros = 0, negative = 0;
    ProfileQuantiles quantiles;
    /// Tukey's fences, quartiles ∓ 1.5 × their distance. No outliers are counted where the quartiles are equal, for Boolean and Time.
    double lowFence = -std::numeric_limits<double>::infinity(), highFence = std::numeric_limits<double>::infinity();
    std::int64_t lowOutliers = 0, highOutliers = 0;
    std::vector<std::int64_t> outlierRows;     ///< the first `mostOutlierRows` of them, rising; all: rowsOf()
    static constexpr std::size_t mostOutlierRows = 100;
    bool operator==(const NumberFacts&) const = default;
};

/// Text and Category: of the values that are there. Lengths in characters (code points).
struct TextFacts {
    std::int64_t shortest = 0, longest = 0;
    double meanLength = 0, medianLength = 0;
    ProfileHistogram lengths;
    std::int64_t blank = 0;        ///< nothing but blanks
    std::int64_t padded = 0;       ///< with blanks at an end
    std::int64_t placeholders = 0; ///< "N/A", "?", "null", "unknown" …: likely missing values in words
    /// What at least 90 % (but not all) of the values read like: "number", "time", or "" (then nothing is `wrong`).
    std::string looksLike;
    bool operator==(const TextFacts&) const = default;
};

/// Image and picture-like Tensor columns: of the pictures that could be read.
struct PictureFacts {
    std::int64_t read = 0, unreadable = 0, grey = 0;
    std::int64_t smallestWidth = 0, smallestHeight = 0, largestWidth = 0, largestHeight = 0;
    std::vector<ProfiledValue> sizes;  ///< the most frequent, "640 × 480"
    bool operator==(const PictureFacts&) const = default;
};

/// How much a column and the target have to do with each other.
struct TargetRelation {
    /// 0 … 1, comparable between columns of all kinds; NaN where it cannot be said (pictures, free text, the target itself, no target).
    double strength = std::numeric_limits<double>::quiet_NaN();
    /// Which measure that is: "pearson", "spearman" (absolute values), "correlation_ratio" (η, corrected for the number of groups) between classes
    /// and numbers or for numbers bent like a U, "cramers_v" (corrected for its bias, Bergsma 2013) between classes; "" where there is none.
    std::string measure;
    double signedValue = std::numeric_limits<double>::quiet_NaN();  ///< pearson, spearman with their sign; else the same as strength
    double mutualInformation = 0;  ///< in nats, of values in at most 20 bins of equal rows (classes as they are)
    double explained = 0;          ///< the same divided by the target's entropy: 0 … 1
    /// The share of what a guess (most frequent class, mean) gets wrong that the column alone gets right, on rows it was not fitted on: ≤ 1.
    double aloneScore = std::numeric_limits<double>::quiet_NaN();
    std::int64_t rows = 0;         ///< with a value in both
};

/// One column's page.
struct ProfiledColumn {
    std::string name;
    ColumnKind kind = ColumnKind::Number;
    std::int64_t rows = 0;                        ///< valid + missing + wrong
    std::int64_t valid = 0, missing = 0, wrong = 0;
    /// Why values are wrong: "not_finite", "not_number", "not_time" (see TextFacts::looksLike), "unreadable_picture"; "" where none is.
    std::string wrongReason;
    /// Different values that are there. Exact; texts and pictures are told apart by 64-bit hashes (two of a million are alike by chance: 1 in 30
    /// million).
    std::int64_t distinct = 0;
    bool constant = false;    ///< one value, missing ones aside
    bool identifier = false;  ///< a different value in every row (of at least 20): texts, or whole numbers that count or are long
    std::optional<NumberFacts> numbers;
    std::optional<TextFacts> text;
    std::optional<PictureFacts> pictures;
    ProfileHistogram histogram;               ///< of the numbers; empty for others
    std::vector<ProfiledValue> frequent;  ///< the most frequent, most rows first, then in the order of the values; empty where every value is there
                                          ///< once, and for pictures
    static constexpr std::size_t mostFrequent = 20;
    TargetRelation relation;
};

/// Rows that belong together: the same row twice, the same picture twice.
struct RowGroups {
    struct Group {
        std::int64_t first = 0, rows = 0;
        bool large = false;  ///< more than 5 % of all rows: likely no repetition but the nature of the data; never merged by itself
        bool operator==(const Group&) const = default;
    };
    std::vector<Group> groups;            ///< largest first, then by first row; at least two rows each
    std::vector<std::int32_t> groupOf;    ///< per row of the table: an index of `groups`, or -1; empty where there are no groups
    std::int64_t rows = 0;                ///< in all groups
    std::int64_t repeated() const { return rows - static_cast<std::int64_t>(groups.size()); }  ///< without the first of each
    bool operator==(const RowGroups&) const = default;
};

/// Pictures that look the same.
struct NearDuplicates {
    std::string column;
    RowGroups groups;
    double typicalDistance = 0;  ///< median distance of two pictures of this data set, in grey levels (0 … 255, root mean square of 16 × 16 means)
    double threshold = 0;        ///< pictures nearer than this are near-duplicates: a tenth of the typical distance, at most 5
    std::int64_t unreadable = 0;
    bool operator==(const NearDuplicates&) const = default;
};

/// A column that may give the target away.
struct LeakSuspect {
    std::string column;
    double score = 0;     ///< TargetRelation::aloneScore
    double nextBest = 0;  ///< the best of the columns that are not suspected
    bool operator==(const LeakSuspect&) const = default;
};

/// Rows in which exactly these columns have no value.
struct MissingPattern {
    std::vector<std::string> columns;
    std::int64_t rows = 0;
    bool operator==(const MissingPattern&) const = default;
};

/// Square and symmetric, in the order of `columns`.
struct CorrelationMatrix {
    std::vector<std::string> columns;
    std::vector<double> values;  ///< Pearson over the rows where both have a finite value; NaN where that says nothing
    std::int64_t leftOut = 0;    ///< number columns beyond the first `ProfileSettings::mostCorrelated`
    double at(std::size_t a, std::size_t b) const { return values[a * columns.size() + b]; }
};

/// The data set's page.
struct DatasetProfile {
    std::int64_t rows = 0, removed = 0;  ///< rows there; rows that cleaning steps took away
    std::uint64_t bytes = 0;             ///< of the values, as they are stored
    std::vector<ProfiledColumn> columns;
    std::vector<ProfiledValue> classes;  ///< of the target, most rows first; empty for numbers
    bool classTarget = false;
    std::string target;                  ///< the column's name; empty: there is none
    /// Classes of so few rows that figures about them say little.
    std::vector<ProfiledValue> rareClasses() const;
    RowGroups duplicates;                ///< alike in all columns: those that are ignored or that a step left out count, too
    /// Alike in what a model sees: all columns but `identifiers`. Empty where there are none.
    RowGroups alikeButIdentifiers;
    std::vector<std::string> identifiers; ///< a different value in every row, ignored, or left out by a step
    std::int64_t repeatedInTable = 0;     ///< rows that repeat another one in the columns of the table alone
    std::vector<NearDuplicates> nearDuplicates;  ///< one per column of pictures
    std::vector<LeakSuspect> suspects;           ///< highest score first
    /// Rows of a part whose like (in all columns that are not ignored and no identifiers) is also in another part: [Training] … [Test]; 0 without a
    /// split.
    std::array<std::int64_t, 3> alsoElsewhere{};
    std::vector<MissingPattern> missingPatterns;  ///< the most frequent 30, most rows first, the complete rows among them
    std::int64_t missingPatternCount = 0;
    CorrelationMatrix missingTogether;            ///< of "is missing", the columns (at most 100, most missing first) that lack some values
    CorrelationMatrix correlations;
    double seconds = 0;
};

}  // namespace lamina
