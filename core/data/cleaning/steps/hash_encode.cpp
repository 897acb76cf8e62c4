// Categories spread over a fixed number of columns by a hash: for columns with very many categories.
#include "core/data/cleaning/steps/category_tools.h"

namespace lamina {
namespace {

struct HashEncode {
    std::vector<std::string> columns;
    std::int64_t buckets = 16;
};

/// FNV-1a, mixed: the same on every machine, since a model depends on it.
std::uint64_t wordHash(std::string_view word) {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return mixedHash(hash, word.size());
}

Result<CleanTable> applyHashEncode(const CleanTable& input, const HashEncode& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    LAMINA_TRY(const auto chosen, categoryColumns(input.table, settings.columns, context.predicting));
    std::map<std::size_t, std::vector<TableColumn>> made;
    for (const std::size_t column : chosen) {
        const TableColumn& source = input.table.column(column);
        const WordColumn words = wordsOf(source);
        std::vector<std::uint64_t> hashes;
        for (const auto& word : words.words) hashes.push_back(wordHash(word));
        std::vector<TableColumn>& columns = made[column];
        columns.resize(static_cast<std::size_t>(settings.buckets));
        LAMINA_CHECK(forPieces(columns.size(), context, [&](std::size_t bucket) {
            ColumnDraft draft(ColumnKind::Number, input.table.rows());
            for (std::int64_t row = 0; row < input.table.rows(); ++row) {
                const std::int32_t code = words.codes[static_cast<std::size_t>(row)];
                const std::uint64_t hash = code < 0 ? 0 : hashes[static_cast<std::size_t>(code)];
                const bool here = code >= 0 && (hash >> 1) % columns.size() == bucket;
                draft.number(row, here ? (hash & 1 ? 1.0 : -1.0) : 0.0);
            }
            const std::string name = source.info.name + " #" + std::to_string(bucket + 1);
            columns[bucket] = draft.finish(newColumnId(input, context, name), name, "");
        }));
        report.changedCells += rowsThere(input);
    }
    return replaceColumns(input, made, false);
}

}  // namespace

const CleaningStepType& hash_encode_step() {
    static const CleaningStepType type = CleaningStepDescriptor<HashEncode, applyHashEncode>{
        .id = "hash_encode",
        .title = "Hash categories",
        .category = "categories",
        .summary = "Spreads categories over a fixed number of columns, each as 1 or -1 in one of them; new categories need no new columns.",
        .searchWords = {"hashing", "trick", "buckets"},
        .properties = {property("columns", &HashEncode::columns, "Columns", "The columns of categories.", {.meaning = "column"}),
                       property("buckets", &HashEncode::buckets, "New columns", "How many columns are made of each; the fewer, the more categories share one.",
                                {.minimum = 2, .maximum = 1000})}};
    return type;
}

}  // namespace lamina
