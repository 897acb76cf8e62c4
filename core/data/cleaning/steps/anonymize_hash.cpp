// Names and numbers of people replaced by keyed hashes: the same value gives the same hash, and nobody without the key can tell which it was.
#include "core/data/cleaning/kept_key.h"
#include "core/data/cleaning/steps/privacy.h"

namespace lamina {
namespace {

struct AnonymizeHash {
    std::vector<std::string> columns;
    std::string key;
    std::int64_t length = 16;
};

/// Numbers, booleans and times, by what a person reads.
Result<TableColumn> hashedCells(const CleanTable& input, const TableColumn& source, const AnonymizeHash& settings, const StepContext& context, StepReport& report) {
    ColumnDraft draft(ColumnKind::Text, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        const CellReader reader(source);
        std::string buffer;
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (reader.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            draft.text(row, hmacSha256(settings.key, reader.text(row, buffer)).substr(0, static_cast<std::size_t>(settings.length)));
            notes.changed(slice, row);
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyAnonymizeHash(const CleanTable& input, const AnonymizeHash& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (settings.key.empty()) return fail("cleaning.no_key");
    if (isKeptKey(settings.key)) return fail("cleaning.key_missing");
    LAMINA_TRY(const auto chosen, stepColumns(input.table, settings.columns,
                                              {ColumnKind::Text, ColumnKind::Category, ColumnKind::Integer, ColumnKind::Number, ColumnKind::Boolean, ColumnKind::Time},
                                              context.predicting));
    const auto makeHash = [&settings]() -> TextFunction {
        return [&settings](std::string_view text, std::string& out) {
            out = hmacSha256(settings.key, text).substr(0, static_cast<std::size_t>(settings.length));
            return TextChange::Changed;
        };
    };
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const TableColumn source = input.table.column(column);
        const bool texts = source.view.kind == ColumnKind::Text || source.view.kind == ColumnKind::Category;
        LAMINA_TRY(columns[column], texts ? changeTexts(input, column, context, makeHash, report) : hashedCells(input, source, settings, context, report));
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& anonymize_hash_step() {
    static const CleaningStepType type = CleaningStepDescriptor<AnonymizeHash, applyAnonymizeHash>{
        .id = "anonymize_hash",
        .title = "Replace by keyed hashes",
        .category = "privacy",
        .summary = "Replaces values by codes that nobody can trace back without the key; the same value always gives the same code.",
        .searchWords = {"anonymise", "pseudonymise", "hmac", "sha256", "privacy", "gdpr"},
        .properties = {property("columns", &AnonymizeHash::columns, "Columns", "The columns with names, numbers or addresses of people.", {.meaning = "column"}),
                       property("key", &AnonymizeHash::key, "Key", "A long secret of your own; whoever has it can try out names. It is kept in this project alone, in no recipe that is handed on and in no report.", {.meaning = "secret"}),
                       property("length", &AnonymizeHash::length, "Length", "How many characters a code has, four bits each; with few of them different values may get the same code.",
                                {.minimum = 4, .maximum = 64})}};
    return type;
}

}  // namespace lamina
