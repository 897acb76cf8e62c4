#include "core/data/profile/profile_rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include "core/data/profile/number_profile.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/row_mask.h"
#include "core/data/profile/text_profile.h"
#include "core/data/time_text.h"

namespace lamina {

namespace {

constexpr std::int64_t rowStride = 1 << 12;
using RowTest = std::function<bool(std::int64_t)>;
using What = ProfileQuery::What;

std::optional<double> boundOf(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    if (text == "-inf") return -std::numeric_limits<double>::infinity();
    if (const auto time = parseTime(text)) return static_cast<double>(*time);
    return std::nullopt;
}

std::vector<std::string> partsOfText(std::string_view text, char mark) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(mark, at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

/// "FROM:TO"; a time may hold colons itself, so each colon is tried.
bool readRange(std::string_view text, ProfileQuery& query) {
    for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        const auto from = boundOf(text.substr(0, colon)), to = boundOf(text.substr(colon + 1));
        if (!from || !to) continue;
        query.from = *from;
        query.to = *to;
        return true;
    }
    return false;
}

bool readGroup(std::string_view text, ProfileQuery& query) {
    if (text.empty()) return true;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), query.group);
    return error == std::errc() && end == text.data() + text.size() && query.group >= 0;
}

struct QueryWord {
    std::string_view word;
    What what;
    bool argument;
};
constexpr std::array queryWords{QueryWord{"missing", What::Missing, false},         QueryWord{"wrong", What::Wrong, false},
                                QueryWord{"outliers", What::Outliers, false},       QueryWord{"value", What::Value, true},
                                QueryWord{"range", What::Range, true},              QueryWord{"length", What::Length, true},
                                QueryWord{"blank", What::Blank, false},             QueryWord{"padded", What::Padded, false},
                                QueryWord{"placeholders", What::Placeholders, false},
                                QueryWord{"duplicates", What::Duplicates, false},   QueryWord{"alike", What::Alike, false},
                                QueryWord{"near-duplicates", What::NearDuplicates, false}, QueryWord{"missing-exactly", What::MissingExactly, true},
                                QueryWord{"elsewhere", What::Elsewhere, false}};

bool readArgument(std::string_view argument, ProfileQuery& query) {
    switch (query.what) {
        case What::Value: query.text = argument; return true;
        case What::Range:
        case What::Length: return readRange(argument, query);
        case What::Duplicates:
        case What::Alike:
        case What::NearDuplicates: return readGroup(argument, query);
        case What::MissingExactly:
            if (!argument.empty()) query.columns = partsOfText(argument, ',');
            return true;
        case What::Missing:
        case What::Wrong:
        case What::Outliers:
        case What::Blank:
        case What::Padded:
        case What::Placeholders:
        case What::Elsewhere: break;
    }
    return argument.empty();
}

class RowFinder {
public:
    RowFinder(const ProfileInput& input, const DatasetProfile& profile, const ProfileQuery& query)
        : m_input(input), m_profile(profile), m_query(query) {}

    Result<RowTest> test() const {
        switch (m_query.what) {
            case What::Duplicates: return inGroups(m_profile.duplicates);
            case What::Alike: return inGroups(m_profile.alikeButIdentifiers);
            case What::NearDuplicates: return inNearDuplicates();
            case What::MissingExactly: return missingExactly();
            case What::Elsewhere: return elsewhere();
            default: return inColumn();
        }
    }

private:
    Result<std::size_t> indexOf(const std::string& column) const {
        auto found = m_input.table.find(column);
        if (!found) return fail("profile.no_column", {{"column", column}});
        return found;
    }

    Result<RowTest> inGroups(const RowGroups& groups) const {
        const auto& of = groups.groupOf;
        const std::int64_t wanted = m_query.group;
        if (wanted >= static_cast<std::int64_t>(groups.groups.size())) return fail("profile.no_group", {{"group", std::to_string(wanted)}});
        return RowTest([&of, wanted](std::int64_t row) {
            if (of.empty()) return false;
            const std::int32_t group = of[static_cast<std::size_t>(row)];
            return wanted < 0 ? group >= 0 : group == wanted;
        });
    }

    Result<RowTest> inNearDuplicates() const {
        for (const NearDuplicates& one : m_profile.nearDuplicates)
            if (m_query.column.empty() || one.column == m_query.column) return inGroups(one.groups);
        return fail("profile.no_column", {{"column", m_query.column}});
    }

    Result<RowTest> missingExactly() const {
        std::vector<ColumnView> missing, present;
        for (const auto& name : m_query.columns) {
            LAMINA_TRY(const auto index, indexOf(name));
            missing.push_back(m_input.table.view(index));
        }
        for (std::size_t c = 0; c < m_input.table.columnCount(); ++c)
            if (std::find(m_query.columns.begin(), m_query.columns.end(), m_input.table.info(c).name) == m_query.columns.end())
                present.push_back(m_input.table.view(c));
        return RowTest([missing, present](std::int64_t row) {
            const auto isMissing = [row](const ColumnView& view) { return view.isMissing(row); };
            return std::all_of(missing.begin(), missing.end(), isMissing) && std::none_of(present.begin(), present.end(), isMissing);
        });
    }

    Result<RowTest> elsewhere() const {
        const RowGroups& groups = m_profile.identifiers.empty() ? m_profile.duplicates : m_profile.alikeButIdentifiers;
        const auto parts = m_input.parts;
        if (groups.groups.empty() || parts.empty()) return RowTest([](std::int64_t) { return false; });
        std::vector<std::uint8_t> seen(groups.groups.size(), 0);
        for (std::size_t row = 0; row < parts.size(); ++row)
            if (groups.groupOf[row] >= 0 && parts[row] < 3)
                seen[static_cast<std::size_t>(groups.groupOf[row])] |= static_cast<std::uint8_t>(1u << parts[row]);
        return RowTest([&groups, parts, seen](std::int64_t row) {
            const std::int32_t group = groups.groupOf[static_cast<std::size_t>(row)];
            const auto part = parts[static_cast<std::size_t>(row)];
            return group >= 0 && part < 3 && (seen[static_cast<std::size_t>(group)] & ~(1u << part)) != 0;
        });
    }

    Result<RowTest> inColumn() const {
        LAMINA_TRY(const auto index, indexOf(m_query.column));
        const ColumnView view = m_input.table.view(index);
        const ProfiledColumn& column = m_profile.columns[index];
        switch (m_query.what) {
            case What::Wrong: return wrong(view, column);
            case What::Outliers:
                if (!column.numbers) return RowTest([](std::int64_t) { return false; });
                return RowTest(
                    [view, &column](std::int64_t row) { return std::isfinite(view.number(row)) && isOutlier(*column.numbers, view.number(row)); });
            case What::Value: return withValue(view, m_input.table.info(index));
            case What::Range: return inRange([view](std::int64_t row) { return countedNumber(view, row); });
            case What::Length:
                return inRange([view](std::int64_t row) {
                    return view.isMissing(row) ? std::nan("") : static_cast<double>(characterCount(view.text(row)));
                });
            case What::Blank: return withText(view, isBlankText);
            case What::Padded: return withText(view, isPaddedText);
            case What::Placeholders: return withText(view, isPlaceholder);
            default: return RowTest([view](std::int64_t row) { return view.isMissing(row); });
        }
    }

    static double countedNumber(const ColumnView& view, std::int64_t row) {
        return view.kind == ColumnKind::Category ? std::nan("") : view.number(row);
    }

    Result<RowTest> wrong(const ColumnView& view, const ProfiledColumn& column) const {
        if (column.wrongReason == "not_finite") return RowTest([view](std::int64_t row) { return std::isinf(view.number(row)); });
        if (column.wrongReason == "not_number")
            return RowTest([view](std::int64_t row) { return !view.isMissing(row) && !readsLikeNumber(view.text(row)); });
        if (column.wrongReason == "not_time")
            return RowTest([view](std::int64_t row) { return !view.isMissing(row) && !readsLikeTime(view.text(row)); });
        if (column.wrongReason == "unreadable_picture")
            return RowTest([view](std::int64_t row) { return !view.isMissing(row) && !isReadablePicture(view, row); });
        return RowTest([](std::int64_t) { return false; });
    }

    Result<RowTest> withValue(const ColumnView& view, const ColumnInfo& info) const {
        const std::string& wanted = m_query.text;
        if (view.kind == ColumnKind::Text || view.kind == ColumnKind::Category)
            return RowTest([view, &wanted](std::int64_t row) { return !view.isMissing(row) && view.text(row) == wanted; });
        return RowTest([view, &info, &wanted](std::int64_t row) { return !view.isMissing(row) && displayText(view, info, row) == wanted; });
    }

    static RowTest withText(const ColumnView& view, bool (*is)(std::string_view)) {
        if (view.kind != ColumnKind::Text && view.kind != ColumnKind::Category) return [](std::int64_t) { return false; };
        return [view, is](std::int64_t row) { return !view.isMissing(row) && is(view.text(row)); };
    }

    Result<RowTest> inRange(std::function<double(std::int64_t)> number) const {
        return RowTest([number = std::move(number), from = m_query.from, to = m_query.to, closed = m_query.closed](std::int64_t row) {
            const double value = number(row);
            return value >= from && (closed ? value <= to : value < to);
        });
    }

    const ProfileInput& m_input;
    const DatasetProfile& m_profile;
    const ProfileQuery& m_query;
};

}  // namespace

Result<ProfileQuery> profileQueryFromText(const std::string& text, const std::string& column) {
    const std::size_t colon = text.find(':');
    const std::string_view word = std::string_view(text).substr(0, colon);
    const std::string_view argument = colon == std::string::npos ? std::string_view() : std::string_view(text).substr(colon + 1);
    ProfileQuery query;
    query.column = column;
    for (const QueryWord& known : queryWords) {
        if (known.word != word || (known.argument && colon == std::string::npos)) continue;
        query.what = known.what;
        if (readArgument(argument, query)) return query;
    }
    return fail("profile.query", {{"query", text}});
}

ProfileQuery queryOfBin(const ProfiledColumn& column, std::size_t bin) {
    ProfileQuery query;
    query.what = ProfileQuery::What::Range;
    query.column = column.name;
    query.from = column.histogram.edges[bin];
    query.to = column.histogram.edges[bin + 1];
    query.closed = bin + 1 == column.histogram.rows.size();
    return query;
}

Result<std::vector<std::int64_t>> rowsOf(const ProfileInput& input, const DatasetProfile& profile, const ProfileQuery& query,
                                         const CancelToken& cancel) {
    const RowFinder finder(input, profile, query);
    LAMINA_TRY(const auto matches, finder.test());
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < input.table.rows(); ++row) {
        if (row % rowStride == 0 && cancel.cancelled()) return fail("job.cancelled");
        if (rowIsThere(input.removedBy, row) && matches(row)) rows.push_back(row);
    }
    return rows;
}

}  // namespace lamina
