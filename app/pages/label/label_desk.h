// What the Label page looks at, read in the background: a labelled dataset, and one item of it with its picture.
#pragma once

#include <QImage>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/image_reader.h"
#include "core/data/table.h"
#include "core/project/item_marks.h"
#include "core/project/project.h"
#include "widgets/canvas/canvas_shape.h"
#include "widgets/canvas/picture_pyramid.h"

namespace lamina {

/// What is labelled in a dataset: its pictures, its texts, its rows, or stretches of the series that its rows are.
enum class DeskKind { Pictures, Texts, Rows, Series };
/// "pictures", "texts", "rows", "series": kept in settings.
const char* deskKindName(DeskKind kind);

/// A dataset that is labelled, or could be.
struct LabelDesk {
    DatasetRecord dataset;
    std::string asked;  ///< id of the dataset that was wanted: this one, or one that was made of its labels
    std::optional<LabellingRecord> labelling;  ///< none: nobody has begun yet
    Table table;
    std::vector<DeskKind> kinds;  ///< what could be labelled in it, the most likely first
    DeskKind kind = DeskKind::Pictures;
    std::size_t column = 0;  ///< of the pictures or the texts
    std::vector<LabelClassRecord> classes;  ///< offered ones, in their order
    std::vector<LabelClassRecord> known;    ///< retired and merged ones too: labels may have them
    LabelCounts counts;
    std::vector<ItemMark> marks;    ///< of all items
    std::vector<std::string> annotators;
    // Where nothing is labelled yet:
    std::string annotations;        ///< labels of this format (its id) lie where the pictures came from; empty: none
    std::string classColumn;        ///< says a class of every row; empty: none does
    std::int64_t journal = 0;       ///< sequence of the newest edit that is in all this
    ImageReader reader;  ///< of the pictures
};

/// One item as it is shown.
struct ShownItem {
    LabelItemRecord item;
    std::vector<CanvasShape> shapes;
    std::vector<std::int64_t> wholeClasses;                ///< classes of the picture as a whole that a person said, as they are called now
    std::map<std::string, AnnotationRecord> heads;          ///< by label: the revision that counts
    std::shared_ptr<const PicturePyramid> picture;          ///< nullptr: it cannot be read
    QSize size;                                             ///< of the whole picture, where `picture` is there
    bool isPreview = false;                                 ///< `picture` is smaller than that: the sharp one is still to come
    QString problem;                                        ///< why not
    std::string text;                                       ///< DeskKind::Texts
    std::vector<std::string> cells;                         ///< DeskKind::Rows: what a person reads, a column each
};

/// Of an item's labels: the classes of the whole that a person said, mergers followed.
std::vector<std::int64_t> wholeClassesOf(const std::map<std::string, AnnotationRecord>& heads, const std::vector<LabelClassRecord>& known);

/// `wanted`: id of a dataset; empty: one that is labelled, else one with pictures, else the newest. `kinds`: dataset → name of the kind that a person chose.
/// Nothing where the project has no dataset. Blocks; not in the GUI thread.
Result<std::shared_ptr<const LabelDesk>> openLabelDesk(Project& project, const std::string& wanted, const std::map<std::string, std::string>& kinds = {});
/// The item at this position, without its picture. Nothing: there is none.
Result<std::optional<ShownItem>> readItem(Project& project, const LabelDesk& desk, std::int64_t position);
/// Positions that the filter lets through, ascending. What is looked for may also stand in the text, or in a cell of the row. Blocks.
Result<std::vector<std::int64_t>> positionsOf(Project& project, const LabelDesk& desk, const QueueFilter& filter, const CancelToken& cancel = {});
/// Decodes the picture of the item's position into it; none, and `problem`, where it cannot be read.
void readPicture(const LabelDesk& desk, ShownItem& item);
/// The same of a large JPEG at an eighth of its size, in a few hundredths of a second; of anything else the picture itself.
void readPreview(const LabelDesk& desk, ShownItem& item);

/// How a class looks, mergers followed; a number that nobody knows is shown as a number.
CanvasLabel labelOf(const std::vector<LabelClassRecord>& classes, std::int64_t number);
/// The same counts by the classes that labels stand for now, mergers followed.
LabelCounts countsOfNow(const std::vector<LabelClassRecord>& classes, LabelCounts counts);
/// What a label says, in short: its class, else what its arrow says or its value.
QString labelWords(const std::vector<LabelClassRecord>& classes, const AnnotationRecord& record);

}  // namespace lamina
