// What a person changes of a dataset on the Data page: roles of columns, the split, its name; deleting it. All in the background.
#pragma once

#include <QObject>

#include <functional>
#include <memory>

#include "app/jobs/split_jobs.h"
#include "app/pages/data/opened_dataset.h"
#include "app/workspace/workspace.h"
#include "widgets/common/notice.h"

namespace lamina {

/// Every edit ends with ended(), whether it went well or not; what there is to say was said in the notice before.
class DatasetEdits : public QObject {
    Q_OBJECT
public:
    /// `page`: the parent of what is asked; deletes this.
    DatasetEdits(Workspace& workspace, Notice& notice, QWidget* page);

    /// A new target has the split drawn again with `settings`: parts drawn for another one leave out other rows and have other shares of the classes.
    void setRole(const OpenedDataset& dataset, int column, const QString& role, const SplitSettings& settings);
    void drawSplit(const OpenedDataset& dataset, const SplitSettings& settings);
    /// The newest split again by its own settings, for the rows that the recipe gives now.
    void redrawSplit(const OpenedDataset& dataset);
    /// What belongs together and lies in several parts comes into one; the notice says what was done.
    void mendSplit(const OpenedDataset& dataset);
    /// Asks for the name.
    void rename(const OpenedDataset& dataset);
    /// Can be undone at the notice.
    void remove(const OpenedDataset& dataset);

signals:
    void ended();

private:
    void drawn(const Result<SplitOutcome>& outcome);
    void sayDrawn(const SplitOutcome& outcome);
    using Work = std::function<Result<void>(Project&, TaskContext&)>;
    void edit(Work work);
    void mended(const Result<MendOutcome>& outcome);
    void removed(const QString& name, const Result<void>& result);

    Workspace& m_workspace;
    Notice& m_notice;
    QWidget* m_page;
};

}  // namespace lamina
