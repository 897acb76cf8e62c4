// Blanks at both ends of texts, and runs of them inside.
#include <bit>

#include "core/data/cleaning/byte_bits.h"
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

TextChange trimmed(std::string_view text, const TrimText& settings, std::string& out) {
    if (!mayNeedTrimming(text, settings.inner)) return TextChange::Same;
    out.clear();
    writeTrimmed(text, settings.inner, out);
    if (out.empty() && settings.emptyIsMissing) return TextChange::Missing;
    return out == text ? TextChange::Same : TextChange::Changed;
}

/// A text of up to 64 bytes: which of it stays, where only blanks at both ends go; nothing where it has to be looked at byte by byte.
std::optional<std::string_view> trimmedAtOnce(std::string_view text, bool inner, const char* readable) {
    const TextBits bits = textBits(text, readable);
    const std::uint64_t runs = bits.blanks & (bits.blanks >> 1);
    if (!bits.known || bits.controls != 0 || bits.high != 0) return std::nullopt;
    const auto begin = static_cast<std::size_t>(std::countr_one(bits.blanks));
    if (begin >= text.size()) return std::nullopt;
    const auto behind = static_cast<std::size_t>(std::countl_one(bits.blanks << (64 - text.size())));
    const auto part = text.substr(begin, text.size() - begin - behind);
    const std::uint64_t within = (~std::uint64_t{0} >> (64 - part.size())) << begin;
    return inner && (runs & within) != 0 ? std::nullopt : std::optional(part);
}

void trimSlice(TextSliceEditor& texts, const TrimText& settings) {
    std::string out;
    for (std::int64_t row = texts.first(); row < texts.last(); ++row) {
        const std::string_view text = texts.text(row);
        if (const auto part = trimmedAtOnce(text, settings.inner, texts.readable())) {
            texts.writePart(row, *part, part->size() != text.size());
        } else if (!texts.isMissing(row)) {
            const TextChange change = trimmed(text, settings, out);
            if (change == TextChange::Changed) texts.put(row, out);
            else if (change == TextChange::Missing) texts.clear(row);
        }
    }
}

Result<CleanTable> applyTrimText(const CleanTable& input, const TrimText& settings, const nlohmann::json&, const StepContext& context,
                                 StepReport& report) {
    const auto makeTrimmer = [&]() -> TextFunction {
        return [&settings](std::string_view text, std::string& out) { return trimmed(text, settings, out); };
    };
    return changeTextColumns(input, settings.columns, context, makeTrimmer, report, [&](TextSliceEditor& texts) { trimSlice(texts, settings); });
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
