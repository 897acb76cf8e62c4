// The Data page's panel at the right: the columns, and what is in the chosen one.
#pragma once

#include <QWidget>

#include <map>
#include <memory>

#include "app/pages/data/opened_dataset.h"
#include "core/data/profile/profile_rows.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace lamina {

class ElidedLabel;
class FigureList;
class HistogramView;

class ColumnPanel : public QWidget {
    Q_OBJECT
public:
    explicit ColumnPanel(QWidget* parent = nullptr);

    /// nullptr: none; the panel says what will be here. The chosen column stays where it is the same dataset.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    void setReadOnly(bool readOnly);
    void setProfile(int column, const ProfiledColumn& profile);
    /// nullptr: not known yet.
    void setDatasetProfile(std::shared_ptr<const DatasetProfile> profile);
    /// The figures of the whole data set instead of one column's.
    void showWhole(bool whole);
    /// -1: none.
    int currentColumn() const;
    void setCurrentColumn(int column);

signals:
    void columnChosen(int column);
    /// "feature", "target" or "ignored".
    void roleWanted(int column, const QString& role);
    /// The rows that a figure is made of.
    void rowsWanted(const lamina::ProfileQuery& query, const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeDetails(QVBoxLayout* layout);
    QWidget* makeTabs();
    QScrollArea* makeWhole();
    void retranslate();
    void fillList();
    void showColumn();
    void showTensor(const ColumnInfo& info);
    void showHistogram(const ProfiledColumn* profile);
    void showWholeFigures();

    std::shared_ptr<const OpenedDataset> m_opened;
    std::map<int, ProfiledColumn> m_profiles;
    std::shared_ptr<const DatasetProfile> m_whole;
    bool m_readOnly = false;
    QLabel *m_empty, *m_roleLabel, *m_wait, *m_wholeWait;
    QPushButton *m_columnsTab, *m_wholeTab;
    QListWidget* m_list;
    QWidget *m_tabs, *m_columns, *m_details;
    QScrollArea *m_scroll, *m_wholeScroll;
    ElidedLabel* m_name;
    QComboBox* m_role;
    FigureList *m_figures, *m_wholeFigures;
    HistogramView* m_histogram;
};

}  // namespace lamina
