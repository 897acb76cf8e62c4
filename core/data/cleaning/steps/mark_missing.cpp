// Words that stand for a missing value.
#include <algorithm>
#include <atomic>

#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"
#include "core/data/type_detection.h"

namespace lamina {
namespace {

struct MarkMissing {
    std::vector<std::string> columns;
    std::vector<std::string> words{"NA", "N/A", "NaN", "null", "none", "-", "?", "unknown"};
    bool ignoreCase = true;
};

bool sameWord(std::string_view a, std::string_view b, bool ignoreCase) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return x == y || (ignoreCase && small(x) == small(y)); });
}

TextFunction missingMarker(const MarkMissing& settings) {
    std::size_t longest = 0;
    for (const auto& word : settings.words) longest = std::max(longest, word.size());
    return [&settings, longest](std::string_view text, std::string&) {
        text = withoutOuterBlanks(text);
        if (text.empty()) return TextChange::Missing;
        if (text.size() > longest) return TextChange::Same;
        const bool missing =
            std::any_of(settings.words.begin(), settings.words.end(), [&](const auto& word) { return sameWord(text, word, settings.ignoreCase); });
        return missing ? TextChange::Missing : TextChange::Same;
    };
}

std::vector<double> numbersAmong(const std::vector<std::string>& words) {
    std::vector<double> numbers;
    for (const auto& word : words)
        if (const NumberText number = readAnyNumber(word); number.is != TextValue) numbers.push_back(number.value);
    return numbers;
}

Result<TableColumn> markNumbers(const CleanTable& input, const TableColumn& source, const std::vector<double>& numbers, const StepContext& context,
                                StepReport& report) {
    if (numbers.empty()) return source;
    const auto isMarked = [&](std::int64_t row) { return std::find(numbers.begin(), numbers.end(), source.view.number(row)) != numbers.end(); };
    std::atomic<bool> any{false};
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last && !any; ++row)
            if (isMarked(row)) any = true;
    }));
    if (!any) return source;
    ColumnDraft draft(source.view.kind, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const bool marked = isMarked(row);
            marked ? draft.missing(row) : draft.copy(row, source.view, row);
            if (marked) notes.changed(slice, row);
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyMarkMissing(const CleanTable& input, const MarkMissing& settings, const nlohmann::json&, const StepContext& context,
                                    StepReport& report) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns,
                                              {ColumnKind::Text, ColumnKind::Category, ColumnKind::Number, ColumnKind::Integer}, context.predicting));
    const auto numbers = numbersAmong(settings.words);
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const ColumnKind kind = columns[column].view.kind;
        if (kind == ColumnKind::Text || kind == ColumnKind::Category) {
            LAMINA_TRY(columns[column], changeTexts(
                                            input, column, context, [&] { return missingMarker(settings); }, report));
        } else {
            LAMINA_TRY(columns[column], markNumbers(input, columns[column], numbers, context, report));
        }
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& mark_missing_step() {
    static const CleaningStepType type = CleaningStepDescriptor<MarkMissing, applyMarkMissing>{
        .id = "mark_missing",
        .title = "Words that mean missing",
        .category = "missing",
        .summary = "Makes missing values of words such as NA, ? or unknown, and of numbers such as -999.",
        .searchWords = {"null", "na", "placeholder", "sentinel"},
        .properties = {property("columns", &MarkMissing::columns, "Columns", "Text, category and number columns; none chosen: all of them.",
                                {.meaning = "column"}),
                       property("words", &MarkMissing::words, "Words",
                                "Cells with just one of these are missing values; numbers count in number columns, too.", {.meaning = "values"}),
                       property("ignore_case", &MarkMissing::ignoreCase, "Ignore case", "Small and capital letters count as the same.")}};
    return type;
}

}  // namespace lamina
