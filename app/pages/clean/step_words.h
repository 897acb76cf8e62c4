// Cleaning steps in the words of the language in use. GUI thread.
#pragma once

#include <QString>

#include <vector>

#include "core/data/cleaning/recipe.h"

namespace lamina {

QString stepTitle(const CleaningStepType& type);
/// What the recipe's step is called; its id where there is no such type.
QString stepTitle(const RecipeStep& step);
QString stepSummary(const CleaningStepType& type);
QString stepCategory(const std::string& category);
/// In the order of menus, those that no step has left out.
std::vector<std::string> stepCategories();
/// Title, summary and other words in both languages, lower case: what a search looks into.
QString stepSearchWords(const CleaningStepType& type);

/// The step's settings in one line: columns first, then what is not as by default; a choice that no column stands beside with its title ("Method: Mean").
QString stepLine(const RecipeStep& step);
/// The columns that it names alone: what is left to say where an error says the rest.
QString stepColumnsLine(const RecipeStep& step);
/// "120 cells changed · 3 rows removed · 2 cells not readable"; empty where it did nothing.
QString reportWords(const RecipeStep& step, const StepReport& report);

/// The settings as they are, defaults filled in; the defaults where they cannot be read.
std::any stepSettings(const CleaningStepType& type, const RecipeStep& step);
/// Is it the name of a column of the table that the step gets, or a list of such?
bool namesColumns(const Property& property);
QString settingTitle(const CleaningStepType& type, const Property& property);
QString settingHelp(const CleaningStepType& type, const Property& property);
QString settingChoice(const CleaningStepType& type, const Property& property, const std::string& choice);

}  // namespace lamina
