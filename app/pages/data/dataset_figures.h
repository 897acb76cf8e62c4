// Figures of the dataset that is looked at, found one after the other in the background: what its columns hold, and which rows its parts share.
#pragma once

#include <QObject>

#include <optional>
#include <set>
#include <string>

#include "app/pages/data/column_profile.h"
#include "app/pages/data/opened_dataset.h"
#include "app/pages/data/repeated_rows.h"
#include "app/workspace/workspace.h"

class QWidget;

namespace lamina {

class DatasetFigures : public QObject {
    Q_OBJECT
public:
    /// Works only while `page` is visible; it deletes this.
    DatasetFigures(Workspace& workspace, QWidget* page);

    /// What is known of the same rows stays. nullptr: none.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    /// The column a person looks at is the next; -1: none.
    void wantColumn(int column);

signals:
    void columnProfiled(int column, const lamina::ColumnProfile& profile);
    /// nullopt: not known (yet).
    void repeatedRowsFound(const std::optional<lamina::RepeatedRows>& rows);

private:
    void profileNext();
    void findRepeated();

    Workspace& m_workspace;
    QWidget* m_page;
    std::shared_ptr<const OpenedDataset> m_opened;
    std::set<int> m_profiled;
    std::string m_repeatedOf;  ///< the split and the roles that were searched for repeated rows
    int m_wanted = -1, m_profiling = 0;
};

}  // namespace lamina
