// Copies of a dataset's pictures for others, in which nobody is recognised: asked by a page, written in the background.
#pragma once

#include <QObject>

#include <memory>

#include "app/pages/common/pictures_out_dialog.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

namespace lamina {

class PicturesOut : public QObject {
    Q_OBJECT
public:
    /// `page`: the parent of the dialog; deletes this.
    PicturesOut(Workspace& workspace, Notice& notice, QWidget* page);

    void ask(const DatasetRecord& dataset);
    /// Shows itself among the tasks and can be cancelled there; what came of it stands in the notice.
    void write(const AnnotationExportRequest& request);

private:
    void open(const PicturesOffer& offer);
    void tell(const AnnotationExportRequest& request, const AnnotationExportOutcome& outcome);

    Workspace& m_workspace;
    Notice& m_notice;
    QWidget* m_page;
};

}  // namespace lamina
