#include "widgets/charts/matrix_values.h"

#include <algorithm>

namespace lamina {
namespace {

QByteArray csvText(const QString& text) {
    QString copy = text;
    return '"' + copy.replace('"', "\"\"").toUtf8() + '"';
}

}  // namespace

std::int64_t MatrixValues::at(int actual, int predicted) const {
    return counts[static_cast<std::size_t>(actual) * static_cast<std::size_t>(size()) + static_cast<std::size_t>(predicted)];
}

std::int64_t MatrixValues::actualTotal(int actual) const {
    std::int64_t sum = 0;
    for (int i = 0; i < size(); ++i) sum += at(actual, i);
    return sum;
}

std::int64_t MatrixValues::predictedTotal(int predicted) const {
    std::int64_t sum = 0;
    for (int i = 0; i < size(); ++i) sum += at(i, predicted);
    return sum;
}

std::int64_t MatrixValues::total() const {
    std::int64_t sum = 0;
    for (const std::int64_t count : counts) sum += count;
    return sum;
}

double MatrixValues::share(int actual, int predicted, MatrixUnit unit) const {
    std::int64_t of = 0;
    switch (unit) {
        case MatrixUnit::Count: of = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end()); break;
        case MatrixUnit::ShareOfActual: of = actualTotal(actual); break;
        case MatrixUnit::ShareOfPredicted: of = predictedTotal(predicted); break;
    }
    return of > 0 ? static_cast<double>(at(actual, predicted)) / static_cast<double>(of) : 0.0;
}

QString MatrixValues::text(int actual, int predicted, MatrixUnit unit) const {
    if (at(actual, predicted) == 0) return {};
    if (unit == MatrixUnit::Count) return QString::number(at(actual, predicted));
    return QString::number(100 * share(actual, predicted, unit), 'f', 1) + " %";
}

QByteArray MatrixValues::csv() const {
    QByteArray text = "actual \\ predicted";
    for (const QString& name : classes) text += ',' + csvText(name);
    text += ",total\n";
    for (int actual = 0; actual < size(); ++actual) {
        text += csvText(classes[actual]);
        for (int predicted = 0; predicted < size(); ++predicted) text += ',' + QByteArray::number(static_cast<qlonglong>(at(actual, predicted)));
        text += ',' + QByteArray::number(static_cast<qlonglong>(actualTotal(actual))) + '\n';
    }
    text += "total";
    for (int predicted = 0; predicted < size(); ++predicted) text += ',' + QByteArray::number(static_cast<qlonglong>(predictedTotal(predicted)));
    return text + ',' + QByteArray::number(static_cast<qlonglong>(total())) + '\n';
}

}  // namespace lamina
