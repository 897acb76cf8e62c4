// Upper and lower case.
#include <QString>
#include <algorithm>
#include <array>

#include "core/data/cleaning/byte_bits.h"
#include "core/data/cleaning/step_tools.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

struct ChangeCase {
    std::vector<std::string> columns;
    std::string to = "lower";
};

bool isLowerAscii(char c) { return c >= 'a' && c <= 'z'; }
bool isUpperAscii(char c) { return c >= 'A' && c <= 'Z'; }
char asciiUpper(char c) { return isLowerAscii(c) ? static_cast<char>(c - 32) : c; }
char asciiLower(char c) { return isUpperAscii(c) ? static_cast<char>(c + 32) : c; }
bool isAsciiWordByte(char c) { return isLowerAscii(c) || isUpperAscii(c) || c == '\'' || (c >= '0' && c <= '9'); }

void writeAsciiCase(std::string_view text, const std::string& to, std::string& out) {
    out.assign(text);
    if (to == "upper" || to == "lower") {
        if (to == "upper") std::transform(out.begin(), out.end(), out.begin(), asciiUpper);
        else std::transform(out.begin(), out.end(), out.begin(), asciiLower);
        return;
    }
    const bool sentence = to == "sentence";
    bool inWord = false;
    for (char& c : out) {
        c = inWord ? asciiLower(c) : asciiUpper(c);
        inWord = (sentence && inWord) || isAsciiWordByte(c);
    }
}

/// Every word (else only the text) begins with a capital, but where it begins with a digit; all other letters are small.
QString capitalised(const QString& text, bool everyWord) {
    QString out;
    bool inWord = false;
    for (qsizetype i = 0; i < text.size();) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
        const QString character = text.mid(i, pair ? 2 : 1);
        const char32_t code = pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        const bool letter = QChar::isLetter(code);
        out += letter && !inWord ? QString::fromUcs4(std::array{QChar::toTitleCase(code)}.data(), 1) : character.toLower();
        inWord = (!everyWord && inWord) || letter || QChar::isDigit(code) || QChar::isMark(code) || code == U'\'' || code == U'\u2019';
        i += character.size();
    }
    return out;
}

void writeUnicodeCase(std::string_view text, const std::string& to, std::string& out) {
    const QString wide = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const QString changed = to == "upper" ? wide.toUpper() : to == "lower" ? wide.toLower() : capitalised(wide, to == "title");
    out = changed.toStdString();
}

TextFunction caseChanger(const std::string& to) {
    return [to](std::string_view text, std::string& out) {
        isAscii(text) ? writeAsciiCase(text, to, out) : writeUnicodeCase(text, to, out);
        return out == text ? TextChange::Same : TextChange::Changed;
    };
}

/// Letters a … z or A … Z (those from `first` on) of all texts at once; `bytes` are ASCII, so that no text changes its length.
void flipLetters(TextSliceEditor& texts, std::string_view bytes, char first) {
    std::vector<std::uint64_t> flipped(bytes.size() / 64 + 2);
    flipLetterCase(bytes, first, texts.bytes().room(bytes.size()), flipped.data());
    texts.bytes().added(bytes.size());
    const std::size_t begin = texts.begin(texts.first());
    for (std::int64_t row = texts.first(); row < texts.last(); ++row) {
        const std::size_t from = texts.begin(row) - begin, to = texts.begin(row + 1) - begin;
        texts.rowEnds(row, to);
        if (anyBitBetween(flipped.data(), from, to)) texts.countChange(row);
    }
    texts.wroteAll();
}

void changeCaseOfSlice(TextSliceEditor& texts, const std::string& to) {
    const std::string_view bytes = texts.allTexts();
    if ((to == "lower" || to == "upper") && isAscii(bytes)) return flipLetters(texts, bytes, to == "lower" ? 'A' : 'a');
    const TextFunction change = caseChanger(to);
    std::string out;
    for (std::int64_t row = texts.first(); row < texts.last(); ++row) {
        out.clear();
        if (!texts.isMissing(row) && change(texts.text(row), out) == TextChange::Changed) texts.put(row, out);
    }
}

Result<CleanTable> applyChangeCase(const CleanTable& input, const ChangeCase& settings, const nlohmann::json&, const StepContext& context,
                                   StepReport& report) {
    const auto makeChanger = [&] { return caseChanger(settings.to); };
    return changeTextColumns(input, settings.columns, context, makeChanger, report, [&](TextSliceEditor& texts) { changeCaseOfSlice(texts, settings.to); });
}

}  // namespace

const CleaningStepType& change_case_step() {
    static const CleaningStepType type = CleaningStepDescriptor<ChangeCase, applyChangeCase>{
        .id = "change_case",
        .title = "Change case",
        .category = "text",
        .summary = "Writes texts in small or capital letters, so that \"Paris\" and \"PARIS\" are one value.",
        .searchWords = {"upper", "lower", "capital", "title"},
        .properties = {
            property("columns", &ChangeCase::columns, "Columns", "Text and category columns; none chosen: all of them.", {.meaning = "column"}),
            property("to", &ChangeCase::to, "Letters", "All small, all capital, each word with a capital, or only the first letter of the text.",
                     {.choices = {"lower", "upper", "title", "sentence"}})}};
    return type;
}

}  // namespace lamina
