#include "app/pages/model/model_opener.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

#include "app/pages/model/network_document.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"

namespace lamina {
namespace {

constexpr const char* folderKey = "model/open_folder";

/// What became of a model: the network, and the run where it is used without training.
struct Taken {
    std::string network, run;
    std::vector<Issue> issues;
    std::optional<Error> notReady;  ///< why it cannot be used without training, though it was added
};

Result<Taken> takeIn(Project& project, const ForeignModel& model, const ModelImportRequest& request, const OpenModelDialog::Choice& choice) {
    LAMINA_TRY(auto added, addForeignModel(project, model, request));
    Taken taken{added.record.id, {}, std::move(added.issues), {}};
    if (!choice.use) return taken;
    auto ready = makeReady(project, {added.record.id, request.dataset, {}, {}, choice.scale, 0, request.cancel});
    if (!ready) {
        taken.notReady = ready.takeError();
        return taken;
    }
    taken.run = ready->run.id;
    taken.issues.insert(taken.issues.end(), ready->issues.begin(), ready->issues.end());
    return taken;
}

}  // namespace

ModelOpener::ModelOpener(Workspace& workspace, const NetworkDocument& document, QWidget* page)
    : QObject(page), m_workspace(workspace), m_document(document), m_page(page) {}

void ModelOpener::choose() {
    auto* dialog = new QFileDialog(m_page, tr("Open an ONNX model"), settings::value(folderKey, QDir::homePath()).toString(),
                                   tr("ONNX models (*.onnx);;All files (*)"));
    dialog->setObjectName(QStringLiteral("openModelFile"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelOpener::open);
    dialog->open();
}

void ModelOpener::open(const QString& file) {
    if (!m_workspace.isOpen() || m_workspace.readOnly()) return;
    settings::setValue(folderKey, QFileInfo(file).absolutePath());
    m_workspace.tasks().start(
        tr("Read %1").arg(QFileInfo(file).fileName()), this,
        [path = Path(file.toStdString())](TaskContext& context) -> Result<std::shared_ptr<const ForeignModel>> {
            LAMINA_TRY(auto model, readForeignModel(path, context.cancel));
            return std::make_shared<const ForeignModel>(std::move(model));
        },
        [this](Result<std::shared_ptr<const ForeignModel>> model) {
            if (model) look(std::move(*model));
        });
}

void ModelOpener::look(std::shared_ptr<const ForeignModel> model) {
    if (!m_workspace.isOpen()) return;
    auto* dialog = new OpenModelDialog(model, m_document.needs(), m_document.datasetName(), m_page);
    connect(dialog, &OpenModelDialog::taken, this, [this, model](const OpenModelDialog::Choice& choice) { take(model, choice); });
    dialog->open();
}

void ModelOpener::take(std::shared_ptr<const ForeignModel> model, const OpenModelDialog::Choice& choice) {
    if (!m_workspace.isOpen()) return;
    ModelImportRequest request{choice.name, m_document.needs() ? m_document.needs()->datasetId : "", {}};
    m_workspace.tasks().start(
        tr("Open %1").arg(QString::fromStdString(choice.name)), this,
        [project = m_workspace.shared(), model, request, choice](TaskContext& context) mutable {
            request.cancel = context.cancel;
            return takeIn(*project, *model, request, choice);
        },
        [this](Result<Taken> taken) {
            if (!taken) return;
            m_workspace.setNetwork(taken->network);
            m_workspace.noteEdit();
            if (taken->notReady)
                return emit m_workspace.problem(tr("The network was opened, but cannot be used without training. %1").arg(Workspace::words(*taken->notReady)));
            if (taken->run.empty()) return;
            m_workspace.setRun(taken->run);
            emit m_workspace.notice(tr("The model is ready: ask it on the Use page, or look at it in Review."));
        });
}

}  // namespace lamina
