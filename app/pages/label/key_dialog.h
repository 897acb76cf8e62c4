// Which key does what: changed here, with what is in each other's way, presets, and files for other computers.
#pragma once

#include <QDialog>

#include "app/pages/label/label_keys.h"

class QDialogButtonBox;
class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTableWidget;

namespace lamina {

class KeyDialog : public QDialog {
    Q_OBJECT
public:
    explicit KeyDialog(LabelKeys& keys, QWidget* parent = nullptr);

    const LabelKeys::Bindings& bindings() const { return m_bindings; }
    void setBindings(const LabelKeys::Bindings& bindings);
    /// As if it had been pressed in the field: the key of this action from now on.
    void bind(const QString& id, const QKeySequence& key);

private:
    void fill();
    void showChosen();
    void take();
    void importFile();
    void exportFile();
    QString chosen() const;

    LabelKeys& m_keys;
    LabelKeys::Bindings m_bindings;
    QTableWidget* m_table;
    QKeySequenceEdit* m_edit;
    QPushButton *m_add, *m_clear, *m_usual, *m_left, *m_import, *m_export;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

}  // namespace lamina
