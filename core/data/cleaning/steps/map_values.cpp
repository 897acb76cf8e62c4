// Values by a list: what stands there → what shall stand there.
#include <bit>
#include <unordered_map>

#include "core/data/cleaning/step_tools.h"
#include "core/data/cleaning/typed_text.h"

namespace lamina {
namespace {

struct MapValues {
    std::vector<std::string> columns;
    std::vector<std::string> from;
    std::vector<std::string> to;
    std::string others = "keep";
    std::string other;
};

TextChange become(const std::string& value, std::string_view before, std::string& out) {
    if (value.empty()) return TextChange::Missing;
    if (value == before) return TextChange::Same;
    out = value;
    return TextChange::Changed;
}

TextFunction textMapper(const MapValues& settings) {
    std::unordered_map<std::string, std::string> targets;
    for (std::size_t i = 0; i < settings.from.size(); ++i) targets.emplace(settings.from[i], settings.to[i]);
    return [&settings, targets = std::move(targets), key = std::string()](std::string_view text, std::string& out) mutable {
        key.assign(text);
        if (const auto target = targets.find(key); target != targets.end()) return become(target->second, text, out);
        if (settings.others == "missing") return TextChange::Missing;
        return settings.others == "replace" ? become(settings.other, text, out) : TextChange::Same;
    };
}

/// The list as values of the column's kind; nothing: missing.
struct TypedMap {
    std::unordered_map<std::int64_t, std::optional<CellValue>> targets;
    std::optional<CellValue> other;
};

std::int64_t keyOfValue(const CellValue& value, ColumnKind kind) {
    return kind == ColumnKind::Number ? std::bit_cast<std::int64_t>(value.number + 0.0) : value.integer;
}

Result<std::optional<CellValue>> typedTarget(const std::string& text, const TableColumn& column) {
    CellValue value;
    if (text.empty()) return std::optional<CellValue>();
    if (!readCell(text, column.view.kind, value))
        return fail("cleaning.bad_value", {{"column", column.info.name}, {"value", text}, {"kind", columnKindName(column.view.kind)}});
    return std::optional(value);
}

Result<TypedMap> typedMap(const MapValues& settings, const TableColumn& column) {
    TypedMap map;
    for (std::size_t i = 0; i < settings.from.size(); ++i) {
        LAMINA_TRY(const auto from, typedTarget(settings.from[i], column));
        LAMINA_TRY(const auto to, typedTarget(settings.to[i], column));
        if (from) map.targets.emplace(keyOfValue(*from, column.view.kind), to);
    }
    LAMINA_TRY(map.other, typedTarget(settings.other, column));
    return map;
}

Result<TableColumn> mapTyped(const CleanTable& input, const TableColumn& source, const MapValues& settings, const StepContext& context,
                             StepReport& report) {
    LAMINA_TRY(const TypedMap map, typedMap(settings, source));
    ColumnDraft draft(source.view.kind, source.view.rows);
    SliceNotes notes(input);
    LAMINA_CHECK(forRowSlices(source.view.rows, context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row) {
            if (source.view.isMissing(row)) {
                draft.missing(row);
                continue;
            }
            const CellValue before = cellOf(source.view, row);
            const auto found = map.targets.find(keyOfValue(before, source.view.kind));
            std::optional<CellValue> after = before;
            if (found != map.targets.end()) after = found->second;
            else if (settings.others != "keep") after = settings.others == "replace" ? map.other : std::nullopt;
            after ? putCell(draft, row, *after) : draft.missing(row);
            if (!after || keyOfValue(*after, source.view.kind) != keyOfValue(before, source.view.kind)) notes.changed(slice, row);
        }
    }));
    notes.addTo(report, source.info.name);
    return draft.finish(source.info.id, source.info.name, source.info.role);
}

Result<CleanTable> applyMapValues(const CleanTable& input, const MapValues& settings, const nlohmann::json&, const StepContext& context,
                                  StepReport& report) {
    if (settings.columns.empty()) return fail("cleaning.no_column_chosen");
    if (settings.from.size() != settings.to.size())
        return fail("cleaning.lists_differ", {{"first", std::to_string(settings.from.size())}, {"second", std::to_string(settings.to.size())}});
    LAMINA_TRY(const auto chosen,
               stepColumns(input.table, settings.columns,
                           {ColumnKind::Text, ColumnKind::Category, ColumnKind::Number, ColumnKind::Integer, ColumnKind::Boolean, ColumnKind::Time},
                           context.predicting));
    auto columns = columnsOf(input.table);
    for (const std::size_t column : chosen) {
        const ColumnKind kind = columns[column].view.kind;
        if (kind == ColumnKind::Text || kind == ColumnKind::Category) {
            LAMINA_TRY(columns[column], changeTexts(
                                            input, column, context, [&] { return textMapper(settings); }, report));
        } else {
            LAMINA_TRY(columns[column], mapTyped(input, columns[column], settings, context, report));
        }
    }
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& map_values_step() {
    static const CleaningStepType type = CleaningStepDescriptor<MapValues, applyMapValues>{
        .id = "map_values",
        .title = "Replace values",
        .category = "values",
        .summary = "Replaces whole values by others, value by value; also for spellings that mean the same.",
        .searchWords = {"recode", "misspelling", "cluster", "dictionary"},
        .properties = {property("columns", &MapValues::columns, "Columns", "The columns whose values to replace.", {.meaning = "column"}),
                       property("from", &MapValues::from, "Values", "The values that stand there now.", {.meaning = "values"}),
                       property("to", &MapValues::to, "New values", "What each becomes, in the same order; empty: missing."),
                       property("others", &MapValues::others, "All other values", "What becomes of values that are not in the list.",
                                {.choices = {"keep", "missing", "replace"}}),
                       property("other", &MapValues::other, "Replacement for others", "What the other values become, where they are replaced.")}};
    return type;
}

}  // namespace lamina
