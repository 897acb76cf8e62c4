#include "app/pages/label/label_desk.h"

#include <algorithm>
#include <utility>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/split_jobs.h"
#include "app/sources/column_pictures.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"

namespace lamina {

namespace {

bool isNumeric(const ColumnInfo& info) { return info.kind == ColumnKind::Number || info.kind == ColumnKind::Integer; }

/// Times that never go back make rows the steps of a series.
bool isInOrderOfTime(const Table& table) {
    for (std::size_t c = 0; c < table.columnCount(); ++c) {
        if (table.info(c).kind != ColumnKind::Time || table.info(c).missing > 0) continue;
        const auto times = table.view(c).integers;
        if (std::is_sorted(times.begin(), times.end())) return true;
    }
    return false;
}

/// Long ones are read; short ones are one value of a row among others.
bool isReading(const Table& table, std::size_t column) {
    constexpr std::size_t longText = 30;
    const auto view = table.view(column);
    if (table.info(column).name == "file") return false;  // names of pictures may be long
    return table.info(column).name == "text" || view.textBytes.size() > longText * static_cast<std::size_t>(std::max<std::int64_t>(view.rows, 1));
}

void chooseKind(LabelDesk& desk, const std::string& chosen) {
    constexpr std::int64_t fewestSteps = 8;
    const auto pictures = pictureColumn(desk.table), texts = labelledTextColumn(desk.table);
    bool series = false;
    for (std::size_t c = 0; c < desk.table.columnCount(); ++c) series = series || isNumeric(desk.table.info(c));
    series = series && desk.table.rows() >= fewestSteps && !pictures;
    if (pictures) desk.kinds.push_back(DeskKind::Pictures);
    if (texts && isReading(desk.table, *texts)) desk.kinds.push_back(DeskKind::Texts);
    if (series && isInOrderOfTime(desk.table)) desk.kinds.push_back(DeskKind::Series);
    if (!pictures) desk.kinds.push_back(DeskKind::Rows);
    const bool someText = texts.has_value() && !pictures;  // beside pictures short texts are their names and classes
    for (const auto& [kind, there] : {std::pair{DeskKind::Texts, someText}, {DeskKind::Series, series}})
        if (there && std::find(desk.kinds.begin(), desk.kinds.end(), kind) == desk.kinds.end()) desk.kinds.push_back(kind);
    const auto wanted = std::find_if(desk.kinds.begin(), desk.kinds.end(), [&](DeskKind kind) { return chosen == deskKindName(kind); });
    desk.kind = wanted == desk.kinds.end() ? desk.kinds.front() : *wanted;
    if (desk.kind == DeskKind::Pictures) desk.column = *pictures;
    if (desk.kind == DeskKind::Texts) desk.column = *texts;
}

/// Whoever goes on labelling means the data set that was labelled, not the one that was made of its labels to train on.
std::string sourceOfLabels(const std::vector<DatasetRecord>& datasets, const std::string& wanted) {
    const auto found = std::find_if(datasets.begin(), datasets.end(), [&](const auto& dataset) { return dataset.id == wanted; });
    if (found == datasets.end() || found->columns.empty()) return wanted;
    const auto derived = found->columns.front().info.find("derived");
    const bool ofLabels = derived != found->columns.front().info.end() && derived->is_object() && derived->contains("labels") && derived->contains("dataset");
    return ofLabels && (*derived)["dataset"].is_string() ? (*derived)["dataset"].get<std::string>() : wanted;
}

/// What was said elsewhere already, and need not be said again.
void findBeginnings(LabelDesk& desk, const DatasetRecord& dataset) {
    for (const ColumnRecord& column : dataset.columns) {
        if (column.role != "target" || column.kind != columnKindName(ColumnKind::Category)) continue;
        const auto place = desk.table.find(column.name);
        if (place && desk.table.info(*place).dictionary.size() >= 2) desk.classColumn = column.name;  // one class for all says nothing
    }
    std::error_code failed;
    if (desk.kind != DeskKind::Pictures || !std::filesystem::is_directory(dataset.sourcePath, failed)) return;
    if (const auto* format = annotationFormatOf(dataset.sourcePath)) desk.annotations = format->id;
}

Result<std::shared_ptr<LabelDesk>> deskOf(Project& project, DatasetRecord dataset, const std::string& kind) {
    auto desk = std::make_shared<LabelDesk>();
    LAMINA_TRY(desk->table, openTable(project, dataset));
    chooseKind(*desk, kind);
    desk->reader = ImageReader({project.file().parent_path()}, pictureForm(dataset).values);
    LAMINA_TRY(desk->labelling, project.labelItems().ofDataset(dataset.id));
    LAMINA_TRY(desk->known, project.labelClasses().all());
    desk->classes = desk->known;
    std::erase_if(desk->classes, [](const auto& record) { return record.retired || record.mergedInto != 0; });
    if (desk->labelling) {
        LAMINA_TRY(desk->counts, project.labelItems().counts(desk->labelling->key));
        LAMINA_TRY(desk->marks, itemMarks(project.store(), desk->labelling->key));
        LAMINA_TRY(desk->annotators, itemAnnotators(project.store(), desk->labelling->key));
    } else {
        findBeginnings(*desk, dataset);
    }
    desk->dataset = std::move(dataset);
    return desk;
}

constexpr std::int64_t largePixels = 4'000'000;  // smaller ones are decoded before anybody has missed them

/// The pixels are given back before anything else is made of the picture: photos are large.
QImage pictureOf(Image given) {
    const Image image = std::move(given);
    ColumnInfo pixels;
    pixels.kind = ColumnKind::Tensor;
    pixels.elementType = DType::UInt8;
    pixels.elementShape = {image.channels, image.height, image.width};
    return tensorPicture(pixels, std::as_bytes(std::span(image.pixels)));
}

void takePicture(ShownItem& item, QImage picture) {
    if (picture.isNull()) return;
    item.size = picture.size();
    item.picture = std::make_shared<const PicturePyramid>(std::move(picture));
}

bool standsIn(const LabelDesk& desk, std::int64_t row, const QString& wanted) {
    const auto holds = [&](std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).contains(wanted, Qt::CaseInsensitive); };
    if (desk.kind == DeskKind::Texts) return holds(desk.table.view(desk.column).text(row));
    for (std::size_t c = 0; c < desk.table.columnCount(); ++c)
        if (holds(desk.table.cellText(row, c))) return true;
    return false;
}

CanvasShape shapeOf(const LabelDesk& desk, const AnnotationRecord& record, AnnotationShape shape) {
    const CanvasLabel label = labelOf(desk.known, record.classNumber);
    const bool proposed = !record.model.empty();
    QString caption = label.name;
    if (proposed && record.confidence == record.confidence) caption += QString(" %1").arg(record.confidence, 0, 'f', 2);
    return {QString::fromStdString(record.label.empty() ? record.id : record.label), std::move(shape), label.colour, caption, proposed, false, false, label.skeleton};
}

}  // namespace

CanvasLabel labelOf(const std::vector<LabelClassRecord>& classes, std::int64_t said) {
    const std::int64_t number = ClassNumbers(classes).current(said);
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

LabelCounts countsOfNow(const std::vector<LabelClassRecord>& classes, LabelCounts counts) {
    const ClassNumbers numbers(classes);
    for (auto* all : {&counts.classes, &counts.proposals})
        for (const auto& [number, count] : std::exchange(*all, {})) (*all)[numbers.current(number)] += count;
    return counts;
}

const char* deskKindName(DeskKind kind) {
    static constexpr const char* names[] = {"pictures", "texts", "rows", "series"};
    return names[static_cast<int>(kind)];
}

QString labelWords(const std::vector<LabelClassRecord>& classes, const AnnotationRecord& record) {
    if (record.classNumber != 0) return labelOf(classes, record.classNumber).name;
    for (const auto& [member, key] : {std::pair{"relation", "label"}, {"attributes", labelledValue}}) {
        const auto found = record.document.find(member);
        if (found == record.document.end() || !found->is_object()) continue;
        if (const auto said = found->find(key); said != found->end() && said->is_string()) return QString::fromStdString(said->get<std::string>());
    }
    return QString::number(record.classNumber);
}

Result<std::shared_ptr<const LabelDesk>> openLabelDesk(Project& project, const std::string& wanted, const std::map<std::string, std::string>& kinds) {
    LAMINA_TRY(const auto newest, project.history(1));
    LAMINA_TRY(auto datasets, project.datasets().all());
    const std::string shown = sourceOfLabels(datasets, wanted);
    std::stable_partition(datasets.begin(), datasets.end(), [&](const auto& dataset) { return dataset.id != shown; });
    std::shared_ptr<LabelDesk> best;
    int bestRank = -1;
    for (auto dataset = datasets.rbegin(); dataset != datasets.rend() && bestRank < 2; ++dataset) {
        const auto kind = kinds.find(dataset->id);
        LAMINA_TRY(auto desk, deskOf(project, *dataset, kind == kinds.end() ? std::string() : kind->second));
        const int rank = desk->labelling || dataset->id == shown ? 2 : desk->kind == DeskKind::Pictures ? 1 : 0;
        if (rank > bestRank) best = std::move(desk);
        bestRank = std::max(bestRank, rank);
    }
    if (best) {
        best->asked = wanted;
        best->journal = newest.empty() ? 0 : newest.front().sequence;
    }
    return std::shared_ptr<const LabelDesk>(std::move(best));
}

Result<std::optional<ShownItem>> readItem(Project& project, const LabelDesk& desk, std::int64_t position) {
    if (!desk.labelling) return std::optional<ShownItem>();
    LAMINA_TRY(auto item, project.labelItems().at(desk.labelling->key, position));
    if (!item) return std::optional<ShownItem>();
    ShownItem shown;
    shown.item = std::move(*item);
    LAMINA_TRY(const auto records, project.annotations().ofItem(shown.item.key));
    if (desk.kind == DeskKind::Texts) shown.text = std::string(desk.table.view(desk.column).text(position));
    if (desk.kind == DeskKind::Rows) shown.cells = desk.table.rowText(position);
    for (const auto& record : records) {
        if (record.pass > 1) continue;  // another opinion, which does not count until somebody decides for it
        shown.heads[record.label.empty() ? record.id : record.label] = record;
        if (record.document.empty() || desk.kind != DeskKind::Pictures) continue;
        auto shape = shapeFromDocument(record.document, labelOf(desk.known, record.classNumber).name.toStdString());
        if (shape) shown.shapes.push_back(shapeOf(desk, record, std::move(*shape)));
    }
    shown.wholeClasses = wholeClassesOf(shown.heads, desk.known);
    return std::optional(std::move(shown));
}

std::vector<std::int64_t> wholeClassesOf(const std::map<std::string, AnnotationRecord>& heads, const std::vector<LabelClassRecord>& known) {
    const ClassNumbers numbers(known);
    std::vector<std::int64_t> classes;
    for (const auto& [label, head] : heads)
        if (head.document.empty() && head.model.empty()) classes.push_back(numbers.current(head.classNumber));
    return classes;
}

Result<std::vector<std::int64_t>> positionsOf(Project& project, const LabelDesk& desk, const QueueFilter& filter, const CancelToken& cancel) {
    LAMINA_TRY(auto found, queuePositions(project.store(), desk.labelling->key, filter));
    if (filter.search.empty() || (desk.kind != DeskKind::Texts && desk.kind != DeskKind::Rows)) return found;
    QueueFilter others = filter;
    others.search.clear();
    LAMINA_TRY(const auto candidates, queuePositions(project.store(), desk.labelling->key, others));
    const QString wanted = QString::fromStdString(filter.search);
    std::vector<std::int64_t> all;
    for (const std::int64_t position : candidates) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const bool known = std::binary_search(found.begin(), found.end(), position);
        if (known || (position < desk.table.rows() && standsIn(desk, position, wanted))) all.push_back(position);
    }
    return all;
}

void readPicture(const LabelDesk& desk, ShownItem& item) {
    const std::int64_t position = item.item.position;
    if (desk.kind != DeskKind::Pictures || position < 0 || position >= desk.table.rows()) return;
    const ColumnInfo& info = desk.table.info(desk.column);
    const ColumnView view = desk.table.view(desk.column);
    if (view.isMissing(position)) return;
    if (info.kind != ColumnKind::Image) return takePicture(item, tensorPicture(info, view.element(position)));
    auto image = desk.reader.read(view.text(position));
    if (image) return takePicture(item, pictureOf(std::move(*image)));
    item.problem = Workspace::words(image.error());
}

void readPreview(const LabelDesk& desk, ShownItem& item) {
    const std::int64_t position = item.item.position;
    const bool isFile = desk.kind == DeskKind::Pictures && position >= 0 && position < desk.table.rows() && desk.table.info(desk.column).kind == ColumnKind::Image;
    if (!isFile || desk.table.view(desk.column).isMissing(position)) return readPicture(desk, item);
    const auto bytes = desk.reader.bytes(desk.table.view(desk.column).text(position));
    const auto head = bytes ? readImageHead(*bytes) : Result<ImageHead>(fail("image.unknown_format"));
    if (!head || head->format != "jpeg" || head->width * head->height < largePixels) return readPicture(desk, item);
    auto image = decodeImage(*bytes, {0, head->height / 16, head->width / 16});
    if (!image) return readPicture(desk, item);
    takePicture(item, pictureOf(std::move(*image)));
    item.size = QSize(static_cast<int>(head->width), static_cast<int>(head->height));
    item.isPreview = item.picture && item.picture->size() != item.size;
}

}  // namespace lamina
