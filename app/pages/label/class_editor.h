// A class of labels: what it is called, how it looks, its key, what it means, what it belongs to.
#pragma once

#include <QDialog>

#include <vector>

#include "core/project/label_class_record.h"

class QComboBox;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace lamina {

class ClassEditor : public QDialog {
    Q_OBJECT
public:
    /// `all`: the classes that are offered, this one among them.
    ClassEditor(const LabelClassRecord& record, const std::vector<LabelClassRecord>& all, QWidget* parent = nullptr);

    /// As it was typed in; id and number as they were.
    LabelClassRecord record() const;

private:
    void chooseColour();
    void showColour();
    void checkKey();
    void check();

    LabelClassRecord m_record;
    std::vector<LabelClassRecord> m_all;
    QLineEdit* m_name;
    QToolButton* m_colour;
    QKeySequenceEdit* m_key;
    QLabel* m_keyNote;
    QComboBox* m_parent;
    QPlainTextEdit* m_description;
    QLineEdit *m_points, *m_bones;
    QPushButton* m_keep = nullptr;
};

}  // namespace lamina
