#include "app/pages/label/label_desk.h"

#include <algorithm>

#include "app/jobs/dataset_jobs.h"
#include "app/sources/column_pictures.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"

namespace lamina {

namespace {

Result<std::shared_ptr<LabelDesk>> deskOf(Project& project, DatasetRecord dataset) {
    auto desk = std::make_shared<LabelDesk>();
    LAMINA_TRY(desk->table, openTable(project, dataset));
    const auto column = pictureColumn(desk->table);
    if (!column) return std::shared_ptr<LabelDesk>();
    desk->column = *column;
    desk->folders = {project.file().parent_path()};
    LAMINA_TRY(desk->labelling, project.labelItems().ofDataset(dataset.id));
    LAMINA_TRY(auto classes, project.labelClasses().all());
    std::erase_if(classes, [](const auto& record) { return record.retired || record.mergedInto != 0; });
    desk->classes = std::move(classes);
    if (desk->labelling) {
        LAMINA_TRY(desk->counts, project.labelItems().counts(desk->labelling->key));
        LAMINA_TRY(desk->marks, itemMarks(project.store(), desk->labelling->key));
        LAMINA_TRY(desk->annotators, itemAnnotators(project.store(), desk->labelling->key));
    }
    desk->dataset = std::move(dataset);
    return desk;
}

CanvasShape shapeOf(const LabelDesk& desk, const AnnotationRecord& record, AnnotationShape shape) {
    const CanvasLabel label = labelOf(desk.classes, record.classNumber);
    const bool proposed = !record.model.empty();
    QString caption = label.name;
    if (proposed && record.confidence == record.confidence) caption += QString(" %1").arg(record.confidence, 0, 'f', 2);
    return {QString::fromStdString(record.label.empty() ? record.id : record.label), std::move(shape), label.colour, caption, proposed, false, false};
}

}  // namespace

CanvasLabel labelOf(const std::vector<LabelClassRecord>& classes, std::int64_t number) {
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& record) { return record.number == number; });
    CanvasLabel label;
    label.colour = QColor(QString::fromStdString(found == classes.end() || found->colour.empty() ? classColour(number) : found->colour));
    if (found == classes.end()) {
        label.name = QString::number(number);
        return label;
    }
    label.name = QString::fromStdString(found->name);
    for (const auto& point : found->points) label.points.push_back(QString::fromStdString(point));
    label.skeleton = found->skeleton;
    return label;
}

Result<std::shared_ptr<const LabelDesk>> openLabelDesk(Project& project, const std::string& wanted) {
    LAMINA_TRY(const auto newest, project.history(1));
    LAMINA_TRY(auto datasets, project.datasets().all());
    std::stable_partition(datasets.begin(), datasets.end(), [&](const auto& dataset) { return dataset.id != wanted; });
    for (auto dataset = datasets.rbegin(); dataset != datasets.rend(); ++dataset) {
        LAMINA_TRY(auto desk, deskOf(project, *dataset));
        if (!desk) continue;
        desk->journal = newest.empty() ? 0 : newest.front().sequence;
        return std::shared_ptr<const LabelDesk>(std::move(desk));
    }
    return std::shared_ptr<const LabelDesk>();
}

Result<std::optional<ShownItem>> readItem(Project& project, const LabelDesk& desk, std::int64_t position) {
    if (!desk.labelling) return std::optional<ShownItem>();
    LAMINA_TRY(auto item, project.labelItems().at(desk.labelling->key, position));
    if (!item) return std::optional<ShownItem>();
    ShownItem shown;
    shown.item = std::move(*item);
    LAMINA_TRY(const auto records, project.annotations().ofItem(shown.item.key));
    for (const auto& record : records) {
        shown.heads[record.label.empty() ? record.id : record.label] = record;
        if (record.document.empty()) {
            shown.wholeClasses.push_back(record.classNumber);
            continue;
        }
        auto shape = shapeFromDocument(record.document, labelOf(desk.classes, record.classNumber).name.toStdString());
        if (shape) shown.shapes.push_back(shapeOf(desk, record, std::move(*shape)));
    }
    return std::optional(std::move(shown));
}

std::shared_ptr<const PicturePyramid> readPicture(const LabelDesk& desk, std::int64_t position, QString& problem) {
    if (position < 0 || position >= desk.table.rows()) return nullptr;
    const ColumnInfo& info = desk.table.info(desk.column);
    const ColumnView view = desk.table.view(desk.column);
    QImage picture;
    if (view.isMissing(position)) return nullptr;
    if (info.kind == ColumnKind::Image) {
        const ImageReader reader(desk.folders);
        const auto image = reader.read(view.text(position));
        if (!image) {
            problem = Workspace::words(image.error());
            return nullptr;
        }
        ColumnInfo pixels;
        pixels.kind = ColumnKind::Tensor;
        pixels.elementType = DType::UInt8;
        pixels.elementShape = {image->channels, image->height, image->width};
        picture = tensorPicture(pixels, std::as_bytes(std::span(image->pixels)));
    } else {
        picture = tensorPicture(info, view.element(position));
    }
    return picture.isNull() ? nullptr : std::make_shared<const PicturePyramid>(std::move(picture));
}

}  // namespace lamina
