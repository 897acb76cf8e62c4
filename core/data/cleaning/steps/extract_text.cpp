// The parts of a text that a regular expression names, as columns.
#include <atomic>

#include "core/data/cleaning/pattern.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct ExtractText {
    std::string column;
    std::string pattern;
    std::vector<std::string> names;
    bool ignoreCase = false;
    bool keepColumn = true;
};

/// What the new columns are called: as asked, else by the group's own name, else the column's name with a number.
std::vector<std::string> extractedNames(const ExtractText& settings, const std::vector<std::string>& groups,
                                        const std::vector<TableColumn>& columns) {
    std::vector<std::string> names;
    const std::size_t count = std::max<std::size_t>(1, groups.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (i < settings.names.size() && !settings.names[i].empty()) names.push_back(settings.names[i]);
        else if (i < groups.size() && !groups[i].empty()) names.push_back(groups[i]);
        else names.push_back(freeColumnName(columns, settings.column + " " + std::to_string(i + 1)));
    }
    return names;
}

struct TextExtraction {
    const CleanTable& input;
    const TableColumn& source;
    const Pattern& pattern;
    std::vector<ColumnDraft> drafts;
    SliceNotes notes;
    std::atomic<std::int64_t> without{0};

    void run(const RowSlice& slice) {
        PatternSearch search(pattern);
        const CellReader cells(source);
        std::string buffer;
        std::int64_t unmatched = 0;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            const bool there = !source.view.isMissing(row);
            const std::string_view text = cells.text(row, buffer);
            const auto outcome = there ? search.find(text) : PatternSearch::Outcome::None;
            if (outcome == PatternSearch::Outcome::GivenUp) notes.refused(slice, row, text);
            unmatched += there && outcome == PatternSearch::Outcome::None && !input.isRemoved(row);
            put(row, text, outcome == PatternSearch::Outcome::Found ? &search : nullptr);
        }
        without += unmatched;
    }

    void put(std::int64_t row, std::string_view text, const PatternSearch* found) {
        const std::size_t firstGroup = pattern.groupNames().empty() ? 0 : 1;
        for (std::size_t i = 0; i < drafts.size(); ++i) {
            const auto place = found ? found->group(i + firstGroup) : PatternSearch::Place{};
            if (place.begin == std::string::npos) drafts[i].missing(row);
            else drafts[i].text(row, text.substr(place.begin, place.end - place.begin));
        }
    }
};

Result<CleanTable> applyExtractText(const CleanTable& input, const ExtractText& settings, const nlohmann::json&, const StepContext& context,
                                    StepReport& report) {
    if (settings.pattern.empty()) return fail("cleaning.nothing_to_find");
    LAMINA_TRY(const std::size_t place,
               stepColumn(input.table, settings.column, {ColumnKind::Text, ColumnKind::Category, ColumnKind::Integer, ColumnKind::Number}));
    LAMINA_TRY(const Pattern pattern, Pattern::compile(settings.pattern, {.ignoreCase = settings.ignoreCase}));
    auto columns = columnsOf(input.table);
    const auto names = extractedNames(settings, pattern.groupNames(), columns);
    TextExtraction work{input, input.table.column(place), pattern, {}, SliceNotes(input)};
    for (std::size_t i = 0; i < names.size(); ++i) work.drafts.emplace_back(ColumnKind::Text, input.table.rows());
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) { work.run(slice); }));
    if (work.without > 0) report.issues.push_back({Severity::Note, fail("cleaning.no_match", {{"column", settings.column}}), work.without});
    work.notes.addTo(report, settings.column);
    if (!settings.keepColumn) columns.erase(columns.begin() + static_cast<std::ptrdiff_t>(place));
    for (std::size_t i = 0; i < names.size(); ++i)
        LAMINA_CHECK(
            insertColumn(columns, place + (settings.keepColumn ? 1 : 0) + i, work.drafts[i].finish(newColumnId(input, context, names[i]), names[i])));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& extract_text_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ExtractText, applyExtractText>{
        .id = "extract_text",
        .title = "Extract from text",
        .category = "text",
        .summary = "Takes parts out of texts by a regular expression: each group in brackets becomes a column.",
        .searchWords = {"regex", "capture", "match"},
        .properties = {
            property("column", &ExtractText::column, "Column", "The column to look into.", {.meaning = "column"}),
            property("pattern", &ExtractText::pattern, "Regular expression",
                     "In Perl's syntax. Groups in brackets become columns, (?<name>…) with that name; without groups the whole match does."),
            property("names", &ExtractText::names, "New names", "What the new columns are called, one for each group."),
            property("ignore_case", &ExtractText::ignoreCase, "Ignore case", "Small and capital letters count as the same."),
            property("keep_column", &ExtractText::keepColumn, "Keep the column", "The column looked into stays.")}};
    return type;
}

}  // namespace lamina
