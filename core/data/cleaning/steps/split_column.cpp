// One text column as several: at a text, at a regular expression or at fixed places.
#include <algorithm>

#include "core/data/cleaning/pattern.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"

namespace lamina {
namespace {

constexpr std::size_t mostParts = 100;

struct SplitColumn {
    std::string column;
    std::string by = "text";
    std::string separator = ",";
    std::vector<std::int64_t> positions;
    std::int64_t parts = 0;
    std::string rest = "keep";
    bool trim = true;
    std::vector<std::string> names;
    bool keepColumn = false;
};

using TextParts = std::vector<std::string_view>;

/// Byte of the n-th character.
std::size_t byteOfCharacter(std::string_view text, std::int64_t n) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && n-- == 0) break;
    return at;
}

/// Cuts texts; one thread at a time.
class TextCutter {
public:
    TextCutter(const SplitColumn& settings, const Pattern* pattern) : m_settings(settings) {
        if (pattern) m_search.emplace(*pattern);
    }

    /// The parts, at most `limit`; what is left behind the last one stays with it where the settings say so. False: given up.
    bool cut(std::string_view text, std::size_t limit, TextParts& parts) {
        parts.clear();
        if (m_settings.by == "positions") cutAtPositions(text, limit, parts);
        else if (!cutAtSeparators(text, limit, parts)) return false;
        if (m_settings.trim)
            for (auto& part : parts) part = withoutOuterBlanks(part);
        return true;
    }

private:
    void cutAtPositions(std::string_view text, std::size_t limit, TextParts& parts) {
        std::size_t begin = 0;
        for (const std::int64_t position : m_settings.positions) {
            if (parts.size() + 1 >= limit) break;
            const std::size_t end = std::max(begin, byteOfCharacter(text, position));
            parts.push_back(text.substr(begin, end - begin));
            begin = end;
        }
        parts.push_back(text.substr(begin));
    }

    /// Where the next separator begins and ends; nothing found: both npos. False: given up.
    bool nextSeparator(std::string_view text, std::size_t from, std::size_t& begin, std::size_t& end) {
        begin = end = std::string_view::npos;
        if (!m_search) {
            begin = text.find(m_settings.separator, from);
            if (begin != std::string_view::npos) end = begin + m_settings.separator.size();
            return true;
        }
        while (from <= text.size()) {
            const auto outcome = m_search->find(text, from);
            if (outcome != PatternSearch::Outcome::Found) return outcome == PatternSearch::Outcome::None;
            const auto place = m_search->group(0);
            if (place.end > place.begin) return begin = place.begin, end = place.end, true;
            from = place.end + 1;  // an empty match separates nothing
        }
        return true;
    }

    bool cutAtSeparators(std::string_view text, std::size_t limit, TextParts& parts) {
        std::size_t from = 0, begin = 0, end = 0;
        while (true) {
            if (!nextSeparator(text, from, begin, end)) return false;
            if (begin == std::string_view::npos) break;
            if (parts.size() + 1 == limit) {
                parts.push_back(m_settings.rest == "keep" ? text.substr(from) : text.substr(from, begin - from));
                return true;
            }
            parts.push_back(text.substr(from, begin - from));
            from = end;
        }
        parts.push_back(text.substr(from));
        return true;
    }

    const SplitColumn& m_settings;
    std::optional<PatternSearch> m_search;
};

/// The settings checked, the column found, the expression compiled.
struct SplitPlan {
    std::size_t column = 0;
    std::optional<Pattern> pattern;
};

Result<SplitPlan> planSplit(const CleanTable& input, const SplitColumn& settings) {
    SplitPlan plan;
    LAMINA_TRY(plan.column, stepColumn(input.table, settings.column, {ColumnKind::Text, ColumnKind::Category}));
    if (settings.by == "positions") {
        if (settings.positions.empty() || !std::is_sorted(settings.positions.begin(), settings.positions.end()))
            return fail("cleaning.bad_positions");
    } else if (settings.separator.empty()) {
        return fail("cleaning.nothing_to_find");
    }
    if (settings.by == "expression") {
        LAMINA_TRY(plan.pattern, Pattern::compile(settings.separator));
    }
    return plan;
}

/// The most parts that a training row has.
Result<nlohmann::json> fitSplitColumn(const CleanTable& input, TrainingRows training, const SplitColumn& settings, const StepContext& context) {
    LAMINA_TRY(const SplitPlan plan, planSplit(input, settings));
    if (settings.parts > 0) return nlohmann::json{{"parts", settings.parts}};
    const ColumnView view = input.table.view(plan.column);
    std::vector<std::size_t> most(sliceCount(view.rows), 1);
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        TextCutter cutter(settings, plan.pattern ? &*plan.pattern : nullptr);
        TextParts parts;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (view.isMissing(row) || (!training.empty() && training[static_cast<std::size_t>(row)] == 0)) continue;
            if (cutter.cut(view.text(row), mostParts, parts)) most[slice.index] = std::max(most[slice.index], parts.size());
        }
    }));
    return nlohmann::json{{"parts", most.empty() ? 1 : *std::max_element(most.begin(), most.end())}};
}

std::vector<std::string> partNames(const SplitColumn& settings, std::size_t count, const std::vector<TableColumn>& columns) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i)
        names.push_back(i < settings.names.size() && !settings.names[i].empty()
                            ? settings.names[i]
                            : freeColumnName(columns, settings.column + " " + std::to_string(i + 1)));
    return names;
}

void putParts(std::vector<ColumnDraft>& drafts, std::int64_t row, const TextParts& parts) {
    for (std::size_t i = 0; i < drafts.size(); ++i) i < parts.size() && !parts[i].empty() ? drafts[i].text(row, parts[i]) : drafts[i].missing(row);
}

Result<CleanTable> applySplitColumn(const CleanTable& input, const SplitColumn& settings, const nlohmann::json& fitted, const StepContext& context,
                                    StepReport& report) {
    LAMINA_TRY(const SplitPlan plan, planSplit(input, settings));
    const auto count = std::clamp<std::size_t>(fitted.at("parts").get<std::size_t>(), 1, mostParts);
    const ColumnView view = input.table.view(plan.column);
    std::vector<ColumnDraft> drafts;
    for (std::size_t i = 0; i < count; ++i) drafts.emplace_back(ColumnKind::Text, view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        TextCutter cutter(settings, plan.pattern ? &*plan.pattern : nullptr);
        TextParts parts;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            parts.clear();
            if (!view.isMissing(row) && !cutter.cut(view.text(row), count, parts)) parts.clear(), notes.refused(slice, row, view.text(row));
            putParts(drafts, row, parts);
        }
    }));
    notes.addTo(report, settings.column);
    auto columns = columnsOf(input.table);
    const auto names = partNames(settings, count, columns);
    if (!settings.keepColumn) columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(plan.column));
    const std::size_t place = plan.column + (settings.keepColumn ? 1 : 0);
    for (std::size_t i = 0; i < count; ++i)
        LAMINA_CHECK(insertColumn(columns, place + i, drafts[i].finish(newColumnId(input, context, names[i]), names[i])));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& split_column_step() {
    static const CleaningStepType type = CleaningStepDescriptor<SplitColumn, applySplitColumn>{
        .id = "split_column",
        .title = "Split column",
        .category = "columns",
        .summary = "Cuts texts into several columns: at a separator, at a regular expression or at fixed places.",
        .searchWords = {"separate", "delimiter"},
        .properties = {property("column", &SplitColumn::column, "Column", "The column to cut.", {.meaning = "column"}),
                       property("by", &SplitColumn::by, "Cut at",
                                "A separator, all that a regular expression matches, or places counted in characters.",
                                {.choices = {"text", "expression", "positions"}}),
                       property("separator", &SplitColumn::separator, "Separator", "The text between the parts, or a regular expression for it."),
                       property("positions", &SplitColumn::positions, "Places",
                                "Behind how many characters to cut: 2, 5 gives characters 1–2, 3–5 and the rest.", {.minimum = 1, .maximum = 1e6}),
                       property("parts", &SplitColumn::parts, "Parts",
                                "How many columns there will be; 0: as many as the longest row of the training data has.",
                                {.minimum = 0, .maximum = mostParts}),
                       property("rest", &SplitColumn::rest, "More parts", "What becomes of parts beyond the last column: kept in it, or left out.",
                                {.choices = {"keep", "drop"}}),
                       property("trim", &SplitColumn::trim, "Trim parts", "Blanks around the parts are left out."),
                       property("names", &SplitColumn::names, "New names", "What the new columns are called."),
                       property("keep_column", &SplitColumn::keepColumn, "Keep the column", "The column that is cut stays.")},
        .fit = eraseFit<SplitColumn, fitSplitColumn>};
    return type;
}

}  // namespace lamina
