#include "app/pages/clean/step_rows.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/pages/clean/key_rows.h"
#include "app/pages/clean/step_words.h"
#include "app/workspace/workspace.h"
#include "core/data/expression/expression.h"

namespace lamina {
namespace {

class StepRowWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::StepRowWords)
};

QStringList columnNames(const Table& table) {
    QStringList names;
    for (std::size_t column = 0; column < table.columnCount(); ++column) names << QString::fromStdString(table.info(column).name);
    return names;
}

/// Why it cannot be computed from this table; empty: it can, or nothing was typed.
QString expressionProblem(const std::string& text, const Table& input) {
    if (text.find_first_not_of(' ') == std::string::npos) return {};
    const auto expression = Expression::parse(text);
    if (!expression) return Workspace::words(expression.error());
    const auto type = expression->check(input);
    return type ? QString() : Workspace::words(type.error());
}

QStringList chosenIn(const PropertyRow& row) {
    QStringList names;
    if (const auto* one = std::get_if<std::string>(&row.value); one && !one->empty()) names << QString::fromStdString(*one);
    if (const auto* many = std::get_if<std::vector<std::string>>(&row.value))
        for (const std::string& name : *many) names << QString::fromStdString(name);
    return names;
}

QString firstNotIn(const QStringList& names, const PropertyRow& row) {
    for (const QString& name : chosenIn(row))
        if (!names.contains(name)) return name;
    return {};
}

void offerColumns(PropertyRow& row, const StepSurroundings& around) {
    const QStringList names = columnNames(around.input);
    if (around.known)
        if (const QString lost = firstNotIn(names, row); !lost.isEmpty())
            row.problem = StepRowWords::tr("There is no column “%1” at this place of the recipe. Choose another.").arg(lost);
    if (row.kind == PropertyRow::Kind::Texts) row.offers = names;
    else chooseFrom(row, names);
}

void offerOtherColumns(PropertyRow& row, const OtherTable& other) {
    row.offers = other.names();
    if (const QString lost = firstNotIn(row.offers, row); !lost.isEmpty())
        row.problem = StepRowWords::tr("The table “%1” has no column “%2”. Choose another.").arg(QString::fromStdString(other.name), lost);
}

void offerTables(PropertyRow& row, const StepSurroundings& around) {
    const std::string name = std::get<std::string>(row.value);
    chooseFrom(row, around.datasets);
    if (around.datasets.isEmpty()) row.problem = StepRowWords::tr("The project has no other table. Bring one on the Data page.");
    else if (!name.empty() && !around.datasets.contains(QString::fromStdString(name)))
        row.problem = StepRowWords::tr("The project has no table “%1”. Choose another.").arg(QString::fromStdString(name));
    else if (around.other && around.other->error) row.problem = Workspace::words(*around.other->error);
}

bool looksElsewhere(const CleaningStepType& type) {
    return std::any_of(type.properties.begin(), type.properties.end(), [](const Property& property) { return property.limits.meaning == "table"; });
}

/// One of the settings that are about the other table: shown once that was read.
void addOtherRow(std::vector<PropertyRow>& rows, PropertyRow row, const std::any& settings, const CleaningStepType& type, const StepSurroundings& around) {
    const auto textsOf = [&](const char* id) {
        for (const Property& property : type.properties)
            if (property.id == id) return std::get<std::vector<std::string>>(property.get(settings));
        return std::vector<std::string>();
    };
    if (row.id == "keys") {
        const auto keys = keyRows(textsOf("keys"), textsOf("other_keys"), around);
        rows.insert(rows.end(), keys.begin(), keys.end());
    } else if (row.id != "other_keys") {
        offerOtherColumns(row, *around.other);
        rows.push_back(std::move(row));
    }
}

}  // namespace

const OtherTable::Column* OtherTable::find(const std::string& column) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == column; });
    return found == columns.end() ? nullptr : &*found;
}

QStringList OtherTable::names() const {
    QStringList all;
    for (const Column& column : columns) all << QString::fromStdString(column.name);
    return all;
}

OtherTable otherTableOf(const std::string& name, const Table& table) {
    OtherTable other{name, {}, {}};
    for (std::size_t i = 0; i < table.columnCount(); ++i) other.columns.push_back({table.info(i).name, table.info(i).kind});
    return other;
}

std::string otherTableName(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    if (!type) return {};
    for (const Property& property : type->properties)
        if (property.limits.meaning == "table") return std::get<std::string>(property.get(stepSettings(*type, step)));
    return {};
}

void chooseFrom(PropertyRow& row, const QStringList& names) {
    row.kind = PropertyRow::Kind::Choice;
    row.limits.choices = {""};
    row.choiceTitles = {StepRowWords::tr("(none)")};
    for (const QString& name : names) {
        row.limits.choices.push_back(name.toStdString());
        row.choiceTitles << name;
    }
    const std::string& now = std::get<std::string>(row.value);
    if (std::find(row.limits.choices.begin(), row.limits.choices.end(), now) != row.limits.choices.end()) return;
    row.limits.choices.push_back(now);
    row.choiceTitles << StepRowWords::tr("%1 (not there)").arg(QString::fromStdString(now));
}

std::vector<PropertyRow> stepRows(const RecipeStep& step, const StepSurroundings& around) {
    std::vector<PropertyRow> rows;
    const CleaningStepType* type = findCleaningStep(step.type);
    if (!type) return rows;
    const std::any settings = stepSettings(*type, step);
    const bool elsewhere = looksElsewhere(*type);
    const bool otherKnown = around.other && !around.other->error && around.other->name == otherTableName(step);
    for (const Property& property : type->properties) {
        PropertyRow row = propertyRow(property, settingTitle(*type, property), settingHelp(*type, property), property.get(settings),
                                      property.get(type->defaults));
        for (const std::string& choice : property.limits.choices) row.choiceTitles << settingChoice(*type, property, choice);
        const std::string& meaning = property.limits.meaning;
        if (elsewhere && (property.id == "keys" || meaning == "other_column")) {
            if (otherKnown) addOtherRow(rows, std::move(row), settings, *type, around);
            continue;
        }
        row.ordered = meaning == "ordered_column";
        if (row.kind == PropertyRow::Kind::Texts)
            for (const std::string& choice : property.limits.choices) row.offers << QString::fromStdString(choice);
        // Of single cells the lists stand side by side, and a column is named more than once.
        const bool sideBySide = type->id == "edit_cells";
        if (namesColumns(property) && !(sideBySide && row.kind == PropertyRow::Kind::Texts)) offerColumns(row, around);
        if (row.kind == PropertyRow::Kind::Text && meaning == "expression") {
            row.offers = columnNames(around.input);
            row.refuse = [input = around.input](const PropertyValue& value) { return expressionProblem(std::get<std::string>(value), input); };
        }
        if (meaning == "table") offerTables(row, around);
        rows.push_back(std::move(row));
    }
    return rows;
}

void changeStepSetting(RecipeStep& step, const QString& row, const PropertyValue& value, const std::optional<OtherTable>& other) {
    if (const auto* column = std::get_if<std::string>(&value); column && changeKeys(step, row, *column, other)) return;
    step.settings[row.toStdString()] = std::visit([](const auto& v) { return nlohmann::json(v); }, value);
}

}  // namespace lamina
