// A column computed by an expression.
#include <algorithm>

#include "core/data/cleaning/steps/expression_step.h"

namespace lamina {
namespace {

struct FormulaColumn {
    std::string formula;
    std::string name = "formula";
    bool replace = false;
    bool category = true;
};

bool anyMissing(const std::vector<ColumnView>& columns, std::int64_t row) {
    return std::any_of(columns.begin(), columns.end(), [row](const ColumnView& column) { return column.isMissing(row); });
}

/// "age = 12, name = Ann"
std::string usedCells(const Table& table, const std::vector<std::size_t>& columns, std::int64_t row) {
    std::string text;
    for (const std::size_t column : columns) text += (text.empty() ? "" : ", ") + table.info(column).name + " = " + table.cellText(row, column);
    return text;
}

/// Rows where all that the formula uses is there, but nothing came out. A formula that says `missing` itself means it.
Result<void> reportFailures(const CleanTable& input, const Expression& formula, const TableColumn& made, const StepContext& context, StepReport& report) {
    SliceNotes notes(input);
    LAMINA_TRY(const auto used, stepColumns(input.table, formula.names()));
    std::vector<ColumnView> views;
    for (const std::size_t column : used) views.push_back(input.table.view(column));
    if (formula.names().empty() || formula.text().find("missing") != std::string::npos) return {};
    LAMINA_CHECK(forRowSlices(input.table.rows(), context, [&](const RowSlice& slice) {
        for (std::int64_t row = slice.first; row < slice.last; ++row)
            if (made.view.isMissing(row) && !anyMissing(views, row)) notes.refused(slice, row, usedCells(input.table, used, row));
    }));
    notes.addTo(report, made.info.name);
    return {};
}

Result<CleanTable> applyFormulaColumn(const CleanTable& input, const FormulaColumn& settings, const nlohmann::json&, const StepContext& context, StepReport& report) {
    LAMINA_TRY(const auto formula, Expression::parse(settings.formula));
    if (isPassedOver(formula, input.table, context, report)) return input;
    std::optional<std::size_t> place;
    if (const auto found = input.table.find(settings.name); found && settings.replace) place = *found;
    LAMINA_CHECK(checkNewName(input.table, settings.name, place));
    LAMINA_TRY(auto made, evaluateColumn(formula, input.table, settings.name, {context.threads, context.cancel}));
    made.info.id = place ? input.table.info(*place).id : newColumnId(input, context, settings.name);
    if (place) made.info.role = input.table.info(*place).role;
    LAMINA_CHECK(reportFailures(input, formula, made, context, report));
    if (made.info.kind == ColumnKind::Text && settings.category) {
        const auto textOf = [&](std::int64_t row, std::string&) {
            return made.view.isMissing(row) ? std::nullopt : std::optional(made.view.text(row));
        };
        const std::string role = made.info.role;
        LAMINA_TRY(made, categorise(input, context, textOf, made.info.id, settings.name));
        made.info.role = role;
    }
    report.changedCells += rowsThere(input);
    auto columns = columnsOf(input.table);
    if (place) columns[*place] = std::move(made);
    else columns.push_back(std::move(made));
    return withColumns(input, std::move(columns));
}

}  // namespace

const CleaningStepType& formula_step() {
    static const CleaningStepType type = CleaningStepDescriptor<FormulaColumn, applyFormulaColumn>{
        .id = "formula",
        .title = "Formula",
        .category = "columns",
        .summary = "Computes a column from the others in its row.",
        .searchWords = {"compute", "calculate", "expression", "derive"},
        .properties = {property("formula", &FormulaColumn::formula, "Formula", "What stands in each row, such as: price * 1.19, or: if(age < 18, 'child', 'adult').", {.meaning = "expression"}),
                       property("name", &FormulaColumn::name, "Name", "What the column is called."),
                       property("replace", &FormulaColumn::replace, "Replace", "A column of this name is replaced; it may stand in the formula."),
                       property("category", &FormulaColumn::category, "Texts are categories", "Texts become categories, which a model can read; else plain text.")}};
    return type;
}

}  // namespace lamina
