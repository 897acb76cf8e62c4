#include "core/data/cleaning/value_clusters.h"

#include <QString>
#include <QStringList>
#include <algorithm>
#include <map>
#include <set>

#include "core/data/type_detection.h"

namespace lamina {
namespace {

constexpr std::size_t mostComparedValues = 20'000;

using CountedValue = std::pair<std::string, std::int64_t>;

/// The most frequent first.
bool comesFirst(const CountedValue& a, const CountedValue& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; }

std::vector<CountedValue> countedValues(const ColumnView& column) {
    WordIndex words;
    const bool category = column.kind == ColumnKind::Category;
    std::vector<std::int64_t> counts(category ? column.dictionary.size() : 0);
    for (std::int64_t row = 0; row < column.rows; ++row) {
        if (column.isMissing(row)) continue;
        const auto word = static_cast<std::size_t>(category ? column.codes[static_cast<std::size_t>(row)] : words.add(column.text(row)));
        if (word >= counts.size()) counts.push_back(0);
        ++counts[word];
    }
    std::vector<CountedValue> values;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) values.emplace_back(category ? column.dictionary[i] : words.words()[i], counts[i]);
    std::sort(values.begin(), values.end(), comesFirst);
    return values;
}

/// Small letters without accents; anything that is no letter and no digit is a blank.
QString plainLetters(const std::string& text) {
    const QString wide = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).normalized(QString::NormalizationForm_KD).toCaseFolded();
    QString plain;
    for (const QChar c : wide) {
        if (c.isLetterOrNumber() || c.isSurrogate()) plain += c;
        else if (!c.isMark() && c != u'\'' && c != u'\u2019') plain += u' ';
    }
    return plain;
}

std::string fingerprint(const std::string& text) {
    std::set<QString> words;
    const auto all = plainLetters(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : all) words.insert(word);
    QString key;
    for (const QString& word : words) key += word + u' ';
    return key.toStdString();
}

std::string pairsOfLetters(const std::string& text) {
    const QString letters = plainLetters(text).remove(u' ');
    std::set<QString> pairs;
    for (qsizetype i = 0; i + 1 < letters.size(); ++i) pairs.insert(letters.mid(i, 2));
    if (pairs.empty()) return letters.toStdString();
    QString key;
    for (const QString& pair : pairs) key += pair;
    return key.toStdString();
}

void addCluster(std::vector<CountedValue> values, std::vector<ValueCluster>& clusters) {
    if (values.size() < 2) return;
    std::sort(values.begin(), values.end(), comesFirst);
    clusters.push_back({values.front().first, std::move(values)});
}

Result<std::vector<ValueCluster>> clustersByKey(const std::vector<CountedValue>& values, std::string (*keyOf)(const std::string&),
                                                const CancelToken& cancel) {
    std::map<std::string, std::vector<CountedValue>> byKey;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % 1024 == 0 && cancel.cancelled()) return fail("job.cancelled");
        const std::string key = keyOf(values[i].first);
        if (!key.empty()) byKey[key].push_back(values[i]);
    }
    std::vector<ValueCluster> clusters;
    for (auto& [key, alike] : byKey) addCluster(std::move(alike), clusters);
    return clusters;
}

/// A value as edit distances see it.
struct ComparedValue {
    std::u32string letters;
    std::u32string digits;
};

ComparedValue comparedValue(const std::string& text) {
    ComparedValue value;
    const auto letters = plainLetters(text).simplified().toStdU32String();
    for (const char32_t c : letters) {
        value.letters += c;
        if (c >= U'0' && c <= U'9') value.digits += c;
    }
    return value;
}

/// How many letters are changed, left out, added or swapped with their neighbour; more than `most`: most + 1.
std::size_t editDistance(const std::u32string& a, const std::u32string& b, std::size_t most) {
    std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
            least = std::min(least, row[j]);
        }
        if (least > most) return most + 1;
        before = above;
        above.swap(row);
    }
    return above[b.size()];
}

/// Longer texts may differ in more letters; short ones (names of countries, codes) in none.
std::size_t mostEdits(std::size_t length) { return length < 4 ? 0 : length < 8 ? 1 : length < 16 ? 2 : 3; }

bool areAlike(const ComparedValue& a, const ComparedValue& b) {
    if (a.digits != b.digits) return false;
    const std::size_t shorter = std::min(a.letters.size(), b.letters.size()), longer = std::max(a.letters.size(), b.letters.size());
    const std::size_t most = mostEdits(shorter);
    return longer - shorter <= most && (a.letters == b.letters || (most > 0 && editDistance(a.letters, b.letters, most) <= most));
}

/// Every value, from the most frequent on, takes to itself the less frequent ones that are like it and still free: no chains.
Result<std::vector<ValueCluster>> clustersByDistance(const std::vector<CountedValue>& all, const CancelToken& cancel) {
    const std::size_t count = std::min(all.size(), mostComparedValues);
    std::vector<ComparedValue> values;
    std::map<std::size_t, std::vector<std::size_t>> byLength;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(comparedValue(all[i].first));
        byLength[values[i].letters.size()].push_back(i);
    }
    std::vector<std::uint8_t> taken(count, 0);
    std::vector<ValueCluster> clusters;
    for (std::size_t i = 0; i < count; ++i) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (taken[i] || values[i].letters.empty()) continue;
        std::vector<CountedValue> alike{all[i]};
        const std::size_t length = values[i].letters.size(), reach = mostEdits(length);
        for (auto at = byLength.lower_bound(length - std::min(length, reach)); at != byLength.end() && at->first <= length + reach; ++at)
            for (const std::size_t other : at->second)
                if (other > i && !taken[other] && areAlike(values[i], values[other])) taken[other] = 1, alike.push_back(all[other]);
        addCluster(std::move(alike), clusters);
    }
    return clusters;
}

/// So much more frequent is a value than its misspellings.
constexpr std::int64_t misspeltShare = 10;

/// Of a cluster what is rare beside its most frequent value and not known yet, added to what is found for that value.
void takeRare(const ValueCluster& cluster, std::set<std::string>& known, std::map<std::string, ValueCluster>& found) {
    const CountedValue& usual = cluster.values.front();
    if (known.count(usual.first)) return;
    for (auto value = cluster.values.begin() + 1; value != cluster.values.end(); ++value) {
        if (value->second * misspeltShare > usual.second || !known.insert(value->first).second) continue;
        ValueCluster& own = found[usual.first];
        if (own.values.empty()) own = {usual.first, {usual}};
        own.values.push_back(*value);
    }
}

std::int64_t rowsOf(const ValueCluster& cluster) {
    std::int64_t rows = 0;
    for (const auto& [value, count] : cluster.values) rows += count;
    return rows;
}

void largestFirst(std::vector<ValueCluster>& clusters) {
    std::stable_sort(clusters.begin(), clusters.end(), [](const ValueCluster& a, const ValueCluster& b) {
        return rowsOf(a) != rowsOf(b) ? rowsOf(a) > rowsOf(b) : a.suggestion < b.suggestion;
    });
}

}  // namespace

const char* clusterMethodName(ClusterMethod method) {
    switch (method) {
        case ClusterMethod::Fingerprint: return "fingerprint";
        case ClusterMethod::NgramFingerprint: return "ngram";
        case ClusterMethod::EditDistance: break;
    }
    return "distance";
}

Result<std::vector<ValueCluster>> clusterValues(const ColumnView& column, ClusterMethod method, const CancelToken& cancel) {
    if (column.kind != ColumnKind::Text && column.kind != ColumnKind::Category) return std::vector<ValueCluster>();
    const auto values = countedValues(column);
    auto clusters = method == ClusterMethod::EditDistance
                        ? clustersByDistance(values, cancel)
                        : clustersByKey(values, method == ClusterMethod::Fingerprint ? fingerprint : pairsOfLetters, cancel);
    if (clusters) largestFirst(*clusters);
    return clusters;
}

Result<std::vector<ValueCluster>> likelyMisspellings(const ColumnView& column, const CancelToken& cancel) {
    LAMINA_TRY(const auto spellings, clusterValues(column, ClusterMethod::Fingerprint, cancel));
    std::set<std::string> known;
    for (const ValueCluster& cluster : spellings)
        for (const auto& [value, rows] : cluster.values)
            if (value != cluster.suggestion) known.insert(value);
    std::map<std::string, ValueCluster> found;
    for (const ClusterMethod method : {ClusterMethod::NgramFingerprint, ClusterMethod::EditDistance}) {
        LAMINA_TRY(const auto clusters, clusterValues(column, method, cancel));
        for (const ValueCluster& cluster : clusters) takeRare(cluster, known, found);
    }
    std::vector<ValueCluster> clusters;
    for (auto& [value, cluster] : found) clusters.push_back(std::move(cluster));
    largestFirst(clusters);
    return clusters;
}

}  // namespace lamina
