// The source of a dataset read once more into the same dataset: labels, roles, recipe and parts stay; what is different is said.
#pragma once

#include <QObject>

#include "app/jobs/dataset_jobs.h"
#include "app/pages/data/opened_dataset.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

namespace lamina {

class ImportBanner;

class ImportAgain : public QObject {
    Q_OBJECT
public:
    ImportAgain(Workspace& workspace, Notice& notice, ImportBanner& banner, QObject* page);

    /// From where it came.
    void start(const OpenedDataset& dataset);

signals:
    void ended();

private:
    void say(const ReimportOutcome& outcome);

    Workspace& m_workspace;
    Notice& m_notice;
    ImportBanner& m_banner;
};

}  // namespace lamina
