#include "widgets/tables/row_query.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

#include "widgets/tables/radix_order.h"
#include "widgets/tables/text_order.h"

namespace lamina {
namespace {

constexpr std::size_t stride = 1 << 15;  ///< rows between two looks at the cancel token

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// Finds a text in others without regard to case.
class Needle {
public:
    explicit Needle(const QString& text) : m_text(text), m_bytes(text.toLower().toUtf8().toStdString()) {
        m_ascii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
        m_caseless = text.toLower() == text.toUpper();
    }

    bool isIn(const QString& text) const { return text.contains(m_text, Qt::CaseInsensitive); }
    bool isIn(std::string_view utf8) const {
        if (m_caseless) return utf8.find(m_bytes) != std::string_view::npos;
        if (!m_ascii) return isIn(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
        return std::search(utf8.begin(), utf8.end(), m_bytes.begin(), m_bytes.end(), [](char a, char b) { return folded(a) == b; }) != utf8.end();
    }
    /// Can it be a part of a number's text at all?
    bool fitsNumbers() const { return m_bytes.find_first_not_of("0123456789+-.einfa") == std::string::npos; }

private:
    QString m_text;
    std::string m_bytes;
    bool m_ascii = false, m_caseless = false;
};

class Arrangement {
public:
    Arrangement(const RowSource& source, const RowQuery& query, const ArrangeJob& job)
        : m_source(source), m_query(query), m_job(job), m_rows(static_cast<std::size_t>(source.rows())) {
        m_passes = query.filters.size() + (query.search.isEmpty() ? 0 : static_cast<std::size_t>(source.columns())) + (query.sortColumn < 0 ? 0 : 3);
        m_passes += static_cast<std::size_t>(query.touchedOnly) + static_cast<std::size_t>(source.anyGone() && !query.gone);
    }

    std::optional<RowOrder> run() {
        RowOrder order;
        if (!begin(order)) return {};
        for (const auto& [column, filter] : m_query.filters)
            if (!keep(order, [&, column = column, accepts = acceptor(column, filter)](std::int64_t row) { return accepts(row); })) return {};
        if (!m_query.search.isEmpty() && !search(order)) return {};
        if (m_query.sortColumn >= 0 && !sort(order)) return {};
        return order;
    }

private:
    using RowTest = std::function<bool(std::int64_t)>;

    bool begin(RowOrder& order) {
        if (m_query.only) order = *m_query.only;
        else {
            order.resize(m_rows);
            std::iota(order.begin(), order.end(), 0u);
        }
        if (m_query.only && !order.empty() && order.back() >= m_rows) std::erase_if(order, [this](std::uint32_t row) { return row >= m_rows; });
        if (m_source.anyGone() && !m_query.gone && !keep(order, [this](std::int64_t row) { return m_source.state(row) != RowState::Gone; }))
            return false;
        return !m_query.touchedOnly || keep(order, [this](std::int64_t row) { return touched(row); });
    }

    bool touched(std::int64_t row) const {
        if (m_source.state(row) == RowState::Struck) return true;
        for (int column = 0; column < m_source.columns(); ++column)
            if (m_source.tint(row, column) != CellTint::None) return true;
        return false;
    }

    bool goOn(double partOfPass) {
        if (m_job.cancel.cancelled()) return false;
        if (m_job.progress) m_job.progress((static_cast<double>(m_pass) + partOfPass) / static_cast<double>(std::max<std::size_t>(m_passes, 1)));
        return true;
    }

    bool keep(RowOrder& order, const RowTest& test) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % stride == 0 && !goOn(static_cast<double>(i) / static_cast<double>(order.size()))) return false;
            if (test(order[i])) order[kept++] = order[i];
        }
        order.resize(kept);
        ++m_pass;
        return true;
    }

    RowTest acceptor(int column, const ColumnFilter& filter) const {
        if (filter.missingOnly) return [this, column](std::int64_t row) { return m_source.missing(row, column); };
        switch (m_source.heading(column).kind) {
            case CellKind::Number:
            case CellKind::Time:
            case CellKind::Integer:
                return [this, column, &filter](std::int64_t row) {
                    const double value = m_source.number(row, column);
                    return value >= filter.from && value <= filter.to;
                };
            case CellKind::Boolean:
            case CellKind::Category: return categoryAcceptor(column, filter);
            case CellKind::Text:
                return [this, column, needle = Needle(filter.contains)](std::int64_t row) {
                    return !m_source.missing(row, column) && needle.isIn(m_source.utf8(row, column));
                };
            case CellKind::Picture: break;
        }
        return [](std::int64_t) { return true; };
    }

    RowTest categoryAcceptor(int column, const ColumnFilter& filter) const {
        const QStringList texts = m_source.heading(column).categories;
        std::vector<bool> accepted(static_cast<std::size_t>(std::max<qsizetype>(texts.size(), 2)), !filter.categories);
        if (filter.categories)
            for (const int code : *filter.categories)
                if (code >= 0 && static_cast<std::size_t>(code) < accepted.size()) accepted[static_cast<std::size_t>(code)] = true;
        if (!filter.contains.isEmpty())
            for (qsizetype code = 0; code < texts.size(); ++code)
                if (!texts[code].contains(filter.contains, Qt::CaseInsensitive)) accepted[static_cast<std::size_t>(code)] = false;
        return byCode(column, std::move(accepted));
    }

    RowTest byCode(int column, std::vector<bool> accepted) const {
        return [this, column, accepted = std::move(accepted)](std::int64_t row) {
            const double code = m_source.number(row, column);
            return code >= 0 && code < static_cast<double>(accepted.size()) && accepted[static_cast<std::size_t>(code)];
        };
    }

    /// Which rows have the searched text in this column; empty: none can.
    RowTest finder(int column, const Needle& needle) const {
        const ColumnHeading heading = m_source.heading(column);
        switch (heading.kind) {
            case CellKind::Text: return [this, column, &needle](std::int64_t row) { return needle.isIn(m_source.utf8(row, column)); };
            case CellKind::Category: {
                std::vector<bool> accepted;
                for (const QString& text : heading.categories) accepted.push_back(needle.isIn(text));
                return byCode(column, std::move(accepted));
            }
            case CellKind::Number:
            case CellKind::Integer:
                if (!needle.fitsNumbers()) return {};
                break;
            case CellKind::Time:
            case CellKind::Boolean: break;
            case CellKind::Picture: return {};
        }
        return [this, column, &needle](std::int64_t row) { return needle.isIn(m_source.text(row, column)); };
    }

    bool search(RowOrder& order) {
        const Needle needle(m_query.search);
        std::vector<bool> hit(order.size(), false);
        for (int column = 0; column < m_source.columns(); ++column, ++m_pass) {
            const RowTest found = finder(column, needle);
            for (std::size_t i = 0; i < order.size(); ++i) {
                if (i % (stride / 8) == 0 && !goOn(static_cast<double>(i) / static_cast<double>(order.size()))) return false;
                if (found && !hit[i]) hit[i] = found(order[i]);
            }
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < order.size(); ++i)
            if (hit[i]) order[kept++] = order[i];
        order.resize(kept);
        return true;
    }

    bool sort(RowOrder& order) {
        const ColumnHeading heading = m_source.heading(m_query.sortColumn);
        if (heading.kind == CellKind::Picture) return true;
        if (heading.kind == CellKind::Text) return sortTexts(order);
        return sortNumbers(order, heading);
    }

    struct Key {
        std::uint64_t value;
        std::uint32_t row;
    };

    /// A number whose order as an unsigned integer is that of the numbers; 0 and -0 are the same.
    static std::uint64_t rankOf(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
        return bits >> 63 ? ~bits : bits | 1ull << 63;
    }

    bool sortNumbers(RowOrder& order, const ColumnHeading& heading) {
        const std::vector<std::uint64_t> ranks = heading.kind == CellKind::Category ? ranksOf(heading.categories) : std::vector<std::uint64_t>();
        std::vector<Key> keys;
        RowOrder missing;
        keys.reserve(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % stride == 0 && !goOn(static_cast<double>(i) / static_cast<double>(order.size()))) return false;
            const double value = m_source.number(order[i], m_query.sortColumn);
            if (std::isnan(value)) missing.push_back(order[i]);
            else keys.push_back({direction(ranks.empty() ? rankOf(value) : ranks[static_cast<std::size_t>(value)]), order[i]});
        }
        ++m_pass;
        std::vector<Key> scratch(keys.size());
        return radixSort(std::span(keys), std::span(scratch), [this] { return goOn(1); }) && put(order, keys, missing);
    }

    bool sortTexts(RowOrder& order) {
        std::vector<TextEntry> texts;
        RowOrder missing;
        texts.reserve(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i % stride == 0 && !goOn(static_cast<double>(i) / static_cast<double>(order.size()))) return false;
            if (m_source.missing(order[i], m_query.sortColumn)) missing.push_back(order[i]);
            else texts.push_back(TextEntry::of(m_source.utf8(order[i], m_query.sortColumn), order[i]));
        }
        ++m_pass;
        return sortTextEntries(texts, m_query.descending, [this](double done) { return goOn(2 * done); }) && put(order, texts, missing);
    }

    std::uint64_t direction(std::uint64_t key) const { return m_query.descending ? ~key : key; }

    static std::vector<std::uint64_t> ranksOf(const QStringList& categories) {
        std::vector<int> codes(static_cast<std::size_t>(categories.size()));
        std::iota(codes.begin(), codes.end(), 0);
        std::stable_sort(codes.begin(), codes.end(), [&](int a, int b) { return categories[a].compare(categories[b], Qt::CaseInsensitive) < 0; });
        std::vector<std::uint64_t> ranks(codes.size());
        for (std::size_t i = 0; i < codes.size(); ++i) ranks[static_cast<std::size_t>(codes[i])] = i;
        return ranks;
    }

    template <class Entry>
    static bool put(RowOrder& order, const std::vector<Entry>& sorted, const RowOrder& missing) {
        std::transform(sorted.begin(), sorted.end(), order.begin(), [](const Entry& entry) { return entry.row; });
        std::copy(missing.begin(), missing.end(), order.begin() + static_cast<std::ptrdiff_t>(sorted.size()));
        return true;
    }

    const RowSource& m_source;
    const RowQuery& m_query;
    const ArrangeJob& m_job;
    std::size_t m_rows, m_passes = 0, m_pass = 0;
};

}  // namespace

bool ColumnFilter::asksNothing() const { return *this == ColumnFilter{}; }

std::optional<RowOrder> arrangeRows(const RowSource& source, const RowQuery& query, const ArrangeJob& job) {
    return Arrangement(source, query, job).run();
}

}  // namespace lamina
