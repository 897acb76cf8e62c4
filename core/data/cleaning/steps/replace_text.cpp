// One text for another inside cells: plain or by regular expression.
#include <memory>

#include "core/data/cleaning/byte_bits.h"
#include "core/data/cleaning/pattern.h"
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct ReplaceText {
    std::vector<std::string> columns;
    std::string find;
    std::string with;
    bool expression = false;
    bool wholeCell = false;
    bool ignoreCase = false;
};

std::string withDollarsDoubled(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '$' ? std::string("$$") : std::string(1, c);
    return out;
}

TextFunction patternReplacer(const Pattern& pattern, const std::string& with) {
    auto search = std::make_shared<PatternSearch>(pattern);
    return [search, with](std::string_view text, std::string& out) {
        const auto outcome = search->replace(text, with, out);
        if (outcome == PatternSearch::Outcome::GivenUp) return TextChange::Refused;
        if (outcome == PatternSearch::Outcome::None || out == text) return TextChange::Same;
        return out.empty() ? TextChange::Missing : TextChange::Changed;
    };
}

/// Plain texts by hand: many times quicker than an expression.
TextFunction plainReplacer(const ReplaceText& settings) {
    return [&settings](std::string_view text, std::string& out) {
        auto found = settings.wholeCell ? (text == settings.find ? 0 : std::string_view::npos) : text.find(settings.find);
        if (found == std::string_view::npos) return TextChange::Same;
        std::size_t done = 0;
        for (; found != std::string_view::npos; found = text.find(settings.find, done)) {
            out.append(text, done, found - done);
            out += settings.with;
            done = found + settings.find.size();
        }
        out.append(text, done);
        if (out.empty()) return TextChange::Missing;
        return out == text ? TextChange::Same : TextChange::Changed;
    };
}

/// All texts of a slice are searched as one. What is found and what comes for it are not the same.
void replaceInSlice(TextSliceEditor& texts, const ReplaceText& settings) {
    const std::string_view all = texts.allTexts();
    const std::size_t begin = texts.begin(texts.first()), length = settings.find.size();
    const TextSearch search(all, settings.find);
    TextBytes& bytes = texts.bytes();
    std::int64_t row = texts.first();
    for (std::size_t found = search.next(0); found != std::string_view::npos;) {
        while (texts.begin(row + 1) - begin <= found) ++row;
        const std::size_t end = texts.begin(row + 1) - begin;
        if (found + length > end) {  // it begins in one text and ends in the next
            found = search.next(found + 1);
            continue;
        }
        std::size_t done = texts.begin(row) - begin;
        texts.beginRow(row);
        const std::size_t before = bytes.size();
        for (; found != std::string_view::npos && found + length <= end; found = search.next(done)) {
            bytes.append(all.substr(done, found - done), texts.readable());
            bytes.append(settings.with);
            done = found + length;
        }
        bytes.append(all.substr(done, end - done), texts.readable());
        if (bytes.size() == before) texts.clear(row);
        else texts.endRow(row);
    }
}

Result<CleanTable> applyReplaceText(const CleanTable& input, const ReplaceText& settings, const nlohmann::json&, const StepContext& context,
                                    StepReport& report) {
    if (settings.find.empty()) return fail("cleaning.nothing_to_find");
    if (!settings.expression && !settings.ignoreCase) {
        TextSliceFunction ofSlice;
        if (!settings.wholeCell && settings.find != settings.with) ofSlice = [&](TextSliceEditor& texts) { replaceInSlice(texts, settings); };
        return changeTextColumns(
            input, settings.columns, context, [&] { return plainReplacer(settings); }, report, ofSlice);
    }
    LAMINA_TRY(const Pattern pattern,
               Pattern::compile(settings.find, {.ignoreCase = settings.ignoreCase, .plain = !settings.expression, .whole = settings.wholeCell}));
    const std::string with = settings.expression ? settings.with : withDollarsDoubled(settings.with);
    LAMINA_CHECK(checkReplacement(pattern, with));
    return changeTextColumns(
        input, settings.columns, context, [&] { return patternReplacer(pattern, with); }, report);
}

}  // namespace

const CleaningStepType& replace_text_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ReplaceText, applyReplaceText>{
        .id = "replace_text",
        .title = "Find and replace",
        .category = "text",
        .summary = "Replaces one text by another inside cells, or all that a regular expression matches.",
        .searchWords = {"regex", "substitute", "search"},
        .properties = {
            property("columns", &ReplaceText::columns, "Columns", "Text and category columns; none chosen: all of them.", {.meaning = "column"}),
            property("find", &ReplaceText::find, "Find", "The text to look for, or a regular expression in Perl's syntax."),
            property("with", &ReplaceText::with, "Replace with",
                     "What stands there instead; empty: nothing. With a regular expression, $1 or ${name} is what a group in brackets matched and $$ "
                     "a dollar."),
            property("expression", &ReplaceText::expression, "Regular expression", "The text to find is a regular expression."),
            property("whole_cell", &ReplaceText::wholeCell, "Whole cells only", "Only cells that match from their beginning to their end."),
            property("ignore_case", &ReplaceText::ignoreCase, "Ignore case", "Small and capital letters count as the same.")}};
    return type;
}

}  // namespace lamina
