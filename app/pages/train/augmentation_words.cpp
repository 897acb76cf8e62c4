#include "app/pages/train/augmentation_words.h"

#include <QCoreApplication>
#include <QLocale>

#include <nlohmann/json.hpp>

#include "app/workspace/language.h"

namespace lamina {
namespace {

class AugmentationWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::AugmentationWords)
};

constexpr const char* howOften = "probability";

std::string augmentationPrefix(const AugmentationType& type) { return "augmentation." + type.id + "."; }

std::any augmentationSettings(const AugmentationType& type, const nlohmann::json& json) {
    std::any settings = type.defaults;
    if (!propertiesFromJson(type.properties, json, settings)) settings = type.defaults;
    return settings;
}

QString propertyTitle(const AugmentationType& type, const Property& property) {
    return messageText(augmentationPrefix(type) + property.id + ".title", QString::fromStdString(property.title));
}

QString choiceTitle(const AugmentationType& type, const Property& property, const std::string& choice) {
    return messageText(augmentationPrefix(type) + property.id + ".choice." + choice, messageText("choice." + choice, QString::fromStdString(choice)));
}

PropertyRow probabilityRow(const AugmentationStep& step) {
    PropertyRow row;
    row.id = QLatin1String(howOften);
    row.title = AugmentationWords::tr("How often");
    row.help = AugmentationWords::tr("The share of the items that are changed by it: 1 is every one, 0.3 three in ten.");
    row.kind = PropertyRow::Kind::Number;
    row.value = step.probability;
    row.standard = 1.0;
    row.limits.minimum = 0;
    row.limits.maximum = 1;
    return row;
}

}  // namespace

QString augmentationTitle(const AugmentationType& type) { return messageText(augmentationPrefix(type) + "title", QString::fromStdString(type.title)); }

QString augmentationSummary(const AugmentationType& type) { return messageText(augmentationPrefix(type) + "summary", QString::fromStdString(type.summary)); }

QString augmentationsText(const std::vector<AugmentationStep>& steps) {
    QStringList titles;
    for (const AugmentationStep& step : steps) {
        const AugmentationType* type = findAugmentation(step.type);
        titles << (type ? augmentationTitle(*type) : QString::fromStdString(step.type));
    }
    return titles.isEmpty() ? AugmentationWords::tr("None") : titles.join(AugmentationWords::tr(", ", "between the items of a list"));
}

QString augmentationsDetails(const std::vector<AugmentationStep>& steps) {
    QStringList lines;
    for (const AugmentationStep& step : steps) {
        const AugmentationType* type = findAugmentation(step.type);
        if (!type) continue;
        const std::any settings = augmentationSettings(*type, step.settings);
        QStringList words;
        for (const Property& property : type->properties) {
            const PropertyValue value = property.get(settings);
            const auto* choice = std::get_if<std::string>(&value);
            words << AugmentationWords::tr("%1 %2").arg(propertyTitle(*type, property), choice ? choiceTitle(*type, property, *choice) : valueText(value));
        }
        if (step.probability < 1) words << AugmentationWords::tr("in %1 % of the items").arg(QLocale().toString(100 * step.probability, 'g', 3));
        lines << AugmentationWords::tr("%1: %2").arg(augmentationTitle(*type), words.join(AugmentationWords::tr(", ", "between the items of a list")));
    }
    return lines.join(u'\n');
}

std::vector<PropertyRow> augmentationRows(const AugmentationStep& step) {
    std::vector<PropertyRow> rows{probabilityRow(step)};
    const AugmentationType* type = findAugmentation(step.type);
    if (!type) return rows;
    const std::any settings = augmentationSettings(*type, step.settings);
    for (const Property& property : type->properties) {
        PropertyRow row = propertyRow(property, propertyTitle(*type, property),
                                      messageText(augmentationPrefix(*type) + property.id + ".help", QString::fromStdString(property.help)),
                                      property.get(settings), property.get(type->defaults));
        for (const std::string& choice : property.limits.choices) row.choiceTitles.append(choiceTitle(*type, property, choice));
        rows.push_back(std::move(row));
    }
    return rows;
}

void setAugmentationValue(AugmentationStep& step, const std::string& id, const PropertyValue& value) {
    if (id == howOften) {
        if (const auto* number = std::get_if<double>(&value)) step.probability = *number;
        return;
    }
    const AugmentationType* type = findAugmentation(step.type);
    if (!type) return;
    std::any settings = augmentationSettings(*type, step.settings);
    for (const Property& property : type->properties)
        if (property.id == id && property.check(value)) property.set(settings, value);
    step.settings = propertiesToJson(type->properties, settings);
}

}  // namespace lamina
