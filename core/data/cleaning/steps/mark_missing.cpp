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

/// Is a text one of the words?
class MissingMarker {
public:
    explicit MissingMarker(const MarkMissing& settings) : m_settings(settings) {
        for (const auto& word : settings.words) m_lengths |= lengthBit(word.size());
    }
    bool marks(std::string_view text) const {
        text = withoutOuterBlanks(text);
        if (text.empty()) return true;
        if ((m_lengths & lengthBit(text.size())) == 0) return false;
        return std::any_of(m_settings.words.begin(), m_settings.words.end(), [&](const auto& word) { return sameWord(text, word, m_settings.ignoreCase); });
    }

private:
    /// One bit for each length up to 62, one for all above.
    static std::uint64_t lengthBit(std::size_t length) { return std::uint64_t{1} << std::min<std::size_t>(length, 63); }

    const MarkMissing& m_settings;
    std::uint64_t m_lengths = 0;
};

std::vector<double> numbersAmong(const std::vector<std::string>& words) {
    std::vector<double> numbers;
    for (const auto& word : words)
        if (const NumberText number = readAnyNumber(word); number.is != TextValue) numbers.push_back(number.value);
    return numbers;
}

/// The rows of a slice that hold one of the numbers, in `rows`.
template <class Value>
void findMarked(std::span<const Value> values, const std::vector<double>& numbers, const RowSlice& slice, std::vector<std::int64_t>& rows) {
    constexpr std::int64_t atOnce = 64;
    for (std::int64_t first = slice.first; first < slice.last; first += atOnce) {
        const std::int64_t last = std::min(first + atOnce, slice.last);
        // Nearly always nothing is found: that is seen without a branch for each row.
        bool any = false;
        for (const double number : numbers)
            for (std::int64_t row = first; row < last; ++row) any |= static_cast<double>(values[static_cast<std::size_t>(row)]) == number;
        for (std::int64_t row = first; any && row < last; ++row)
            if (std::find(numbers.begin(), numbers.end(), static_cast<double>(values[static_cast<std::size_t>(row)])) != numbers.end()) rows.push_back(row);
    }
}

Result<TableColumn> markNumbers(const CleanTable& input, const TableColumn& source, const std::vector<double>& numbers, const StepContext& context,
                                StepReport& report) {
    const ColumnView& view = source.view;
    std::vector<std::vector<std::int64_t>> marked(sliceCount(view.rows));
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        auto& rows = marked[slice.index];
        if (view.kind == ColumnKind::Number) findMarked(view.numbers, numbers, slice, rows);
        else findMarked(view.integers, numbers, slice, rows);
        std::erase_if(rows, [&](std::int64_t row) { return view.isMissing(row); });
    }));
    if (std::ranges::all_of(marked, [](const auto& rows) { return rows.empty(); })) return source;
    ColumnDraft draft(view.kind, view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(view.rows, context, [&](const RowSlice& slice) {
        draft.copySlice(slice, view);
        for (const std::int64_t row : marked[slice.index]) {
            draft.missing(row);
            notes.changed(slice, row);
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
    const MissingMarker marker(settings);
    const auto makeMarker = [&]() -> TextFunction {
        return [&marker](std::string_view text, std::string&) { return marker.marks(text) ? TextChange::Missing : TextChange::Same; };
    };
    const auto markSlice = [&](TextSliceEditor& texts) {
        for (std::int64_t row = texts.first(); row < texts.last(); ++row)
            if (marker.marks(texts.text(row)) && !texts.isMissing(row)) texts.clear(row);
    };
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const ColumnKind kind = columns[column].view.kind;
        if (kind == ColumnKind::Text || kind == ColumnKind::Category) {
            LAMINA_TRY(columns[column], changeTexts(input, column, context, makeMarker, report, markSlice));
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
