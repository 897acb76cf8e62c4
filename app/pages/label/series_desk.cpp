#include "app/pages/label/series_desk.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>

#include <algorithm>

#include "app/pages/label/label_keys.h"
#include "app/pages/label/mark_acts.h"
#include "app/workspace/workspace.h"
#include "core/annotation/shape_document.h"
#include "widgets/ranges/range_view.h"

namespace lamina {

namespace {

constexpr std::size_t mostCurves = 8;

}  // namespace

SeriesDesk::SeriesDesk(Workspace& workspace, QWidget* parent) : ItemDesk(parent), m_workspace(workspace), m_view(new RangeView), m_import(new QPushButton), m_export(new QPushButton) {
    setObjectName("label_series");
    m_view->setObjectName("label_ranges");
    m_view->setOwnKeys(false);
    m_import->setObjectName("label_ranges_in");
    m_export->setObjectName("label_ranges_out");
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addStretch(1);
    row->addWidget(m_import);
    row->addWidget(m_export);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    layout->addLayout(row);
    connect(m_view, &RangeView::edited, this, &SeriesDesk::edited);
    connect(m_view, &RangeView::labelWanted, this, &ItemDesk::classWanted);
    connect(m_view, &RangeView::selectionChanged, this, [this] {
        std::vector<std::string> labels;
        if (!m_view->selected().isEmpty()) labels.push_back(m_view->selected().toStdString());
        emit selectionChanged(labels);
    });
    connect(m_import, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Stretches from a file"), {}, tr("Tables (*.csv *.tsv *.txt)"));
        if (!file.isEmpty()) importFrom(file);
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Stretches as a file"), "ranges.csv", tr("Tables (*.csv)"));
        if (!file.isEmpty()) exportTo(file);
    });
    retranslate();
}

void SeriesDesk::setDesk(std::shared_ptr<const LabelDesk> desk) {
    const bool other = !m_desk || !desk || m_desk->dataset.id != desk->dataset.id;
    m_desk = std::move(desk);
    if (other) {
        m_axis.reset();
        m_item = 0;
        m_heads.clear();
        m_view->setSeries({}, 0, {});
    }
    if (m_desk && other) readCurves();
}

/// The first few columns of numbers; what has a role of its own (a target that is classes) may be looked at, too.
Result<SeriesDesk::Curves> SeriesDesk::curvesOf(const LabelDesk& desk) {
    Curves curves;
    for (std::size_t c = 0; c < desk.table.columnCount() && curves.series.size() < mostCurves; ++c) {
        const auto& info = desk.table.info(c);
        if (info.kind != ColumnKind::Number && info.kind != ColumnKind::Integer) continue;
        const auto view = desk.table.view(c);
        auto values = std::make_shared<MinMaxPyramid>();
        values->reserve(static_cast<std::size_t>(view.rows));
        for (std::int64_t row = 0; row < view.rows; ++row) values->append(static_cast<float>(view.isMissing(row) ? std::numeric_limits<double>::quiet_NaN() : view.number(row)));
        curves.series.push_back({QString::fromStdString(info.name), std::move(values)});
    }
    curves.axis = std::make_shared<SeriesAxis>(desk.table);
    return curves;
}

void SeriesDesk::readCurves() {
    m_workspace.tasks().quietly(this, [desk = m_desk](TaskContext&) { return curvesOf(*desk); }, [this, id = m_desk->dataset.id](Result<Curves> curves) {
        if (!curves || !m_desk || m_desk->dataset.id != id) return;
        m_axis = curves->axis;
        m_view->setSeries(std::move(curves->series), m_axis->rows(), [axis = m_axis](std::int64_t step) { return QString::fromStdString(axis->textOf(step)); });
        fill();
    });
}

void SeriesDesk::showItem(const ShownItem* item) {
    m_item = item ? item->item.key : 0;
    m_heads = item ? item->heads : LabelHeads();
    fill();
}

void SeriesDesk::fill() {
    if (!m_axis || !m_desk) return;
    std::vector<RangeMark> ranges;
    for (const auto& [label, head] : m_heads) {
        const auto shape = head.document.contains("kind") ? shapeFromDocument(head.document, {}) : Result<AnnotationShape>(AnnotationShape());
        if (!shape || shape->kind != ShapeKind::Range) continue;
        const auto look = labelOf(m_desk->known, head.classNumber);
        const std::int64_t first = m_axis->firstRow(shape->begin);
        ranges.push_back({QString::fromStdString(label), first, std::max(first, m_axis->lastRow(shape->end)), look.name, look.colour, !head.model.empty()});
    }
    m_view->setRanges(std::move(ranges));
}

void SeriesDesk::edited(const RangeEdit& edit) {
    if (!m_desk || !m_axis) return;
    std::vector<LabelChange> changes;
    for (const auto& gone : edit.before)
        if (std::none_of(edit.after.begin(), edit.after.end(), [&](const auto& range) { return range.id == gone.id; })) changes.push_back({gone.id.toStdString(), 0, {}, true, gone.label.toStdString()});
    for (const auto& range : edit.after) {
        LabelChange change{range.id.toStdString(), 0, {}, false, {}};
        const auto named = std::find_if(m_desk->classes.begin(), m_desk->classes.end(), [&](const auto& record) { return record.name == range.label.toStdString(); });
        const auto head = m_heads.find(change.label);
        if (named != m_desk->classes.end()) change.classNumber = named->number;
        else if (head != m_heads.end()) change.classNumber = head->second.classNumber;
        AnnotationShape shape;
        shape.kind = ShapeKind::Range;
        shape.begin = m_axis->placeOf(range.first);
        shape.end = m_axis->placeOf(range.last);
        change.document = shapeToDocument(shape);
        changes.push_back(std::move(change));
    }
    emit changed(changes, "range");
}

void SeriesDesk::importFrom(const QString& file) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    const auto work = [project, dataset = m_desk->dataset, path = Path(file.toStdString())](TaskContext& context) {
        return importRanges(*project, dataset, path, {context.progress, context.cancel});
    };
    m_workspace.tasks().start(tr("Stretches from a file"), this, work, [this](Result<RangesOutcome> read) {
        if (!read) return emit said(Workspace::words(read.error()));
        m_workspace.noteEdit();
        emit said(tr("%Ln new stretch(es) read.", nullptr, static_cast<int>(read->ranges)));
    });
}

void SeriesDesk::exportTo(const QString& file) {
    const auto project = m_workspace.shared();
    if (!project || !m_desk) return;
    const auto work = [project, dataset = m_desk->dataset, path = Path(file.toStdString())](TaskContext&) { return exportRanges(*project, dataset, path); };
    m_workspace.tasks().start(tr("Stretches as a file"), this, work, [this, file](Result<RangesOutcome> written) {
        if (!written) return emit said(Workspace::words(written.error()));
        emit said(tr("%Ln stretch(es) written to “%1”.", nullptr, static_cast<int>(written->ranges)).arg(QFileInfo(file).fileName()));
    });
}

void SeriesDesk::setClass(std::int64_t number) {
    if (number == 0 || !m_desk) return m_view->setLabel({});
    const auto look = labelOf(m_desk->classes, number);
    m_view->setLabel({look.name, look.colour});
}

bool SeriesDesk::takeClass(std::int64_t number) {
    setClass(number);
    if (m_view->hasSelection()) m_view->markSelection();
    else m_view->labelSelected();
    return true;
}

void SeriesDesk::setReadOnly(bool readOnly) {
    m_view->setReadOnly(readOnly);
    m_import->setDisabled(readOnly);
}

void SeriesDesk::select(const std::string& label) { m_view->select(QString::fromStdString(label)); }

QWidget* SeriesDesk::workplace() { return m_view; }

void SeriesDesk::setKeys(const LabelKeys* keys) {
    m_view->setKeyMap(keys->cursorKeys());
    ItemDesk::setKeys(keys);
}

std::vector<std::pair<QString, QString>> SeriesDesk::keys() const {
    return {{tr("Home, End"), tr("The first step, the last step; with Shift select")},
            {tr("Drag"), tr("Mark a stretch with the chosen class; at its edges: move them")},
            {tr("Wheel"), tr("Larger and smaller; with Shift along the series")}};
}

std::map<QString, std::function<void()>> SeriesDesk::acts() {
    auto acts = markActs(m_view);
    acts["fit"] = [this] { m_view->showAll(); };
    acts["zoom_in"] = [this] { m_view->zoomIn(true); };
    acts["zoom_out"] = [this] { m_view->zoomIn(false); };
    return acts;
}

QString SeriesDesk::help() const { return tr("Choose a class and drag over the chart: the stretch gets it. Edges can be dragged. The wheel zooms, with Shift it moves along. Stretches may overlap."); }

void SeriesDesk::retranslate() {
    m_import->setText(tr("From a file …"));
    m_import->setToolTip(tr("A table with the columns start, end and class"));
    m_export->setText(tr("To a file …"));
    m_export->setToolTip(tr("All stretches as a table with the columns start, end and class"));
}

}  // namespace lamina
