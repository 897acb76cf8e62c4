// Blanks at both ends of texts, and runs of them inside.
#include "core/data/cleaning/step_tools.h"

namespace lamina {
namespace {

struct TrimText {
    std::vector<std::string> columns;
    bool inner = true;
    bool emptyIsMissing = true;
};

/// Bytes of the blank that begins here: ASCII blanks and Unicode's (no-break, wide, zero-width …); 0: none.
std::size_t blankBytesAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
    if (byte(0) == ' ' || (byte(0) >= '\t' && byte(0) <= '\r')) return 1;
    if (byte(0) < 0x80) return 0;
    if (byte(0) == 0xC2 && (byte(1) == 0xA0 || byte(1) == 0x85)) return 2;
    if (byte(0) == 0xE1 && byte(1) == 0x9A && byte(2) == 0x80) return 3;
    if (byte(0) == 0xE2 && byte(1) == 0x80 && ((byte(2) >= 0x80 && byte(2) <= 0x8B) || byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF))
        return 3;
    if (byte(0) == 0xE2 && byte(1) == 0x81 && byte(2) == 0x9F) return 3;
    if (byte(0) == 0xE3 && byte(1) == 0x80 && byte(2) == 0x80) return 3;
    if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
    return 0;
}

/// Words with one blank between them; `inner` false: only both ends.
void writeTrimmed(std::string_view text, bool inner, std::string& out) {
    std::size_t begin = 0, end = 0;  // of what lies between the blanks at both ends
    for (std::size_t i = 0; i < text.size();) {
        if (const std::size_t blank = blankBytesAt(text, i); blank > 0) {
            i += blank;
            continue;
        }
        const std::size_t word = i;
        while (i < text.size() && (static_cast<unsigned char>(text[i] - '!') < 0x5F || blankBytesAt(text, i) == 0)) ++i;
        if (end == 0) begin = word;
        end = i;
        if (!inner) continue;
        if (!out.empty()) out += ' ';
        out.append(text, word, i - word);
    }
    if (!inner) out.assign(text, begin, end - begin);
}

bool mayNeedTrimming(std::string_view text, bool inner) {
    if (text.empty()) return true;
    if (blankBytesAt(text, 0) > 0) return true;
    bool before = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) return true;
        const bool blank = byte == ' ' || (byte >= '\t' && byte <= '\r');
        if (blank && inner && (before || byte != ' ')) return true;
        before = blank;
    }
    return before;
}

TextFunction trimmer(const TrimText& settings) {
    return [settings](std::string_view text, std::string& out) {
        if (!mayNeedTrimming(text, settings.inner)) return TextChange::Same;
        writeTrimmed(text, settings.inner, out);
        if (out.empty() && settings.emptyIsMissing) return TextChange::Missing;
        return out == text ? TextChange::Same : TextChange::Changed;
    };
}

Result<CleanTable> applyTrimText(const CleanTable& input, const TrimText& settings, const nlohmann::json&, const StepContext& context,
                                 StepReport& report) {
    return changeTextColumns(
        input, settings.columns, context, [&] { return trimmer(settings); }, report);
}

}  // namespace

const CleaningStepType& trim_text_step() {
    static const CleaningStepType type = CleaningStepDescriptor<TrimText, applyTrimText>{
        .id = "trim_text",
        .title = "Trim blanks",
        .category = "text",
        .summary = "Takes blanks off both ends of texts, also no-break, wide and zero-width ones.",
        .searchWords = {"whitespace", "spaces", "strip"},
        .properties = {
            property("columns", &TrimText::columns, "Columns", "Text and category columns; none chosen: all of them.", {.meaning = "column"}),
            property("inner", &TrimText::inner, "Inner blanks too", "Several blanks, tabs or line breaks inside a text become one blank."),
            property("empty_is_missing", &TrimText::emptyIsMissing, "Empty is missing", "Texts of which nothing is left become missing values.")}};
    return type;
}

}  // namespace lamina
