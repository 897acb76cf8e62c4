#include "app/pages/data/importer_rows.h"

#include <QCoreApplication>

#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "core/data/importers/csv_delimiter.h"

namespace lamina {
namespace {

/// The words of settings are ids; people read this.
struct ChoiceWord {
    const char *setting, *choice;  ///< setting empty: any
    const char* word;
};
const ChoiceWord choiceWordList[] = {{"fit", "pad", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Whole, with borders")},
                                     {"fit", "crop", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Cut at the sides")},
                                     {"fit", "stretch", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Stretched")},
                                     {"decimal", ".", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Point 3.5")},
                                     {"decimal", ",", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Comma 3,5")},
                                     {"header", "yes", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Yes, one")},
                                     {"header", "2", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Yes, two")},
                                     {"header", "3", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Yes, three")},
                                     {"delimiter", "#", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Hash #")},
                                     {"delimiter", "&", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Ampersand &")},
                                     {"", "::", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Two colons ::")},
                                     {"", "||", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Two bars ||")},
                                     {"", "\\x01", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Control character 01 (Hive)")},
                                     {"", "\\x1F", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Control character 1F")},
                                     {"", "auto", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Found by itself")},
                                     {"", ",", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Comma ,")},
                                     {"", ";", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Semicolon ;")},
                                     {"", "|", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Bar |")},
                                     {"", "tab", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Tab")},
                                     {"", "yes", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Yes")},
                                     {"", "no", QT_TRANSLATE_NOOP("lamina::ImporterRows", "No")},
                                     {"", "none", QT_TRANSLATE_NOOP("lamina::ImporterRows", "None")},
                                     {"", "error", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Refuse the file")},
                                     {"", "pad", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Fill or cut them")},
                                     {"", "skip", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Leave them out")},
                                     {"", "grey", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Grey")},
                                     {"", "rgb", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Colours")},
                                     {"", "utf8", QT_TRANSLATE_NOOP("lamina::ImporterRows", "UTF-8")},
                                     {"", "blanks", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Blanks")},
                                     {"", "utf16le", QT_TRANSLATE_NOOP("lamina::ImporterRows", "UTF-16 (LE)")},
                                     {"", "utf16be", QT_TRANSLATE_NOOP("lamina::ImporterRows", "UTF-16 (BE)")},
                                     {"", "windows1252", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Western (Windows-1252)")},
                                     {"", "windows1251", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Cyrillic (Windows-1251)")},
                                     {"", "gb18030", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Chinese (GB 18030)")},
                                     {"", "big5", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Chinese (Big5)")},
                                     {"", "shift_jis", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Japanese (Shift-JIS)")},
                                     {"", "euc_kr", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Korean (EUC-KR)")},
                                     {"", "day-first", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Day first")},
                                     {"", "month-first", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Month first")},
                                     {"", "decoded", QT_TRANSLATE_NOOP("lamina::ImporterRows", "As numbers, resized now")},
                                     {"", "copied", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Copied as files")},
                                     {"", "in_place", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Left where they are")},
                                     {"", "first", QT_TRANSLATE_NOOP("lamina::ImporterRows", "The first page")},
                                     {"", "all", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Every page")},
                                     {"", "columns", QT_TRANSLATE_NOOP("lamina::ImporterRows", "A column for each value")},
                                     {"", "tensor", QT_TRANSLATE_NOOP("lamina::ImporterRows", "One array per row")},
                                     {"", "as_is", QT_TRANSLATE_NOOP("lamina::ImporterRows", "As they stand")},
                                     {"", "remove", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Taken out")},
                                     {"", "keep", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Kept")},
                                     {"", "jpeg", QT_TRANSLATE_NOOP("lamina::ImporterRows", "JPEG")},
                                     {"", "png", QT_TRANSLATE_NOOP("lamina::ImporterRows", "PNG")},
                                     {"", "#", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Lines that begin with #")},
                                     {"", "'", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Single quotes '")},
                                     {"", "\"", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Double quotes \"")},
                                     {"", ":", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Colon :")},
                                     {"", "^", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Caret ^")},
                                     {"", "~", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Tilde ~")},
                                     {"", "latin1", QT_TRANSLATE_NOOP("lamina::ImporterRows", "Latin-1")}};

QString choiceWord(const std::string& setting, const std::string& choice) {
    for (const ChoiceWord& one : choiceWordList)
        if (choice == one.choice && (setting == one.setting || !*one.setting)) return QCoreApplication::translate("lamina::ImporterRows", one.word);
    return QString::fromStdString(choice);
}

QStringList choiceWords(const Property& property, const nlohmann::json& detected) {
    QStringList words;
    for (const std::string& choice : property.limits.choices) {
        QString word = choiceWord(property.id, choice);
        if (choice == "auto" && detected.contains(property.id) && detected[property.id].is_string())
            word = QCoreApplication::translate("lamina::ImporterRows", "%1 (found)")
                       .arg(choiceWord(property.id, detected[property.id].get<std::string>()));
        words << word;
    }
    return words;
}

/// What stands for a number that is found out: which one it is, once it is known.
QString foundWord(const std::string& setting, const nlohmann::json& detected) {
    const auto known = detected.find(setting);
    if (known == detected.end() || !known->is_number()) return choiceWord({}, "auto");
    return QCoreApplication::translate("lamina::ImporterRows", "%1 (found)").arg(valueText(known->get<double>()));
}

}  // namespace

std::vector<PropertyRow> importerRows(const ImporterType& importer, const nlohmann::json& settings, const nlohmann::json& detected) {
    std::any filled = importer.defaults;
    // Settings of another importer leave the defaults.
    if (!propertiesFromJson(importer.properties, settings, filled)) filled = importer.defaults;
    const bool rangeSet = settings.is_object() && settings.value("lowest", 0.0) != settings.value("highest", 0.0);
    std::vector<PropertyRow> rows;
    for (const Property& property : importer.properties) {
        const std::string id = "importer." + importer.id + "." + property.id;
        PropertyRow row =
            propertyRow(property, messageText(id + ".title", QString::fromStdString(property.title)),
                        messageText(id + ".help", QString::fromStdString(property.help)), property.get(filled), property.get(importer.defaults));
        row.choiceTitles = choiceWords(property, detected);
        if (property.limits.meaning == "open" && property.id == "delimiter")
            row.refuse = [](const PropertyValue& value) {
                CsvDialect dialect;
                const auto told = csvSetDelimiterAsTold(dialect, std::get<std::string>(value));
                return told ? QString() : Workspace::words(told.error());
            };
        // Lowest and highest are found out as long as both are the same.
        if (property.id == "lowest" || property.id == "highest") row.zeroText = rangeSet ? QString() : foundWord(property.id, detected);
        if (property.id == "width" || property.id == "height" || property.id == "bands") row.zeroText = choiceWord({}, "auto");
        rows.push_back(std::move(row));
    }
    return rows;
}

QString importerTitle(const ImporterType& importer) {
    return messageText("importer." + importer.id + ".title", QString::fromStdString(importer.title));
}

}  // namespace lamina
