// Texts as numbers: how much of each known word is in them.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/data/cleaning/steps/category_tools.h"
#include "core/data/cleaning/steps/float_column.h"
#include "core/data/cleaning/steps/text_pieces.h"

namespace lamina {
namespace text_numbers_step_parts {

constexpr std::size_t mostTerms = 5'000'000;

struct TextNumbers {
    std::vector<std::string> columns;
    std::string weights = "tfidf";
    std::string pieces = "words";
    std::int64_t shortest = 1, longest = 1;
    std::int64_t most = 500;
    std::int64_t least = 2;
    std::string form = "columns";
    bool keepOriginal = false;
};

TextPieces piecesOf(const TextNumbers& settings) {
    return {settings.pieces == "characters", static_cast<std::size_t>(settings.shortest), static_cast<std::size_t>(settings.longest)};
}

struct TermCount {
    std::int64_t texts = 0, times = 0, lastRow = -1;
};
using TermCounts = std::unordered_map<std::string, TermCount>;

/// The most frequent terms, alphabetically, with how much each tells: the rarer, the more.
nlohmann::json learnedTerms(const TermCounts& counts, std::int64_t texts, const TextNumbers& settings) {
    std::vector<const TermCounts::value_type*> kept;
    for (const auto& one : counts)
        if (one.second.texts >= settings.least) kept.push_back(&one);
    const auto byName = [](const auto* a, const auto* b) { return a->first < b->first; };
    std::sort(kept.begin(), kept.end(),
              [&](const auto* a, const auto* b) { return a->second.times != b->second.times ? a->second.times > b->second.times : byName(a, b); });
    kept.resize(std::min(kept.size(), static_cast<std::size_t>(settings.most)));
    std::sort(kept.begin(), kept.end(), byName);
    auto words = nlohmann::json::array(), weights = nlohmann::json::array();
    for (const auto* one : kept) {
        words.push_back(one->first);
        weights.push_back(std::log(static_cast<double>(1 + texts) / static_cast<double>(1 + one->second.texts)) + 1);
    }
    return {{"words", std::move(words)}, {"rarity", std::move(weights)}};
}

Result<nlohmann::json> learnText(const CleanTable& input, const TableColumn& column, TrainingRows training, const TextNumbers& settings,
                                 const StepContext& context) {
    TermCounts counts;
    std::int64_t texts = 0;
    for (std::int64_t row = 0; row < column.view.rows; ++row) {
        if ((row & 255) == 0 && context.cancel.cancelled()) return fail("job.cancelled");
        if (!teaches(training, row) || input.isRemoved(row)) continue;
        ++texts;
        eachTextPiece(column.view.text(row), piecesOf(settings), [&](std::string term) {
            TermCount& count = counts[std::move(term)];
            ++count.times;
            count.texts += count.lastRow != row;
            count.lastRow = row;
        });
        if (counts.size() > mostTerms) return fail("cleaning.too_many_words", {{"column", column.info.name}, {"most", std::to_string(mostTerms)}});
    }
    return learnedTerms(counts, texts, settings);
}

Result<std::vector<std::size_t>> textColumns(const Table& table, const TextNumbers& settings) {
    if (!settings.columns.empty()) return stepColumns(table, settings.columns, {ColumnKind::Text, ColumnKind::Category});
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.columnCount(); ++i)
        if (table.info(i).kind == ColumnKind::Text && table.info(i).role != "target" && table.info(i).role != "ignore") columns.push_back(i);
    return columns;
}

Result<nlohmann::json> fitTextNumbers(const CleanTable& input, TrainingRows training, const TextNumbers& settings, const StepContext& context) {
    if (settings.longest < settings.shortest)
        return fail("cleaning.longest_below_shortest",
                    {{"shortest", std::to_string(settings.shortest)}, {"longest", std::to_string(settings.longest)}});
    LAMINA_TRY(const auto chosen, textColumns(input.table, settings));
    nlohmann::json learned = nlohmann::json::object();
    for (const std::size_t column : chosen) {
        const TableColumn& source = input.table.column(column);
        LAMINA_TRY(auto of, learnText(input, source, training, settings, context));
        learned[source.info.name] = std::move(of);
    }
    return nlohmann::json{{"columns", std::move(learned)}};
}

/// A text's terms by their places, rising, with their weights.
class Weigher {
public:
    Weigher(const nlohmann::json& learned, const TextNumbers& settings)
        : m_settings(settings), m_rarity(learned.at("rarity").get<std::vector<double>>()) {
        for (const auto& word : learned.at("words")) m_words.push_back(word.get<std::string>());
        for (std::size_t i = 0; i < m_words.size(); ++i) m_places.emplace(m_words[i], i);
        m_rarity.resize(m_words.size(), 1);
    }
    const std::vector<std::string>& words() const { return m_words; }

    struct Weight {
        std::size_t place;
        double weight;
    };
    std::vector<Weight> weigh(std::string_view text) const {
        std::vector<Weight> weights;
        eachTextPiece(text, piecesOf(m_settings), [&](const std::string& term) {
            if (const auto known = m_places.find(term); known != m_places.end()) weights.push_back({known->second, 1});
        });
        std::sort(weights.begin(), weights.end(), [](const Weight& a, const Weight& b) { return a.place < b.place; });
        std::size_t kept = 0;
        for (const Weight& one : weights) {
            if (kept > 0 && weights[kept - 1].place == one.place) weights[kept - 1].weight += 1;
            else weights[kept++] = one;
        }
        weights.resize(kept);
        if (m_settings.weights != "count") rescale(weights);
        return weights;
    }

private:
    void rescale(std::vector<Weight>& weights) const {
        double squares = 0;
        for (Weight& one : weights) {
            one.weight = m_settings.weights == "presence" ? 1 : one.weight * m_rarity[one.place];
            squares += one.weight * one.weight;
        }
        if (m_settings.weights != "tfidf") return;
        for (Weight& one : weights) one.weight /= std::sqrt(squares);
    }

    const TextNumbers& m_settings;
    std::vector<std::string> m_words;
    std::vector<double> m_rarity;
    std::unordered_map<std::string, std::size_t> m_places;
};

Result<std::vector<TableColumn>> wordColumns(const CleanTable& input, const TableColumn& source, const Weigher& weigher, const StepContext& context) {
    std::vector<ColumnDraft> drafts;
    for (std::size_t i = 0; i < weigher.words().size(); ++i) drafts.emplace_back(ColumnKind::Number, source.view.rows);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (ColumnDraft& draft : drafts)
            for (std::int64_t row = slice.first; row < slice.last; ++row) draft.number(row, 0);
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            for (const auto& [place, weight] : weigher.weigh(source.view.text(row))) drafts[place].number(row, weight);
    }));
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        const std::string name = source.info.name + ": " + weigher.words()[i];
        columns.push_back(drafts[i].finish(newColumnId(input, context, name), name));
    }
    return columns;
}

Result<std::vector<TableColumn>> vectorColumn(const CleanTable& input, const TableColumn& source, const Weigher& weigher,
                                              const StepContext& context) {
    const std::size_t each = weigher.words().size();
    std::vector<float> values(static_cast<std::size_t>(source.view.rows) * each);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            for (const auto& [place, weight] : weigher.weigh(source.view.text(row)))
                values[static_cast<std::size_t>(row) * each + place] = static_cast<float>(weight);
    }));
    const std::string name = source.info.name + " words";
    return std::vector{floatColumn(std::move(values), {static_cast<std::int64_t>(each)}, {}, newColumnId(input, context, name), name)};
}

Result<CleanTable> applyTextNumbers(const CleanTable& input, const TextNumbers& settings, const nlohmann::json& fitted, const StepContext& context,
                                    StepReport& report) {
    LAMINA_TRY(const auto learned, learnedColumns(input, fitted, context));
    std::map<std::size_t, std::vector<TableColumn>> made;
    for (const auto& [column, what] : learned) {
        const TableColumn& source = input.table.column(column);
        if (source.view.kind != ColumnKind::Text && source.view.kind != ColumnKind::Category)
            return fail("cleaning.column_kind", {{"column", source.info.name},
                                                 {"kind", columnKindName(source.view.kind)},
                                                 {"needed", kindNames({ColumnKind::Text, ColumnKind::Category})}});
        const Weigher weigher(*what, settings);
        const std::size_t words = weigher.words().size();
        if (!floatsFit(input.table.rows(), static_cast<std::int64_t>(words) * 2))
            return fail("cleaning.floats_too_large", {{"size", std::to_string(words * 8 * static_cast<std::size_t>(input.table.rows()))},
                                                      {"most", std::to_string(mostFloatBytes)}});
        if (words == 0) report.issues.push_back({Severity::Warning, fail("cleaning.no_words", {{"column", source.info.name}})});
        if (settings.form == "vector" && words > 0) {
            LAMINA_TRY(made[column], vectorColumn(input, source, weigher, context));
        } else {
            LAMINA_TRY(made[column], wordColumns(input, source, weigher, context));
        }
        report.changedCells += rowsThere(input);
    }
    return replaceColumns(input, made, settings.keepOriginal);
}

}  // namespace text_numbers_step_parts

const CleaningStepType& text_numbers_step() {
    using namespace text_numbers_step_parts;
    static const CleaningStepType type = CleaningStepDescriptor<TextNumbers, applyTextNumbers>{
        .id = "text_numbers",
        .title = "Text to numbers",
        .category = "text",
        .summary =
            "Makes a number of every frequent word: how much of it is in the text. Which words there are, and how rare, is learned from training "
            "rows only.",
        .searchWords = {"TF-IDF", "bag of words", "tokenize", "vocabulary", "n-gram", "NLP", "vectorize"},
        .properties = {property("columns", &TextNumbers::columns, "Columns",
                                "The columns of texts; none: all texts that are neither target nor ignored.", {.meaning = "column"}),
                       property("weights", &TextNumbers::weights, "Numbers",
                                "tfidf: the rarer a word, the more it counts, and long texts count as much as short ones. count: how often it stands "
                                "there. presence: 1 where it does.",
                                {.choices = {"tfidf", "count", "presence"}}),
                       property("pieces", &TextNumbers::pieces, "Pieces",
                                "words: runs of two and more letters or digits, in small letters. characters: for languages without blanks, with 1 "
                                "to 2 or 3 of them at a time.",
                                {.choices = {"words", "characters"}}),
                       property("shortest", &TextNumbers::shortest, "At least at a time", "So many words or characters are taken together.",
                                {.minimum = 1, .maximum = 10}),
                       property("longest", &TextNumbers::longest, "At most at a time", "Up to so many words or characters are taken together.",
                                {.minimum = 1, .maximum = 10}),
                       property("most", &TextNumbers::most, "Most words", "So many are kept, the most frequent ones.",
                                {.minimum = 1, .maximum = 20'000}),
                       property("least", &TextNumbers::least, "In at least", "Words of fewer training texts are left out.",
                                {.minimum = 1, .maximum = 1'000'000}),
                       property(
                           "form", &TextNumbers::form, "Form",
                           "columns: a column for each word, beside other columns. vector: all in one column, for a network that reads nothing else.",
                           {.choices = {"columns", "vector"}}),
                       property("keep_original", &TextNumbers::keepOriginal, "Keep the column", "The column itself stays too.")},
        .fit = eraseFit<TextNumbers, fitTextNumbers>};
    return type;
}

}  // namespace lamina
