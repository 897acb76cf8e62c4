#include "core/data/cleaning/steps/category_tools.h"

#include <algorithm>
#include <unordered_map>

#include "core/data/type_detection.h"

namespace lamina {

WordColumn wordsOf(const TableColumn& column) {
    WordColumn made;
    if (column.view.kind == ColumnKind::Category) {
        made.codes = column.view.codes;
        made.words.assign(column.view.dictionary.begin(), column.view.dictionary.end());
        return made;
    }
    const CellReader reader(column);
    WordIndex index;
    std::string buffer;
    made.made.reserve(static_cast<std::size_t>(column.view.rows));
    for (std::int64_t row = 0; row < column.view.rows; ++row)
        made.made.push_back(reader.isMissing(row) ? -1 : index.add(reader.text(row, buffer)));
    made.codes = made.made;
    made.words = index.words();
    return made;
}

Result<std::vector<std::size_t>> categoryColumns(const Table& table, const std::vector<std::string>& names, bool mayLack) {
    if (!names.empty()) return stepColumns(table, names, {ColumnKind::Category, ColumnKind::Text, ColumnKind::Boolean, ColumnKind::Integer}, mayLack);
    LAMINA_TRY(auto columns, stepColumns(table, names, {ColumnKind::Category}));
    std::erase_if(columns, [&](std::size_t column) { return table.info(column).role == "target" || table.info(column).role == "ignore"; });
    return columns;
}

std::vector<CountedWord> countedWords(const WordColumn& column, TrainingRows training) {
    std::vector<std::int64_t> counts(column.words.size());
    for (std::size_t row = 0; row < column.codes.size(); ++row)
        if (column.codes[row] >= 0 && teaches(training, static_cast<std::int64_t>(row))) ++counts[static_cast<std::size_t>(column.codes[row])];
    std::vector<CountedWord> counted;
    bool numbers = true;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        counted.push_back({column.words[i], counts[i]});
        numbers = numbers && readAnyNumber(column.words[i]).is != TextValue;
    }
    std::sort(counted.begin(), counted.end(), [numbers](const CountedWord& a, const CountedWord& b) {
        if (!numbers) return a.word < b.word;
        const double x = readAnyNumber(a.word).value, y = readAnyNumber(b.word).value;
        return x != y ? x < y : a.word < b.word;
    });
    return counted;
}

Result<nlohmann::json> learnCategoryColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, const StepContext& context,
                                            const std::function<nlohmann::json(const std::vector<CountedWord>& words)>& learn) {
    LAMINA_TRY(const auto columns, categoryColumns(input.table, names));
    std::vector<nlohmann::json> learned(columns.size());
    std::vector<std::size_t> counts(columns.size());
    LAMINA_CHECK(forPieces(columns.size(), context, [&](std::size_t i) {
        const auto words = countedWords(wordsOf(input.table.column(columns[i])), training);
        counts[i] = words.size();
        if (words.size() <= mostLearnedWords) learned[i] = learn(words);
    }));
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (counts[i] > mostLearnedWords)
            return fail("cleaning.too_many_categories", {{"column", input.table.info(columns[i]).name}, {"most", std::to_string(mostLearnedWords)}});
    nlohmann::json all = nlohmann::json::object();
    for (std::size_t i = 0; i < columns.size(); ++i) all[input.table.info(columns[i]).name] = std::move(learned[i]);
    return nlohmann::json{{"columns", std::move(all)}};
}

std::vector<std::int32_t> placesOf(const std::vector<std::string>& words, const std::vector<std::string>& known) {
    std::unordered_map<std::string_view, std::int32_t> place;
    for (std::size_t i = 0; i < known.size(); ++i) place.emplace(known[i], static_cast<std::int32_t>(i));
    std::vector<std::int32_t> places;
    for (const auto& word : words) {
        const auto found = place.find(word);
        places.push_back(found == place.end() ? -1 : found->second);
    }
    return places;
}

Result<CleanTable> replaceColumns(const CleanTable& input, const std::map<std::size_t, std::vector<TableColumn>>& made, bool keepOriginal) {
    std::vector<TableColumn> columns;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i)
        if (keepOriginal || !made.count(i)) columns.push_back(input.table.column(i));
    std::size_t place = 0;
    for (std::size_t i = 0; i < input.table.columnCount(); ++i) {
        const auto of = made.find(i);
        if (keepOriginal || of == made.end()) ++place;
        if (of == made.end()) continue;
        for (TableColumn column : of->second) {
            column.info.name = freeColumnName(columns, column.info.name);
            LAMINA_CHECK(insertColumn(columns, place++, std::move(column)));
        }
    }
    return withColumns(input, std::move(columns));
}

}  // namespace lamina
