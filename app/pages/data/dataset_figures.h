// Figures of the dataset that is looked at, found in the background: what its columns hold, what is remarkable of the whole, which rows a figure is made of,
// and what leaks between the parts of its split.
#pragma once

#include <QObject>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/split_jobs.h"
#include "app/pages/data/opened_dataset.h"
#include "app/workspace/workspace.h"
#include "core/data/profile/profile_rows.h"

class QWidget;

namespace lamina {

class DatasetFigures : public QObject {
    Q_OBJECT
public:
    /// Works only while `page` is visible; it deletes this.
    DatasetFigures(Workspace& workspace, QWidget* page);

    /// What is known of the same rows, roles and parts stays. nullptr: none.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    /// Begins what could not begin while the page was hidden.
    void resume();
    /// rowsFound() when they are there.
    void findRows(const ProfileQuery& query, const QString& words);

signals:
    /// Columns come in any order.
    void columnProfiled(int column, const lamina::ProfiledColumn& profile);
    void profiled(std::shared_ptr<const lamina::DatasetProfile> profile);
    void rowsFound(const std::vector<std::uint32_t>& rows, const QString& words);
    /// nullopt: not known (yet).
    void leaksFound(const std::optional<lamina::SplitLeaks>& leaks);

private:
    void profile();
    void lookForAlike(bool known);
    void takeAlike(std::shared_ptr<const DatasetProfile> profile);
    void findLeaks();

    Workspace& m_workspace;
    QWidget* m_page;
    std::shared_ptr<const OpenedDataset> m_opened;
    std::shared_ptr<const DatasetProfile> m_profile;
    std::string m_profiledKey;  ///< the rows, roles and parts that were looked at
    std::string m_leaksOf;      ///< the split that was searched
    int m_profiling = 0, m_searching = 0, m_comparing = 0;
};

}  // namespace lamina
