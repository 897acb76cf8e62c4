// The runs of a project as a table: shown or not, name with colour, best value, status, when, what was noted.
#pragma once

#include <QAbstractTableModel>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/project/run_record.h"

namespace lamina {

class RunListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Best, Epoch, Status, Started, Note, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1, SortRole };

    explicit RunListModel(QObject* parent = nullptr);

    /// In order of creation. Runs that are new are shown where fewer than three are.
    void setRuns(std::vector<RunRecord> runs);
    const std::vector<RunRecord>& runs() const { return m_runs; }
    const RunRecord* run(const std::string& id) const;
    bool shown(const std::string& id) const { return m_shown.count(id) > 0; }
    void setShown(const std::string& id, bool shown);
    /// The same for a run, whatever else comes and goes.
    int colour(const std::string& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// SortRole of Best: ascending is from the best to the worst, whatever the metric, and runs without a value come last.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void shownChanged();
    void renameWanted(const std::string& id, const QString& name);

private:
    QVariant text(const RunRecord& run, int column) const;
    QString toolTip(const RunRecord& run, int column) const;
    QVariant sortKey(const RunRecord& run, int column) const;
    std::string commonMetric() const;
    bool isBest(const RunRecord& run) const;

    std::vector<RunRecord> m_runs;
    std::set<std::string> m_shown, m_known;
    std::map<std::string, int> m_colours;  ///< also of runs that went: undo may bring them back
};

}  // namespace lamina
