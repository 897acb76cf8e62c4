// What the Label page looks at, read in the background: a labelled dataset, and one item of it with its picture.
#pragma once

#include <QImage>

#include <memory>
#include <optional>
#include <vector>

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "core/project/item_marks.h"
#include "core/project/project.h"
#include "widgets/canvas/canvas_shape.h"
#include "widgets/canvas/picture_pyramid.h"

namespace lamina {

/// A dataset that is labelled, or could be.
struct LabelDesk {
    DatasetRecord dataset;
    std::optional<LabellingRecord> labelling;  ///< none: nobody has begun yet
    Table table;
    std::size_t column = 0;  ///< of the pictures
    std::vector<LabelClassRecord> classes;  ///< offered ones, in their order
    LabelCounts counts;
    std::vector<ItemMark> marks;    ///< of all items
    std::vector<std::string> annotators;
    std::int64_t journal = 0;       ///< sequence of the newest edit that is in all this
    std::vector<Path> folders;  ///< where pictures are looked for that are not at their place any more
};

/// One item as it is shown.
struct ShownItem {
    LabelItemRecord item;
    std::vector<CanvasShape> shapes;
    std::vector<std::int64_t> wholeClasses;                ///< classes of the picture as a whole
    std::map<std::string, AnnotationRecord> heads;          ///< by label: the revision that counts
    std::shared_ptr<const PicturePyramid> picture;          ///< nullptr: it cannot be read
    QString problem;                                        ///< why not
};

/// `wanted`: id of a dataset; nothing where the project has none with pictures. Blocks; not in the GUI thread.
Result<std::shared_ptr<const LabelDesk>> openLabelDesk(Project& project, const std::string& wanted);
/// The item at this position, without its picture. Nothing: there is none.
Result<std::optional<ShownItem>> readItem(Project& project, const LabelDesk& desk, std::int64_t position);
/// Decodes the picture of a position; null, and `problem`, where it cannot be read.
std::shared_ptr<const PicturePyramid> readPicture(const LabelDesk& desk, std::int64_t position, QString& problem);

/// How a class looks; a number that nobody offers any more is shown by its number.
CanvasLabel labelOf(const std::vector<LabelClassRecord>& classes, std::int64_t number);

}  // namespace lamina
