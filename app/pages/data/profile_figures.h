// A profile in figures and words.
#pragma once

#include "app/pages/data/figure_list.h"
#include "core/data/profile/profile.h"

namespace lamina {

/// One column's: quantiles, outliers, lengths, what it has to do with the target, frequent values.
void showColumnFigures(const ProfiledColumn& column, FigureList& figures);
/// The data set's: size, classes, repeated rows, columns that give the target away, missing values, correlations.
void showDatasetFigures(const DatasetProfile& profile, FigureList& figures);
/// Words for the edges of a histogram; of whole numbers the first and the last are numbers that are there.
QStringList edgeWords(const ProfileHistogram& histogram);
/// Words for its bins: "0", "10 … 19"; of other scales from edge to edge.
QStringList binWords(const ProfileHistogram& histogram);

}  // namespace lamina
