// "Open an ONNX model…": reads the file in the background, shows what it holds, and takes it in when a person says so.
#pragma once

#include <QObject>

#include <memory>

#include "app/pages/model/open_model_dialog.h"

class QWidget;

namespace lamina {

class NetworkDocument;
class Workspace;

/// Lives in the GUI thread; a file that cannot be read is told by the task list.
class ModelOpener : public QObject {
    Q_OBJECT
public:
    ModelOpener(Workspace& workspace, const NetworkDocument& document, QWidget* page);

    /// Asks for a file.
    void choose();
    void open(const QString& file);

private:
    void look(std::shared_ptr<const ForeignModel> model);
    void take(std::shared_ptr<const ForeignModel> model, const OpenModelDialog::Choice& choice);

    Workspace& m_workspace;
    const NetworkDocument& m_document;
    QWidget* m_page;
};

}  // namespace lamina
