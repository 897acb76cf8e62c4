// One row of a property panel: a setting with its value and its words, or something that can only be read.
#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

#include "core/base/property.h"

namespace lamina {

struct PropertyRow {
    enum class Kind { Boolean, Integer, Number, Choice, Text, List, Texts, ReadOnly };

    QString id;
    QString title, help;  ///< in the language in use; plain text
    Kind kind = Kind::Text;
    PropertyValue value;     ///< of a read-only row: the text
    PropertyValue standard;  ///< what "back to the default" gives
    bool hasStandard = true;
    PropertyLimits limits;
    QStringList choiceTitles;                                  ///< words for limits.choices or, of a ticked list, for its offers, in their order; empty: themselves
    QString zeroText = {};                                     ///< of a number: what 0 means ("found by itself"), shown in its place
    QStringList offers = {};                                   ///< of texts and lists of texts: what can be named (columns); a list of them is ticked
    bool mixed = false;                                        ///< several objects are shown and their values differ
    bool ordered = false;                                      ///< of a ticked list: the order in which entries were ticked counts, and is shown
    QString problem = {};                                      ///< in words, why the value as it stands cannot be (a column that is gone); empty: it can
    std::function<QString(const PropertyValue&)> refuse = {};  ///< further reasons, in words, why a value cannot be; empty: it can
};

/// From a setting's description: the kind follows from `value`, a text with choices is a choice.
PropertyRow propertyRow(const Property& property, const QString& title, const QString& help, PropertyValue value, PropertyValue standard);
PropertyRow readOnlyRow(const QString& id, const QString& title, const QString& text, const QString& help = {});

/// Is this value the 0 that the row has words for?
bool saysZero(const PropertyRow& row, const PropertyValue& value);

/// A value as people type it: "128", "0.001", "3, 3". Numbers have a point in every language.
QString valueText(const PropertyValue& value);

/// What somebody typed: the value, or the reason in words why it is none.
struct TypedValue {
    std::optional<PropertyValue> value;
    QString reason;
};
/// Lists may be separated by commas, blanks, x or ×.
TypedValue typedValue(const PropertyRow& row, const QString& text);
/// "From 1 to 1,048,576." Empty where everything is allowed.
QString limitsText(const PropertyRow& row);

}  // namespace lamina
