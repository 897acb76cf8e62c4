// What is done to many items: how labelling begins, the set of classes (each change is an edit, after which the desk is read again), shapes between pictures.
#include <QLocale>
#include <QPushButton>

#include "app/jobs/annotation_jobs.h"
#include "app/jobs/interpolate_labels.h"
#include "app/jobs/label_queue.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

namespace lamina {

void LabelPage::connectBeginnings() {
    connect(m_begin, &QPushButton::clicked, this, [this] {
        beginWith([](Project& project, const DatasetRecord& dataset, const ImportJob& job) -> Result<bool> {
            LAMINA_CHECK(beginLabelling(project, dataset, job));
            return true;
        });
    });
    connect(m_beginFiles, &QPushButton::clicked, this, [this] {
        beginWith([](Project& project, const DatasetRecord& dataset, const ImportJob& job) -> Result<bool> {
            AnnotationImportRequest request;
            request.source = dataset.sourcePath;
            request.dataset = dataset.id;
            LAMINA_CHECK(importAnnotations(project, request, job));
            return true;
        });
    });
    connect(m_beginColumn, &QPushButton::clicked, this, [this] {
        beginWith([](Project& project, const DatasetRecord& dataset, const ImportJob& job) -> Result<bool> {
            LAMINA_CHECK(beginLabellingFrom(project, dataset, {}, job));
            return true;
        });
    });
}

void LabelPage::connectClasses() {
    const auto change = [this](LabelSaver::Begin begin) {
        if (m_workspace.readOnly()) return;
        m_whenIdle.push_back([this] { reload(); });
        write(std::move(begin));
    };
    connect(m_classes, &ClassList::changeWanted, this, [change](const LabelClassRecord& record) { change([record](Project& project) { return project.labelClasses().change(record); }); });
    connect(m_classes, &ClassList::orderWanted, this, [change](const std::vector<LabelClassRecord>& classes) {
        change([classes](Project& project) { return project.labelClasses().arrange(classes); });
    });
    connect(m_classes, &ClassList::mergeWanted, this, [change](const std::string& from, const std::string& into) {
        change([from, into](Project& project) { return project.labelClasses().merge(from, into); });
    });
    for (auto* panel : m_panels)
        connect(panel, &LabelPanel::changeWanted, this, [this](const std::vector<LabelChange>& changes, const std::string& tool) {
            if (!m_item || !m_desk || m_workspace.readOnly()) return;
            readAgainWhenIdle();
            save(gestureOf(changes, m_item->item, m_desk->known, tool, m_item->heads));
        });
    connect(m_classes, &ClassList::retireWanted, this, [this, change](const std::string& id) {
        change([id](Project& project) { return project.labelClasses().setRetired(id, true); });
        m_notice->say(Notice::Tone::Info, tr("The class is no longer offered. Labels that have it keep it; the menu of the classes offers it again."));
    });
    connect(m_classes, &ClassList::offerWanted, this, [change](const std::string& id) { change([id](Project& project) { return project.labelClasses().setRetired(id, false); }); });
}

/// From the nearest picture before this one on which somebody drew to this one: what lies between gets proposals.
void LabelPage::interpolate() {
    const auto project = m_workspace.shared();
    if (!project || !m_item || !m_desk || m_itemDesk || m_workspace.readOnly()) return;
    if (!m_saver.isIdle()) return m_whenIdle.push_back([this] { interpolate(); });
    const auto work = [project, request = InterpolateRequest{m_desk->dataset.id, m_position, -1}](TaskContext& context) {
        return interpolateLabels(*project, request, {context.progress, context.cancel});
    };
    m_workspace.tasks().start(tr("Shapes between pictures"), this, work, [this](Result<InterpolateOutcome> made) {
        if (!made) return m_notice->say(Notice::Tone::Warning, Workspace::words(made.error()));
        m_workspace.noteEdit();
        const auto text = m_keys.filled(tr("%Ln picture(s) before this one have proposals now, from picture %1 on. Look through them: {accept} accepts.", nullptr, static_cast<int>(made->items)));
        m_notice->say(Notice::Tone::Good, text.arg(QLocale().toString(qlonglong(made->from + 1))), tr("Show the first"), [this, first = made->from + 1] {
            m_visited.push_back(m_position);
            go(first);
        });
    });
}

}  // namespace lamina
