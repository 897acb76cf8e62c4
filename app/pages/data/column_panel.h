// The Data page's panel at the right: the columns, and what is in the chosen one.
#pragma once

#include <QWidget>

#include <map>
#include <memory>

#include "app/pages/data/column_profile.h"
#include "app/pages/data/opened_dataset.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QVBoxLayout;

namespace lamina {

class ElidedLabel;
class HistogramView;

class ColumnPanel : public QWidget {
    Q_OBJECT
public:
    explicit ColumnPanel(QWidget* parent = nullptr);

    /// nullptr: none; the panel says what will be here. The chosen column stays where it is the same dataset.
    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    void setReadOnly(bool readOnly);
    void setProfile(int column, const ColumnProfile& profile);
    /// -1: none.
    int currentColumn() const;
    void setCurrentColumn(int column);

signals:
    void columnChosen(int column);
    /// "feature", "target" or "ignored".
    void roleWanted(int column, const QString& role);

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeDetails(QVBoxLayout* layout);
    void retranslate();
    void fillList();
    void showColumn();
    void showFigures(const ColumnProfile& profile);
    void showFrequent(const ColumnProfile& profile);
    void addFigure(const QString& title, const QString& text);

    std::shared_ptr<const OpenedDataset> m_opened;
    std::map<int, ColumnProfile> m_profiles;
    bool m_readOnly = false;
    QLabel *m_heading, *m_empty, *m_roleLabel, *m_frequentTitle, *m_wait;
    QListWidget* m_list;
    QWidget *m_details, *m_scroll;
    ElidedLabel* m_name;
    QComboBox* m_role;
    QFormLayout *m_figures, *m_frequent;
    HistogramView* m_histogram;
};

}  // namespace lamina
