// The recipe's steps as a list: what each does, what it did, what is wrong with it; switched off, moved, deleted from here.
#pragma once

#include <QAbstractListModel>
#include <QListView>

#include <vector>

#include "core/data/cleaning/recipe.h"

namespace lamina {

/// Row 0 is the data as it was imported, row n the recipe's step n.
class StepListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TitleRole = Qt::UserRole + 1, LineRole, ReportRole, ErrorRole, CommentRole, OffRole, BusyRole };
    using QAbstractListModel::QAbstractListModel;

    /// `source`: what the data is called ("titanic, 891 rows").
    void setSource(const QString& source);
    void setRecipe(const Recipe& recipe);
    /// One per step; of another recipe's steps nothing is shown.
    void setResults(const std::vector<StepResult>& results);
    void setResult(std::size_t step, const StepResult& result);
    /// The steps from this one on are being run again.
    void setBusyFrom(std::size_t step);
    void setEditable(bool editable);
    const Recipe& recipe() const { return m_recipe; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent) override;

signals:
    void switched(std::size_t step, bool on);
    /// The steps (rising) are to stand before step `before`, counted as they stand now; recipe().steps.size(): at the end.
    void moved(const std::vector<std::size_t>& steps, std::size_t before);

private:
    QString errorText(std::size_t step) const;

    QString m_source;
    Recipe m_recipe;
    std::vector<StepResult> m_results;
    std::size_t m_busyFrom = SIZE_MAX;
    bool m_editable = true;
};

class StepList : public QListView {
    Q_OBJECT
public:
    explicit StepList(StepListModel& model, QWidget* parent = nullptr);

    /// Of the recipe, rising; without the data itself.
    std::vector<std::size_t> selectedSteps() const;
    /// How many steps lead to what is looked at.
    std::size_t shownSteps() const;
    void showSteps(std::size_t steps);

signals:
    void shownChanged(std::size_t steps);
    void removeWanted(const std::vector<std::size_t>& steps);
    /// Enter or F2: its settings.
    void editWanted(std::size_t step);
    void duplicateWanted(std::size_t step);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    void moveBy(int steps);
    void showMenu(const QPoint& position);
    void retranslate();

    StepListModel& m_model;
};

}  // namespace lamina
