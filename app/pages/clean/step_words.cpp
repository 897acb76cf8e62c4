#include "app/pages/clean/step_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <limits>
#include <utility>

#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/properties/property_row.h"

namespace lamina {
namespace {

class CleanWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::CleanWords)
};

struct StepCategory {
    const char *id, *title;
};
const StepCategory stepCategoryList[] = {{"missing", QT_TRANSLATE_NOOP("lamina::CleanWords", "Missing values")},
                                         {"columns", QT_TRANSLATE_NOOP("lamina::CleanWords", "Columns")},
                                         {"text", QT_TRANSLATE_NOOP("lamina::CleanWords", "Text")},
                                         {"values", QT_TRANSLATE_NOOP("lamina::CleanWords", "Values")},
                                         {"rows", QT_TRANSLATE_NOOP("lamina::CleanWords", "Rows")},
                                         {"numbers", QT_TRANSLATE_NOOP("lamina::CleanWords", "Numbers")},
                                         {"categories", QT_TRANSLATE_NOOP("lamina::CleanWords", "Categories")},
                                         {"dates", QT_TRANSLATE_NOOP("lamina::CleanWords", "Dates and times")},
                                         {"tables", QT_TRANSLATE_NOOP("lamina::CleanWords", "Several tables")},
                                         {"privacy", QT_TRANSLATE_NOOP("lamina::CleanWords", "Privacy")}};

QString stepText(const CleaningStepType& type, const std::string& part, const std::string& otherwise) {
    return messageText("cleaning." + type.id + part, QString::fromStdString(otherwise));
}

QString quoted(const std::string& text) { return CleanWords::tr("“%1”").arg(QString::fromStdString(text).left(40)); }

/// A few texts of many.
QString someOf(const std::vector<std::string>& texts) {
    constexpr std::size_t most = 3;
    QStringList words;
    for (std::size_t i = 0; i < std::min(most, texts.size()); ++i) words << QString::fromStdString(texts[i]).left(40);
    if (texts.size() > most) words << CleanWords::tr("%n more", nullptr, static_cast<int>(texts.size() - most));
    return words.join(QStringLiteral(", "));
}

/// What a setting says in a line; empty where it says nothing.
QString settingWords(const CleaningStepType& type, const Property& property, const PropertyValue& value) {
    if (const auto* on = std::get_if<bool>(&value)) return *on ? settingTitle(type, property) : QString();
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        if (property.limits.choices.empty()) return someOf(*texts);
        std::vector<std::string> titles;
        for (const std::string& text : *texts) titles.push_back(settingChoice(type, property, text).toStdString());
        return someOf(titles);
    }
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (text->empty()) return {};
        if (!property.limits.choices.empty()) return settingChoice(type, property, *text);
        if (namesColumns(property) || property.limits.meaning == "expression") return QString::fromStdString(*text);
        return CleanWords::tr("%1 %2").arg(settingTitle(type, property), quoted(*text));
    }
    return CleanWords::tr("%1 %2").arg(settingTitle(type, property), valueText(value));
}

QString countText(std::int64_t count) { return QLocale().toString(static_cast<qlonglong>(count)); }

}  // namespace

bool namesColumns(const Property& property) { return property.limits.meaning == "column" || property.limits.meaning == "ordered_column"; }

QString settingTitle(const CleaningStepType& type, const Property& property) { return stepText(type, "." + property.id + ".title", property.title); }

QString settingHelp(const CleaningStepType& type, const Property& property) { return stepText(type, "." + property.id + ".help", property.help); }

QString settingChoice(const CleaningStepType& type, const Property& property, const std::string& choice) {
    const QString shared = messageText("choice." + choice, QString::fromStdString(choice));
    return messageText("cleaning." + type.id + "." + property.id + ".choice." + choice, shared);
}

QString stepTitle(const CleaningStepType& type) { return stepText(type, ".title", type.title); }

QString stepTitle(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    return type ? stepTitle(*type) : QString::fromStdString(step.type);
}

QString stepSummary(const CleaningStepType& type) { return stepText(type, ".summary", type.summary); }

QString stepCategory(const std::string& category) {
    for (const StepCategory& one : stepCategoryList)
        if (category == one.id) return QCoreApplication::translate("lamina::CleanWords", one.title);
    return QString::fromStdString(category);
}

std::vector<std::string> stepCategories() {
    std::vector<std::string> ids;
    for (const StepCategory& one : stepCategoryList) ids.emplace_back(one.id);
    for (const CleaningStepType* type : cleaningStepCatalogue())
        if (std::find(ids.begin(), ids.end(), type->category) == ids.end()) ids.push_back(type->category);
    return ids;
}

QString stepSearchWords(const CleaningStepType& type) {
    QStringList words{QString::fromStdString(type.id).replace(u'_', u' '), QString::fromStdString(type.title)};
    for (const Language language : {Language::English, Language::Chinese})
        for (const char* part : {".title", ".summary", ".words"}) words << QString::fromStdString(textOr("cleaning." + type.id + part, language, {}));
    for (const std::string& word : type.searchWords) words << QString::fromStdString(word);
    return words.join(u'\n').toLower();
}

QString stepColumnsLine(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    QStringList columns;
    for (std::size_t i = 0; type && i < type->properties.size(); ++i)
        if (const Property& property = type->properties[i]; namesColumns(property))
            if (const QString words = settingWords(*type, property, property.get(stepSettings(*type, step))); !words.isEmpty()) columns << words;
    return columns.join(QStringLiteral(" · "));
}

QString stepLine(const RecipeStep& step) {
    const CleaningStepType* type = findCleaningStep(step.type);
    if (!type) return {};
    const std::any settings = stepSettings(*type, step);
    const QString columns = stepColumnsLine(step);
    QStringList others;
    bool firstChoice = true;  // says how; those behind it only where somebody set them
    for (const Property& property : type->properties) {
        const PropertyValue value = property.get(settings);
        const bool how = !property.limits.choices.empty() && std::exchange(firstChoice, false);
        if (namesColumns(property) || (!how && value == property.get(type->defaults))) continue;
        const QString words = settingWords(*type, property, value);
        const bool bare = columns.isEmpty() && !property.limits.choices.empty() && !words.isEmpty();
        if (!words.isEmpty()) others << (bare ? CleanWords::tr("%1: %2").arg(settingTitle(*type, property), words) : words);
    }
    others = others.mid(0, 4);
    if (!columns.isEmpty()) others.prepend(columns);
    return others.join(QStringLiteral(" · "));
}

QString reportWords(const RecipeStep& step, const StepReport& report) {
    QStringList words;
    const auto number = [](std::int64_t count) { return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max())); };
    if (report.changedCells > 0) words << CleanWords::tr("%1 cell(s) changed", nullptr, number(report.changedCells)).arg(countText(report.changedCells));
    if (report.removedRows > 0) words << CleanWords::tr("%1 row(s) removed", nullptr, number(report.removedRows)).arg(countText(report.removedRows));
    // A join refuses rows that the other table does not have: nothing is unreadable.
    const QString refused = step.type == "join" ? CleanWords::tr("%1 not found") : CleanWords::tr("%1 not read");
    if (report.refusedCount > 0) words << refused.arg(countText(report.refusedCount));
    return words.join(QStringLiteral(" · "));
}

std::any stepSettings(const CleaningStepType& type, const RecipeStep& step) {
    std::any settings = type.defaults;
    if (propertiesFromJson(type.properties, step.settings, settings)) return settings;
    return type.defaults;
}

}  // namespace lamina
