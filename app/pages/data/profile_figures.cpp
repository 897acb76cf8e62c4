#include "app/pages/data/profile_figures.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

#include "app/messages/messages.h"
#include "core/data/time_text.h"

namespace lamina {
namespace {

class FigureWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::ProfileFigures)
};

using What = ProfileQuery::What;

constexpr std::size_t mostPatterns = 8, mostPairs = 8, mostClassLines = 12;
constexpr qsizetype mostLeftOutNames = 4;
constexpr double notableCorrelation = 0.5;

QString rowCount(std::int64_t rows) { return QLocale().toString(static_cast<qlonglong>(rows)); }
QString shortNumber(double value) {
    const bool longWhole = std::abs(value) >= 1e6 && std::abs(value) < 1e12;
    return longWhole ? QLocale().toString(static_cast<qlonglong>(std::llround(value))) : QLocale().toString(value, 'g', 6);
}
QString shownName(const std::string& name) { return QString::fromStdString(name); }

QString percentOf(std::int64_t part, std::int64_t all) {
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(std::max<std::int64_t>(all, 1));
    return QLocale().toString(percent, 'f', percent > 0 && percent < 10 ? 1 : 0) + QStringLiteral(" %");
}

QString withShare(std::int64_t part, std::int64_t all) { return FigureWords::tr("%1 (%2)").arg(rowCount(part), percentOf(part, all)); }

/// Writes a column's figures; each query is of this column.
class ColumnFigures {
public:
    ColumnFigures(const ProfiledColumn& column, FigureList& figures) : m_column(column), m_figures(figures), m_name(shownName(column.name)) {}

    void write() {
        shares();
        if (m_column.numbers && m_column.kind != ColumnKind::Boolean) numbers(*m_column.numbers);
        if (m_column.text) text(*m_column.text);
        if (m_column.pictures) pictures(*m_column.pictures);
        relation();
        frequent();
    }

private:
    ProfileQuery query(What what) const {
        ProfileQuery query;
        query.what = what;
        query.column = m_column.name;
        return query;
    }
    ProfileQuery range(double from, double to, bool closed) const {
        ProfileQuery range = query(What::Range);
        range.from = from;
        range.to = to;
        range.closed = closed;
        return range;
    }
    QString value(double number) const {
        return m_column.kind == ColumnKind::Time ? QString::fromStdString(timeText(static_cast<std::int64_t>(number))) : shortNumber(number);
    }

    void shares() {
        if (m_column.missing == 0) m_figures.addFigure(FigureWords::tr("Missing"), FigureWords::tr("none"));
        else
            m_figures.addFigure(FigureWords::tr("Missing"), withShare(m_column.missing, m_column.rows), query(What::Missing),
                                FigureWords::tr("%1 is missing").arg(m_name));
        if (m_column.wrong > 0)
            m_figures.addFigure(FigureWords::tr("Wrong"), withShare(m_column.wrong, m_column.rows), query(What::Wrong),
                                FigureWords::tr("%1 is wrong").arg(m_name));
        if (m_column.kind != ColumnKind::Tensor && m_column.kind != ColumnKind::Image)
            m_figures.addFigure(FigureWords::tr("Different values"), rowCount(m_column.distinct));
        if (m_column.constant) m_figures.addNote(FigureWords::tr("The same value everywhere: nothing can be learned from it."), "warning");
        if (m_column.identifier) m_figures.addNote(FigureWords::tr("A different value in every row: likely a number or name of the row."), "warning");
    }

    void numbers(const NumberFacts& facts) {
        const ProfileQuantiles& q = facts.quantiles;
        if (facts.count == 0) return;
        m_figures.addFigure(FigureWords::tr("Smallest"), value(q.minimum), range(q.minimum, q.minimum, true),
                            FigureWords::tr("Smallest %1").arg(m_name));
        m_figures.addFigure(FigureWords::tr("Largest"), value(q.maximum), range(q.maximum, q.maximum, true),
                            FigureWords::tr("Largest %1").arg(m_name));
        m_figures.addFigure(FigureWords::tr("Median"), value(q.median));
        m_figures.addFigure(FigureWords::tr("Middle half"), FigureWords::tr("%1 … %2").arg(value(q.p25), value(q.p75)), range(q.p25, q.p75, true),
                            FigureWords::tr("Middle half of %1").arg(m_name));
        m_figures.addFigure(FigureWords::tr("5 % … 95 %"), FigureWords::tr("%1 … %2").arg(value(q.p5), value(q.p95)));
        if (m_column.kind == ColumnKind::Time) return;
        m_figures.addFigure(FigureWords::tr("Mean"), shortNumber(facts.mean));
        m_figures.addFigure(FigureWords::tr("Deviation"), shortNumber(facts.deviation));
        if (facts.zeros > 0)
            m_figures.addFigure(FigureWords::tr("Zeros"), withShare(facts.zeros, m_column.rows), range(0, 0, true),
                                FigureWords::tr("%1 is 0").arg(m_name));
        if (facts.negative > 0)
            m_figures.addFigure(FigureWords::tr("Below zero"), withShare(facts.negative, m_column.rows),
                                range(-std::numeric_limits<double>::infinity(), 0, false), FigureWords::tr("%1 is below 0").arg(m_name));
        if (facts.lowOutliers + facts.highOutliers > 0)
            m_figures.addFigure(FigureWords::tr("Far away"), withShare(facts.lowOutliers + facts.highOutliers, m_column.rows), query(What::Outliers),
                                FigureWords::tr("%1 below %2 or above %3").arg(m_name, shortNumber(facts.lowFence), shortNumber(facts.highFence)));
    }

    void text(const TextFacts& facts) {
        if (m_column.valid == 0) return;
        m_figures.addFigure(
            FigureWords::tr("Characters"),
            FigureWords::tr("%1 … %2, median %3").arg(rowCount(facts.shortest), rowCount(facts.longest), shortNumber(facts.medianLength)));
        if (facts.longest > facts.shortest) {
            ProfileQuery longest = query(What::Length);
            longest.from = longest.to = static_cast<double>(facts.longest);
            m_figures.addFigure(FigureWords::tr("Longest"), rowCount(facts.longest), longest, FigureWords::tr("Longest %1").arg(m_name));
        }
        if (facts.blank > 0) m_figures.addFigure(FigureWords::tr("Only blanks"), withShare(facts.blank, m_column.rows), query(What::Blank),
                                                FigureWords::tr("%1 holds only blanks").arg(m_name));
        if (facts.padded > 0) m_figures.addFigure(FigureWords::tr("Blanks around"), withShare(facts.padded, m_column.rows), query(What::Padded),
                                                 FigureWords::tr("%1 has blanks around").arg(m_name));
        if (facts.placeholders > 0)
            m_figures.addFigure(FigureWords::tr("Words for “missing”"), withShare(facts.placeholders, m_column.rows), query(What::Placeholders),
                                FigureWords::tr("%1 is a word for “missing”").arg(m_name));
        if (facts.looksLike == "number") m_figures.addNote(FigureWords::tr("Almost all values read like numbers."), "warning");
        if (facts.looksLike == "time") m_figures.addNote(FigureWords::tr("Almost all values read like dates."), "warning");
    }

    void pictures(const PictureFacts& facts) {
        if (facts.read == 0) return;
        m_figures.addFigure(
            FigureWords::tr("Sizes"),
            FigureWords::tr("%1 × %2 … %3 × %4").arg(facts.smallestWidth).arg(facts.smallestHeight).arg(facts.largestWidth).arg(facts.largestHeight));
        if (facts.grey > 0) m_figures.addFigure(FigureWords::tr("Grey"), withShare(facts.grey, m_column.rows));
    }

    void relation() {
        const TargetRelation& relation = m_column.relation;
        if (std::isnan(relation.strength)) return;
        m_figures.addHeading(FigureWords::tr("And the target"));
        m_figures.addFigure(FigureWords::tr("Relation"), FigureWords::tr("%1 of 1").arg(QLocale().toString(relation.strength, 'f', 2)));
        if (!std::isnan(relation.aloneScore) && relation.aloneScore > 0)
            m_figures.addFigure(FigureWords::tr("Tells alone"),
                                FigureWords::tr("%1 of what a guess gets wrong").arg(percentOf(std::llround(relation.aloneScore * 1000), 1000)));
    }

    void frequent() {
        if (m_column.frequent.empty()) return;
        m_figures.addHeading(FigureWords::tr("Most frequent"));
        for (const ProfiledValue& one : m_column.frequent) {
            ProfileQuery rows = query(What::Value);
            rows.text = one.text;
            const QString shown = QString::fromStdString(one.text).left(80);
            m_figures.addLine(shown.isEmpty() ? FigureWords::tr("(empty text)") : shown, withShare(one.rows, m_column.rows), rows,
                              FigureWords::tr("%1 is “%2”").arg(m_name, shown.left(30)));
        }
    }

    const ProfiledColumn& m_column;
    FigureList& m_figures;
    QString m_name;
};

void showRepeated(const DatasetProfile& profile, FigureList& figures) {
    figures.addHeading(FigureWords::tr("Repeated rows"));
    ProfileQuery query;
    query.what = What::Duplicates;
    if (profile.duplicates.repeated() == 0) figures.addFigure(FigureWords::tr("Exactly alike"), FigureWords::tr("none"));
    else
        figures.addFigure(FigureWords::tr("Exactly alike"), withShare(profile.duplicates.repeated(), profile.rows), query,
                          FigureWords::tr("Rows that are there more than once"));
    query.what = What::Alike;
    if (!profile.identifiers.empty() && profile.alikeButIdentifiers.repeated() > profile.duplicates.repeated()) {
        figures.addFigure(FigureWords::tr("Alike to a model"), withShare(profile.alikeButIdentifiers.repeated(), profile.rows), query,
                          FigureWords::tr("Rows that are alike in what a model sees"));
        QStringList names;
        for (const std::string& name : profile.identifiers)
            if (names.size() < mostLeftOutNames) names << shownName(name).left(30);
        if (static_cast<qsizetype>(profile.identifiers.size()) > names.size()) names << QStringLiteral("…");
        figures.addNote(FigureWords::tr("They differ in %1, which a model does not see: they may well be different things.").arg(names.join(QStringLiteral(", "))));
    }
    for (const NearDuplicates& near : profile.nearDuplicates) {
        query.what = What::NearDuplicates;
        query.column = near.column;
        figures.addFigure(FigureWords::tr("Pictures that look alike"), withShare(near.groups.repeated(), profile.rows),
                          near.groups.groups.empty() ? std::optional<ProfileQuery>() : query, FigureWords::tr("Pictures that look alike"));
    }
    const std::int64_t elsewhere = profile.alsoElsewhere[1] + profile.alsoElsewhere[2];
    query.what = What::Elsewhere;
    if (elsewhere > 0)
        figures.addFigure(FigureWords::tr("In two parts of the split"), rowCount(elsewhere), query,
                          FigureWords::tr("Rows whose like is in another part"));
}

void showSuspects(const DatasetProfile& profile, FigureList& figures) {
    if (profile.suspects.empty()) return;
    figures.addHeading(FigureWords::tr("May give the target away"));
    for (const LeakSuspect& suspect : profile.suspects)
        figures.addLine(shownName(suspect.column), percentOf(std::llround(suspect.score * 1000), 1000));
    figures.addNote(
        FigureWords::tr(
            "Each of these columns alone tells the target far better than any other. Is it known when a prediction is made? If not, ignore it."),
        "warning");
}

void showMissing(const DatasetProfile& profile, FigureList& figures) {
    const bool complete = profile.missingPatterns.size() == 1 && profile.missingPatterns.front().columns.empty();
    figures.addHeading(FigureWords::tr("Missing together"));
    if (complete || profile.missingPatterns.empty()) return figures.addNote(FigureWords::tr("Every row is complete."));
    for (std::size_t i = 0; i < std::min(mostPatterns, profile.missingPatterns.size()); ++i) {
        const MissingPattern& pattern = profile.missingPatterns[i];
        QStringList names;
        for (const std::string& name : pattern.columns) names << shownName(name);
        ProfileQuery query;
        query.what = What::MissingExactly;
        query.columns = pattern.columns;
        const QString words =
            names.isEmpty() ? FigureWords::tr("Nothing is missing") : FigureWords::tr("Missing: %1").arg(names.join(QStringLiteral(", ")));
        figures.addLine(words, withShare(pattern.rows, profile.rows), query, words.left(60));
    }
}

void showCorrelations(const DatasetProfile& profile, FigureList& figures) {
    const CorrelationMatrix& matrix = profile.correlations;
    struct Pair {
        double value;
        std::size_t a, b;
    };
    std::vector<Pair> pairs;
    for (std::size_t a = 0; a < matrix.columns.size(); ++a)
        for (std::size_t b = a + 1; b < matrix.columns.size(); ++b)
            if (std::abs(matrix.at(a, b)) >= notableCorrelation) pairs.push_back({matrix.at(a, b), a, b});
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return std::abs(x.value) > std::abs(y.value); });
    if (matrix.columns.size() < 2) return;
    figures.addHeading(FigureWords::tr("Rise and fall together"));
    if (pairs.empty()) figures.addNote(FigureWords::tr("No two columns of numbers do so clearly."));
    for (std::size_t i = 0; i < std::min(mostPairs, pairs.size()); ++i)
        figures.addLine(FigureWords::tr("%1 and %2").arg(shownName(matrix.columns[pairs[i].a]), shownName(matrix.columns[pairs[i].b])),
                        QLocale().toString(pairs[i].value, 'f', 2));
}

}  // namespace

void showColumnFigures(const ProfiledColumn& column, FigureList& figures) { ColumnFigures(column, figures).write(); }

void showDatasetFigures(const DatasetProfile& profile, FigureList& figures) {
    figures.addFigure(FigureWords::tr("Rows"), rowCount(profile.rows));
    figures.addFigure(FigureWords::tr("Columns"), rowCount(static_cast<std::int64_t>(profile.columns.size())));
    figures.addFigure(FigureWords::tr("Size"), QString::fromStdString(readableBytes(profile.bytes)));
    if (!profile.classes.empty()) figures.addHeading(FigureWords::tr("Classes of the target"));
    for (std::size_t i = 0; i < std::min(mostClassLines, profile.classes.size()); ++i) {
        const QString name = QString::fromStdString(profile.classes[i].text);
        ProfileQuery rows;
        rows.what = What::Value;
        rows.column = profile.target;
        rows.text = profile.classes[i].text;
        figures.addLine(name, withShare(profile.classes[i].rows, profile.rows), rows,
                        FigureWords::tr("%1 is “%2”").arg(shownName(profile.target), name.left(30)));
    }
    if (const auto rare = profile.rareClasses(); !rare.empty())
        figures.addNote(FigureWords::tr("%n class(es) have fewer than 5 rows: figures about them say little.", nullptr, static_cast<int>(rare.size())),
                        "warning");
    showRepeated(profile, figures);
    showSuspects(profile, figures);
    showMissing(profile, figures);
    showCorrelations(profile, figures);
}

namespace {

/// Four digits that count, written out: 105,000, not 1.05E+05.
QString axisNumber(double value) {
    const double size = std::abs(value);
    if (size >= 1e9 || (size < 1e-4 && size > 0)) return QLocale().toString(value, 'g', 4);
    if (size >= 1000) return QLocale().toString(static_cast<qlonglong>(std::llround(value)));
    return QLocale().toString(value, 'g', 4);
}

}  // namespace

QStringList edgeWords(const ProfileHistogram& histogram) {
    QStringList words;
    for (const double edge : histogram.edges) {
        if (histogram.scale == HistogramScale::Time) words << QString::fromStdString(timeText(static_cast<std::int64_t>(edge)));
        else if (histogram.scale == HistogramScale::Whole) words << shortNumber(std::ceil(edge));
        else words << axisNumber(edge);
    }
    if (histogram.scale == HistogramScale::Whole && words.size() > 1) words.back() = shortNumber(std::floor(histogram.edges.back()));
    return words;
}

QStringList binWords(const ProfileHistogram& histogram) {
    QStringList words;
    const QStringList edges = edgeWords(histogram);
    for (std::size_t bin = 0; bin + 1 < histogram.edges.size(); ++bin) {
        const auto place = static_cast<qsizetype>(bin);
        // A bin of whole numbers ends at the last one that is in it.
        const QString to = histogram.scale == HistogramScale::Whole ? shortNumber(std::ceil(histogram.edges[bin + 1]) - 1) : edges[place + 1];
        words << (edges[place] == to ? to : FigureWords::tr("%1 … %2").arg(edges[place], to));
    }
    return words;
}

}  // namespace lamina
