#include "app/pages/common/pictures_out.h"

#include <QDir>

#include <map>

#include "app/settings/settings.h"

namespace lamina {
namespace {

constexpr const char* outFolderKey = "data/pictures_out";

/// Classes under the names that they have now, in their order.
Result<PicturesOffer> offerOf(Project& project, const DatasetRecord& dataset) {
    PicturesOffer offer{dataset.id, dataset.name, false, {}};
    LAMINA_TRY(const auto labelling, project.labelItems().ofDataset(dataset.id));
    if (!labelling) return offer;
    offer.labelled = true;
    LAMINA_TRY(const auto counts, project.labelItems().counts(labelling->key));
    LAMINA_TRY(const auto classes, project.labelClasses().all());
    const ClassNumbers numbers(classes);
    std::map<std::int64_t, std::int64_t> labels;
    for (const auto& [number, count] : counts.classes)
        if (count > 0) labels[numbers.current(number)] += count;
    // A class of which a model has proposed something is offered too; the export then tells that proposals stay as they are.
    for (const auto& [number, count] : counts.proposals)
        if (count > 0) labels.try_emplace(numbers.current(number), 0);
    for (const LabelClassRecord& record : classes)
        if (record.mergedInto == 0 && labels.count(record.number)) offer.classes.emplace_back(record.name, labels[record.number]);
    return offer;
}

}  // namespace

PicturesOut::PicturesOut(Workspace& workspace, Notice& notice, QWidget* page) : QObject(page), m_workspace(workspace), m_notice(notice), m_page(page) {}

void PicturesOut::ask(const DatasetRecord& dataset) {
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), record = dataset](TaskContext&) { return offerOf(*project, record); },
        [this](const Result<PicturesOffer>& offer) {
            if (offer) open(*offer);
            else m_notice.say(Notice::Tone::Bad, Workspace::words(offer.error()));
        });
}

void PicturesOut::open(const PicturesOffer& offer) {
    auto* dialog = new PicturesOutDialog(offer, settings::value(QLatin1String(outFolderKey), QString()).toString(), m_page);
    connect(dialog, &PicturesOutDialog::wanted, this, &PicturesOut::write);
    dialog->open();
}

void PicturesOut::write(const AnnotationExportRequest& request) {
    settings::setValue(QLatin1String(outFolderKey), QString::fromStdString(request.folder.string()));
    m_workspace.tasks().start(
        tr("Write anonymised pictures"), this,
        [project = m_workspace.shared(), request](TaskContext& context) { return exportAnnotations(*project, request, {context.progress, context.cancel, 0}); },
        [this, request](const Result<AnnotationExportOutcome>& outcome) {
            if (outcome) tell(request, *outcome);
            else if (outcome.error().code != "job.cancelled") m_notice.say(Notice::Tone::Bad, Workspace::words(outcome.error()));
        });
}

void PicturesOut::tell(const AnnotationExportRequest& request, const AnnotationExportOutcome& outcome) {
    const QString folder = QDir::toNativeSeparators(QString::fromStdString(request.folder.string()));
    QString text = tr("%n picture(s) were written to %1.", nullptr, static_cast<int>(outcome.items)).arg(folder);
    bool warning = false;
    for (const Issue& issue : outcome.issues) {
        text += u' ' + Workspace::words(issue);
        warning = warning || issue.severity != Severity::Note;
    }
    m_notice.say(warning ? Notice::Tone::Warning : Notice::Tone::Good, text);
}

}  // namespace lamina
