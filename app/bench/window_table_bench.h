// How fast the window shows large data: a table of a million rows, a gallery of a hundred thousand pictures. Each needs a QApplication and
// makes its data in a temporary folder.
#pragma once

#include <optional>

namespace lamina::bench {

struct TableFigures {
    double openSeconds = 0;              ///< from the column files to painted cells: 1,000,000 rows × 20 mixed columns
    double scrollFrameMilliseconds = 0;  ///< GUI thread per frame while scrolling, the slowest of twenty frames (95th percentile)
};

/// Empty where the data cannot be written.
std::optional<TableFigures> measureTable();

/// From the column file to the last visible picture, 100,000 pictures of 28 × 28, in milliseconds.
std::optional<double> measureGalleryFirstScreen();

}  // namespace lamina::bench
