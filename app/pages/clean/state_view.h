// The table in one state of the recipe: what it is, in words, which rows of it are shown, and whether the recipe is still running.
#pragma once

#include <QWidget>

#include <memory>

class QCheckBox;
class QProgressBar;
class QPushButton;
class QTimer;

namespace lamina {

class DataTable;
class ElidedLabel;
struct ShownState;

class StateView : public QWidget {
    Q_OBJECT
public:
    explicit StateView(QWidget* parent = nullptr);

    DataTable& table() { return *m_table; }
    /// Plain text: what is looked at.
    void setPlace(const QString& words);
    /// What was shown before keeps its place, filters and order where it can. `before`: nullptr for the first one.
    void setState(const ShownState& state, const ShownState* before);
    /// The cell of this row, also where the row was removed before.
    void goTo(std::int64_t row, int column, bool anyGone);
    /// Work that is done at once is not shown.
    void setBusy(bool busy);

signals:
    void stopWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    ElidedLabel* m_place;
    DataTable* m_table;
    QCheckBox *m_touchedOnly, *m_goneShown;
    QProgressBar* m_busy;
    QPushButton* m_stop;
    QTimer* m_busyDelay;
};

}  // namespace lamina
