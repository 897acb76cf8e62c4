// What steps on categories have in common: any column of few values seen as numbered words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/data/cleaning/steps/number_tools.h"

namespace lamina {

/// A column as words: Category, Text, Boolean and Integer columns.
struct WordColumn {
    WordColumn() = default;
    WordColumn(WordColumn&&) = default;  // no copies: `codes` may show `made`

    std::span<const std::int32_t> codes;  ///< one per row, -1: missing; those of a Category column itself, which must live
    std::vector<std::string> words;       ///< of the codes
    std::vector<std::int32_t> made;       ///< what `codes` shows, of other columns
};
WordColumn wordsOf(const TableColumn& column);

/// The columns named, of those kinds; none named: the Category columns that are neither target nor ignored.
/// `mayLack`: see stepColumns.
Result<std::vector<std::size_t>> categoryColumns(const Table& table, const std::vector<std::string>& names, bool mayLack = false);

/// How often each word stands in the rows that teach; words that do not are left out. Sorted by word; all numbers: by number.
struct CountedWord {
    std::string word;
    std::int64_t count;
};
std::vector<CountedWord> countedWords(const WordColumn& column, TrainingRows training);

/// A column of more different words is no column of categories.
inline constexpr std::size_t mostLearnedWords = 100'000;
/// Learns one thing per column: {"columns": {name: learn(column), …}}. "cleaning.too_many_categories" {column, most}.
Result<nlohmann::json> learnCategoryColumns(const CleanTable& input, TrainingRows training, const std::vector<std::string>& names, const StepContext& context,
                                            const std::function<nlohmann::json(const std::vector<CountedWord>& words)>& learn);

/// Number of each of the column's words in a list of known ones, -1: unknown.
std::vector<std::int32_t> placesOf(const std::vector<std::string>& words, const std::vector<std::string>& known);

/// Replaces columns by the columns made of them, in their place; the names of new columns are made free.
Result<CleanTable> replaceColumns(const CleanTable& input, const std::map<std::size_t, std::vector<TableColumn>>& made, bool keepOriginal);

}  // namespace lamina
