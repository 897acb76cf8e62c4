// Texts as the numbers of their words, in order: what an embedding layer reads.
#include <algorithm>
#include <unordered_map>

#include "core/data/cleaning/steps/category_tools.h"
#include "core/data/cleaning/steps/float_column.h"
#include "core/data/cleaning/steps/text_pieces.h"

namespace lamina {
namespace text_sequence_step_parts {

constexpr float padding = 0, unknown = 1;
constexpr std::size_t firstWord = 2, mostSeenWords = 5'000'000;

struct TextSequence {
    std::string column;
    std::string pieces = "words";
    std::int64_t length = 40;
    std::int64_t most = 5000;
    std::int64_t least = 2;
    std::string fill = "front";
};

TextPieces piecesOf(const TextSequence& settings) {
    return {.characters = settings.pieces == "characters", .shortest = 1, .longest = 1, .shortestWord = 1};
}

/// The words of the training texts, the most frequent first (which is what numbers they get).
Result<nlohmann::json> fitTextSequence(const CleanTable& input, TrainingRows training, const TextSequence& settings, const StepContext& context) {
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.column, {ColumnKind::Text, ColumnKind::Category}));
    const ColumnView view = input.table.view(column);
    std::unordered_map<std::string, std::int64_t> counts;
    for (std::int64_t row = 0; row < view.rows; ++row) {
        if ((row & 255) == 0 && context.cancel.cancelled()) return fail("job.cancelled");
        if (!teaches(training, row) || input.isRemoved(row)) continue;
        eachTextPiece(view.text(row), piecesOf(settings), [&](std::string piece) { ++counts[std::move(piece)]; });
        if (counts.size() > mostSeenWords)
            return fail("cleaning.too_many_words", {{"column", settings.column}, {"most", std::to_string(mostSeenWords)}});
    }
    std::vector<std::pair<std::int64_t, std::string>> words;
    for (const auto& [word, count] : counts)
        if (count >= settings.least) words.emplace_back(-count, word);
    std::sort(words.begin(), words.end());
    words.resize(std::min(words.size(), static_cast<std::size_t>(settings.most)));
    auto learned = nlohmann::json::array();
    for (const auto& [count, word] : words) learned.push_back(word);
    return nlohmann::json{{"words", std::move(learned)}};
}

using Numbers = std::unordered_map<std::string, float>;

Numbers numbersOf(const nlohmann::json& fitted) {
    Numbers numbers;
    for (const auto& word : fitted.at("words")) numbers.emplace(word.get<std::string>(), static_cast<float>(numbers.size() + firstWord));
    return numbers;
}

/// The first words of a text; what is left of the row is padding.
void writeNumbers(std::string_view text, const Numbers& numbers, const TextSequence& settings, std::span<float> out) {
    std::fill(out.begin(), out.end(), padding);
    std::size_t count = 0;
    eachTextPiece(text, piecesOf(settings), [&](const std::string& piece) {
        if (count == out.size()) return;
        const auto known = numbers.find(piece);
        out[count++] = known == numbers.end() ? unknown : known->second;
    });
    if (settings.fill == "front") std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end());
}

Result<CleanTable> applyTextSequence(const CleanTable& input, const TextSequence& settings, const nlohmann::json& fitted, const StepContext& context,
                                     StepReport& report) {
    LAMINA_TRY(const std::size_t column, stepColumn(input.table, settings.column, {ColumnKind::Text, ColumnKind::Category}));
    const TableColumn& source = input.table.column(column);
    const auto rows = static_cast<std::size_t>(source.view.rows), length = static_cast<std::size_t>(settings.length);
    if (!floatsFit(source.view.rows, settings.length))
        return fail("cleaning.floats_too_large", {{"size", std::to_string(rows * length * sizeof(float))}, {"most", std::to_string(mostFloatBytes)}});
    const Numbers numbers = numbersOf(fitted);
    std::vector<float> values(rows * length);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (auto row = static_cast<std::size_t>(slice.first); row < static_cast<std::size_t>(slice.last); ++row)
            writeNumbers(source.view.text(static_cast<std::int64_t>(row)), numbers, settings, std::span(values).subspan(row * length, length));
    }));
    const std::string name = source.info.name + " sequence";
    TableColumn made = floatColumn(std::move(values), {settings.length}, {}, newColumnId(input, context, name), name);
    made.info.role = wordNumbersRole;
    report.issues.push_back(
        {Severity::Note, fail("cleaning.vocabulary", {{"column", settings.column}, {"numbers", std::to_string(numbers.size() + firstWord)}})});
    report.changedCells += rowsThere(input);
    return replaceColumns(input, {{column, {std::move(made)}}}, false);
}

}  // namespace text_sequence_step_parts

const CleaningStepType& text_sequence_step() {
    using namespace text_sequence_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<TextSequence, applyTextSequence>{
        .id = "text_sequence",
        .title = "Text to word numbers",
        .category = "text",
        .summary =
            "Makes of each text the numbers of its words in order, in one column for an embedding layer: 0 where the text is shorter, 1 for words "
            "that training "
            "texts do not have, 2 for their most frequent word, and so on.",
        .searchWords = {"tokenize", "vocabulary", "embedding", "sequence", "padding", "NLP", "LSTM"},
        .properties = {property("column", &TextSequence::column, "Column", "The column of texts.", {.meaning = "column"}),
                       property("pieces", &TextSequence::pieces, "Pieces",
                                "words: runs of letters or digits, in small letters. characters: for languages without blanks.",
                                {.choices = {"words", "characters"}}),
                       property("length", &TextSequence::length, "Length", "So many words of each text are kept, the first ones.",
                                {.minimum = 1, .maximum = 10'000}),
                       property("most", &TextSequence::most, "Most words", "So many words get a number of their own, the most frequent ones.",
                                {.minimum = 1, .maximum = 1'000'000}),
                       property("least", &TextSequence::least, "At least", "Words that stand fewer times in the training texts are unknown ones.",
                                {.minimum = 1, .maximum = 1'000'000}),
                       property("fill", &TextSequence::fill, "Fill",
                                "Where the zeros of short texts stand: front suits recurrent layers, which see the last words last.",
                                {.choices = {"front", "end"}})},
        .fit = eraseFit<TextSequence, fitTextSequence>};
    return type;
}

}  // namespace lamina
