// The settings of a cleaning step as rows of the property panel: whatever names a column is chosen from those that are there. GUI thread, unless said.
#pragma once

#include <QStringList>

#include <optional>
#include <string>
#include <vector>

#include "core/data/cleaning/recipe.h"
#include "widgets/properties/property_row.h"

namespace lamina {

/// Another table of the project, that a step looks things up in.
struct OtherTable {
    struct Column {
        std::string name;
        ColumnKind kind = ColumnKind::Number;
    };
    std::string name;
    std::vector<Column> columns;
    std::optional<Error> error;  ///< why its columns are not known

    const Column* find(const std::string& column) const;
    QStringList names() const;
};

/// Its columns, as `other` of a step. Any thread.
OtherTable otherTableOf(const std::string& name, const Table& table);
/// The name of the table that the step looks things up in; empty: in none. Any thread.
std::string otherTableName(const RecipeStep& step);

/// What a step can choose from.
struct StepSurroundings {
    Table input;                      ///< what the step gets, or what is next to it
    bool known = false;               ///< `input` is what it gets; else nothing is said to be wrong
    QStringList datasets;             ///< names of the project's other tables
    std::optional<OtherTable> other;  ///< the one that the step names, once it was read
};

std::vector<PropertyRow> stepRows(const RecipeStep& step, const StepSurroundings& around);
/// Somebody has given the row with this id the value.
void changeStepSetting(RecipeStep& step, const QString& row, const PropertyValue& value, const std::optional<OtherTable>& other);

/// One name out of a list, or none; one that is not there (any more) can still be seen.
void chooseFrom(PropertyRow& row, const QStringList& names);

}  // namespace lamina
