// The numbers of a confusion matrix as a view shows them.
#pragma once

#include <QByteArray>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace lamina {

/// What stands in the cells.
enum class MatrixUnit { Count, ShareOfActual, ShareOfPredicted };

struct MatrixValues {
    QStringList classes;               ///< plain text
    std::vector<std::int64_t> counts;  ///< [actual · classes + predicted]

    int size() const { return static_cast<int>(classes.size()); }
    std::int64_t at(int actual, int predicted) const;
    std::int64_t actualTotal(int actual) const;
    std::int64_t predictedTotal(int predicted) const;
    std::int64_t total() const;
    /// 0 … 1: the cell's share of its row or column; for Count of the largest cell. 0 where the divisor is 0.
    double share(int actual, int predicted, MatrixUnit unit) const;
    /// What is written in a cell: "128", "97.5 %"; empty for 0 so that what is wrong stands out.
    QString text(int actual, int predicted, MatrixUnit unit) const;
    /// Actual classes as lines, predicted ones as columns, with totals.
    QByteArray csv() const;
};

}  // namespace lamina
