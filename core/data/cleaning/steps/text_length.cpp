// How long texts are.
#include <algorithm>

#include "core/data/cleaning/step_tools.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

struct TextLength {
    std::vector<std::string> columns;
    std::string count = "characters";
    std::string suffix = " length";
};

std::int64_t charactersIn(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::int64_t wordsIn(std::string_view text) {
    std::int64_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        words += !blank && !inside;
        inside = !blank;
    }
    return words;
}

/// Of texts that are ASCII, bytes are characters: differences of offsets.
bool takeLengths(const ColumnView& view, const RowSlice& slice, bool inBytes, ColumnDraft& draft) {
    if (view.kind != ColumnKind::Text) return false;
    const std::uint64_t* const offsets = view.offsets.data() + slice.first;
    const auto lengths = draft.integersOf(slice);
    if (!inBytes && !isAscii(view.textBytes.substr(offsets[0], offsets[lengths.size()] - offsets[0]))) return false;
    for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = static_cast<std::int64_t>(offsets[i + 1] - offsets[i]);
    draft.copyMissing(slice, view);
    forMissingBits(view.missingBits, slice, [&](std::int64_t row) { lengths[static_cast<std::size_t>(row - slice.first)] = 0; });
    return true;
}

template <class Count>
Result<TableColumn> countsOf(const TableColumn& source, const TextLength& settings, const StepContext& context, const std::string& id, Count count) {
    const std::string name = source.info.name + settings.suffix;
    ColumnDraft draft(ColumnKind::Integer, source.view.rows);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        if (settings.count != "words" && takeLengths(source.view, slice, settings.count == "bytes", draft)) return;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (source.view.isMissing(row)) draft.missing(row);
            else draft.integer(row, count(source.view.text(row)));
        }
    }));
    return draft.finish(id, name);
}

Result<TableColumn> lengthsOf(const TableColumn& source, const TextLength& settings, const StepContext& context, const std::string& id) {
    if (settings.count == "words") return countsOf(source, settings, context, id, wordsIn);
    if (settings.count == "bytes") return countsOf(source, settings, context, id, [](std::string_view text) { return static_cast<std::int64_t>(text.size()); });
    return countsOf(source, settings, context, id, [](std::string_view text) { return isAscii(text) ? static_cast<std::int64_t>(text.size()) : charactersIn(text); });
}

Result<CleanTable> applyTextLength(const CleanTable& input, const TextLength& settings, const nlohmann::json&, const StepContext& context,
                                   StepReport&) {
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns, {ColumnKind::Text, ColumnKind::Category}, context.predicting));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const TableColumn& source = input.table.column(column);
        LAMINA_TRY(auto lengths, lengthsOf(source, settings, context, newColumnId(input, context, source.info.name + settings.suffix)));
        LAMINA_CHECK(insertColumn(columns, columns.size(), std::move(lengths)));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& text_length_step() {
    static const CleaningStepType type = CleaningStepDescriptor<TextLength, applyTextLength>{
        .id = "text_length",
        .title = "Length of texts",
        .category = "text",
        .summary = "Counts the characters, words or bytes of texts in new columns.",
        .searchWords = {"count", "characters", "words"},
        .properties = {
            property("columns", &TextLength::columns, "Columns", "Text and category columns; none chosen: all of them.", {.meaning = "column"}),
            property("count", &TextLength::count, "Count", "What is counted.", {.choices = {"characters", "words", "bytes"}}),
            property("suffix", &TextLength::suffix, "Behind the name", "What the new column's name has behind that of the old one.")}};
    return type;
}

}  // namespace lamina
