#include "widgets/properties/property_row.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace lamina {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(lamina::PropertyRow)
};

/// For reading, not for typing: grouped as the language does it.
QString limitText(double limit) {
    const bool whole = std::floor(limit) == limit && std::abs(limit) < 1e15;
    return whole ? QLocale().toString(static_cast<qlonglong>(limit)) : QLocale().toString(limit, 'g', 6);
}

bool isWhole(const PropertyRow& row) { return row.kind == PropertyRow::Kind::Integer || row.kind == PropertyRow::Kind::List; }

std::optional<std::int64_t> wholeNumber(const QString& text) {
    bool ok = false;
    const qlonglong number = QLocale::c().toLongLong(text.trimmed(), &ok);
    return ok ? std::optional<std::int64_t>(number) : std::nullopt;
}

std::optional<double> number(QString text) {
    text = text.trimmed();
    if (text.count(QLatin1Char(',')) == 1 && !text.contains(QLatin1Char('.'))) text.replace(QLatin1Char(','), QLatin1Char('.'));
    bool ok = false;
    const double value = QLocale::c().toDouble(text, &ok);
    return ok && std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

bool within(const PropertyLimits& limits, double value) {
    const bool aboveMinimum = limits.exclusiveMinimum ? value > limits.minimum : value >= limits.minimum;
    return aboveMinimum && value <= limits.maximum;
}

TypedValue refused(const QString& what, const PropertyRow& row) {
    const QString limits = limitsText(row);
    return {std::nullopt, limits.isEmpty() ? what : what + QLatin1Char(' ') + limits};
}

TypedValue typedInteger(const PropertyRow& row, const QString& text) {
    const auto value = wholeNumber(text);
    if (!value) return refused(Words::tr("Type a whole number."), row);
    if (!within(row.limits, static_cast<double>(*value))) return {std::nullopt, limitsText(row)};
    return {*value, {}};
}

TypedValue typedNumber(const PropertyRow& row, const QString& text) {
    const auto value = number(text);
    if (!value) return refused(Words::tr("Type a number."), row);
    if (!within(row.limits, *value)) return {std::nullopt, limitsText(row)};
    return {*value, {}};
}

TypedValue typedList(const PropertyRow& row, const QString& text) {
    static const QRegularExpression separators(QStringLiteral("[\\s,;xX\u00d7\uff0c]+"));
    std::vector<std::int64_t> values;
    for (const QString& part : text.split(separators, Qt::SkipEmptyParts)) {
        const auto value = wholeNumber(part);
        if (!value) return refused(Words::tr("Type whole numbers with commas between them."), row);
        if (!within(row.limits, static_cast<double>(*value))) return {std::nullopt, limitsText(row)};
        values.push_back(*value);
    }
    const std::size_t wanted = row.limits.length;
    if (values.empty() && wanted == 0) return refused(Words::tr("Type whole numbers with commas between them."), row);
    if (wanted != 0 && values.size() != wanted)
        return {std::nullopt, Words::tr("Type %n number(s) with commas between them.", nullptr, static_cast<int>(wanted))};
    return {values, {}};
}

TypedValue noValue(const PropertyRow& row) {
    if (row.kind == PropertyRow::Kind::Number) return {0.0, {}};
    return {std::int64_t(0), {}};
}

TypedValue typedByKind(const PropertyRow& row, const QString& text) {
    switch (row.kind) {
        case PropertyRow::Kind::Integer: return typedInteger(row, text);
        case PropertyRow::Kind::Number: return typedNumber(row, text);
        case PropertyRow::Kind::List: return typedList(row, text);
        default: return {text.toStdString(), {}};
    }
}

PropertyRow::Kind kindOf(const PropertyValue& value, const PropertyLimits& limits) {
    using Kind = PropertyRow::Kind;
    static constexpr Kind kinds[] = {Kind::Boolean, Kind::Integer, Kind::Number, Kind::Text, Kind::List, Kind::Texts};
    const Kind kind = kinds[value.index()];
    return kind == Kind::Text && !limits.choices.empty() ? Kind::Choice : kind;
}

}  // namespace

PropertyRow propertyRow(const Property& property, const QString& title, const QString& help, PropertyValue value, PropertyValue standard) {
    PropertyRow row;
    row.id = QString::fromStdString(property.id);
    row.title = title;
    row.help = help;
    row.kind = kindOf(value, property.limits);
    row.value = std::move(value);
    row.standard = std::move(standard);
    row.limits = property.limits;
    return row;
}

PropertyRow readOnlyRow(const QString& id, const QString& title, const QString& text, const QString& help) {
    PropertyRow row;
    row.id = id;
    row.title = title;
    row.help = help;
    row.kind = PropertyRow::Kind::ReadOnly;
    row.value = text.toStdString();
    row.hasStandard = false;
    return row;
}

bool saysZero(const PropertyRow& row, const PropertyValue& value) {
    return !row.zeroText.isEmpty() && (value == PropertyValue(std::int64_t(0)) || value == PropertyValue(0.0));
}

QString valueText(const PropertyValue& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return QString::number(*whole);
    if (const auto* real = std::get_if<double>(&value)) return QString::number(*real, 'g', QLocale::FloatingPointShortest);
    if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? Words::tr("yes") : Words::tr("no");
    QStringList parts;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        for (const std::string& text : *texts) parts << QString::fromStdString(text);
        return parts.join(QStringLiteral(", "));
    }
    for (const auto entry : std::get<std::vector<std::int64_t>>(value)) parts << QString::number(entry);
    return parts.join(QStringLiteral(", "));
}

TypedValue typedValue(const PropertyRow& row, const QString& text) {
    const bool zero = !row.zeroText.isEmpty() && text.trimmed().isEmpty();
    TypedValue typed = zero ? noValue(row) : typedByKind(row, text);
    if (typed.value && row.refuse) typed.reason = row.refuse(*typed.value);
    if (!typed.reason.isEmpty()) typed.value.reset();
    return typed;
}

QString limitsText(const PropertyRow& row) {
    const bool lower = std::isfinite(row.limits.minimum), upper = std::isfinite(row.limits.maximum);
    const QString minimum = limitText(row.limits.minimum), maximum = limitText(row.limits.maximum);
    if (!lower && !upper) return {};
    if (!lower) return Words::tr("At most %1.").arg(maximum);
    if (row.limits.exclusiveMinimum && !isWhole(row))
        return upper ? Words::tr("Above %1, up to %2.").arg(minimum, maximum) : Words::tr("Above %1.").arg(minimum);
    return upper ? Words::tr("From %1 to %2.").arg(minimum, maximum) : Words::tr("At least %1.").arg(minimum);
}

}  // namespace lamina
