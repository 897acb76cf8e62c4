#include "app/sources/column_sketch.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

class SketchWords {
    Q_DECLARE_TR_FUNCTIONS(lamina::SketchWords)
};

QString rowsText(std::int64_t rows) { return QLocale().toString(static_cast<qlonglong>(rows)); }
QString numberText(double value) {
    const bool longWhole = std::abs(value) >= 1e6 && std::abs(value) < 1e12;
    return longWhole ? QLocale().toString(static_cast<qlonglong>(std::llround(value))) : QLocale().toString(value, 'g', 6);
}

}  // namespace

ColumnSketch sketchOf(const ProfiledColumn& column) {
    ColumnSketch sketch;
    const double rows = static_cast<double>(std::max<std::int64_t>(column.rows, 1));
    sketch.valid = static_cast<double>(column.valid) / rows;
    sketch.empty = static_cast<double>(column.missing) / rows;
    sketch.wrong = static_cast<double>(column.wrong) / rows;
    sketch.distinct = column.distinct;
    for (const std::int64_t count : column.histogram.rows) sketch.bars.push_back(static_cast<double>(count));
    if (sketch.bars.empty())
        for (const ProfiledValue& value : column.frequent) sketch.bars.push_back(static_cast<double>(value.rows));
    QStringList words{SketchWords::tr("%1 valid, %2 empty, %3 wrong; %4 different values")
                          .arg(rowsText(column.valid), rowsText(column.missing), rowsText(column.wrong), rowsText(column.distinct))};
    if (column.numbers && column.kind != ColumnKind::Time && column.numbers->count > 0)
        words << SketchWords::tr("from %1 to %2, median %3")
                     .arg(numberText(column.numbers->quantiles.minimum), numberText(column.numbers->quantiles.maximum),
                          numberText(column.numbers->quantiles.median));
    sketch.words = words.join(u'\n');
    return sketch;
}

}  // namespace lamina
