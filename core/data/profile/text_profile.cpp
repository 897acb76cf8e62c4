#include "core/data/profile/text_profile.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/data/profile/histogram.h"
#include "core/data/time_text.h"
#include "core/data/type_detection.h"

namespace lamina {

namespace {

constexpr std::int64_t textStride = 1 << 12;
constexpr std::int64_t shortLengths = 4096;
constexpr double mostIdentifierLength = 64;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

/// How many texts have which length: short ones in a field, the others in a map.
class LengthCounts {
public:
    LengthCounts() : m_short(shortLengths) {}
    void add(std::int64_t length, std::int64_t rows) {
        (length < shortLengths ? m_short[static_cast<std::size_t>(length)] : m_long[length]) += rows;
        m_total += rows;
        m_sum += static_cast<double>(length) * static_cast<double>(rows);
    }
    std::int64_t total() const { return m_total; }
    double mean() const { return m_total == 0 ? 0 : m_sum / static_cast<double>(m_total); }
    std::int64_t below(double x) const {
        std::int64_t rows = 0;
        for (std::int64_t length = 0; length < shortLengths && static_cast<double>(length) < x; ++length)
            rows += m_short[static_cast<std::size_t>(length)];
        for (auto at = m_long.begin(); at != m_long.end() && static_cast<double>(at->first) < x; ++at) rows += at->second;
        return rows;
    }
    /// The length of the text number `place`, the shortest first.
    double at(std::int64_t place) const {
        for (std::int64_t length = 0; length < shortLengths; ++length)
            if ((place -= m_short[static_cast<std::size_t>(length)]) < 0) return static_cast<double>(length);
        for (const auto& [length, rows] : m_long)
            if ((place -= rows) < 0) return static_cast<double>(length);
        return m_long.empty() ? 0 : static_cast<double>(m_long.rbegin()->first);
    }
    double quantile(double q) const {
        const double place = q * static_cast<double>(m_total - 1);
        const auto lower = static_cast<std::int64_t>(place);
        const double a = at(lower), b = at(std::min(lower + 1, m_total - 1));
        return a + (b - a) * (place - static_cast<double>(lower));
    }

private:
    std::vector<std::int64_t> m_short;
    std::map<std::int64_t, std::int64_t> m_long;
    std::int64_t m_total = 0;
    double m_sum = 0;
};

void fillLengths(const LengthCounts& lengths, TextFacts& facts) {
    if (lengths.total() == 0) return;
    const auto q = [&](double at) { return lengths.quantile(at); };
    const ProfileQuantiles quantiles{q(0), q(0.01), q(0.05), q(0.25), q(0.5), q(0.75), q(0.95), q(0.99), q(1)};
    facts.shortest = static_cast<std::int64_t>(quantiles.minimum);
    facts.longest = static_cast<std::int64_t>(quantiles.maximum);
    facts.meanLength = lengths.mean();
    facts.medianLength = quantiles.median;
    facts.lengths = layBins({lengths.total(), true, false, quantiles});
    fillBins(facts.lengths, lengths.total(), [&](double x) { return lengths.below(x); });
}

std::string_view textOf(const ColumnView& view, const ValueCounts::Value& value) { return view.text(value.first); }

/// The rows whose texts do not read so; gives up (-1) where they are more than a tenth.
template <class Reads>
Result<std::int64_t> rowsReadingOtherwise(const ColumnView& view, const ValueCounts& counts, const CancelToken& cancel, Reads reads) {
    std::int64_t others = 0, looked = 0;
    for (const auto& value : counts.values) {
        if (value.rows == 0) continue;
        if (looked++ % textStride == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (!reads(textOf(view, value))) others += value.rows;
        if (10 * others > counts.present) return -1;
    }
    return others;
}

void markWrong(ProfiledColumn& column, const char* like, const char* reason, std::int64_t wrong) {
    column.text->looksLike = like;
    column.wrong = wrong;
    column.valid -= wrong;
    column.wrongReason = reason;
}

/// A column of numbers or times with a few other words in it came in as text.
Result<void> findWrongTexts(const ColumnView& view, const ValueCounts& counts, const CancelToken& cancel, ProfiledColumn& column) {
    if (counts.present < 10) return {};
    LAMINA_TRY(const auto notNumbers, rowsReadingOtherwise(view, counts, cancel, readsLikeNumber));
    if (notNumbers > 0) return markWrong(column, "number", "not_number", notNumbers), Result<void>();
    if (notNumbers == 0) return {};
    LAMINA_TRY(const auto notTimes, rowsReadingOtherwise(view, counts, cancel, readsLikeTime));
    if (notTimes > 0) markWrong(column, "time", "not_time", notTimes);
    return {};
}

}  // namespace

std::int64_t characterCount(std::string_view utf8) {
    std::int64_t count = 0;
    for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

bool isBlankText(std::string_view text) { return withoutBlanks(text).empty(); }

bool isPaddedText(std::string_view text) {
    const std::string_view inner = withoutBlanks(text);
    return !inner.empty() && inner.size() != text.size();
}

bool isPlaceholder(std::string_view text) {
    constexpr std::array words{"na", "n/a", "n.a.", "nan", "null", "nil", "none", "missing", "unknown", "undefined",
                               "?",  "??",  "-",    "--",  "---",  ".",   "#n/a", "#value!", "#div/0!", "tbd"};
    text = withoutBlanks(text);
    if (text.empty() || text.size() > 9) return false;
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return std::find(words.begin(), words.end(), lower) != words.end();
}

bool readsLikeNumber(std::string_view text) {
    text = withoutBlanks(text);
    return !text.empty() && readAnyNumber(text).is != TextValue;
}

bool readsLikeTime(std::string_view text) {
    const TimeReading reading = readTime(text);
    return reading.dayFirst || reading.monthFirst;
}

Result<void> describeTexts(const ColumnView& view, const ValueCounts& counts, const CancelToken& cancel, ProfiledColumn& column) {
    TextFacts& facts = column.text.emplace();
    LengthCounts lengths;
    std::int64_t looked = 0;
    for (const auto& value : counts.values) {
        if (value.rows == 0) continue;
        if (looked++ % textStride == 0 && cancel.cancelled()) return fail("job.cancelled");
        const std::string_view text = textOf(view, value);
        lengths.add(characterCount(text), value.rows);
        if (isBlankText(text)) facts.blank += value.rows;
        if (isPaddedText(text)) facts.padded += value.rows;
        if (isPlaceholder(text)) facts.placeholders += value.rows;
    }
    fillLengths(lengths, facts);
    return findWrongTexts(view, counts, cancel, column);
}

void describeCounts(const ColumnView& view, const ColumnInfo& info, const ValueCounts& counts, ProfiledColumn& column) {
    column.distinct = counts.distinct;
    column.constant = counts.distinct == 1;
    column.identifier = column.text && counts.present >= 20 && counts.distinct == counts.present && column.text->meanLength <= mostIdentifierLength;
    // What a cell shows of a picture does not say which one it is.
    if (view.kind == ColumnKind::Tensor || view.kind == ColumnKind::Image) return;
    std::vector<const ValueCounts::Value*> order;
    for (const auto& value : counts.values)
        if (value.rows > 0) order.push_back(&value);
    const auto byRows = [&](const auto* a, const auto* b) {
        if (a->rows != b->rows) return a->rows > b->rows;
        return view.kind == ColumnKind::Boolean ? a < b : view.text(a->first) < view.text(b->first);
    };
    const std::size_t shown = std::min(order.size(), ProfiledColumn::mostFrequent);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(), byRows);
    order.resize(shown);
    if (order.empty() || (order.front()->rows == 1 && counts.distinct > 1)) return;
    for (const auto* value : order) column.frequent.push_back({displayText(view, info, value->first), value->rows});
}

}  // namespace lamina
