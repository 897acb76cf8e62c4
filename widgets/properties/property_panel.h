// The property panel: a heading and one row per setting of what is selected.
#pragma once

#include <QScrollArea>

#include <vector>

#include "widgets/properties/property_row.h"

class QLabel;
class QVBoxLayout;

namespace lamina {

class PropertyField;

/// GUI thread. All texts are the caller's, in the language in use: give them again when it changes.
class PropertyPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit PropertyPanel(QWidget* parent = nullptr);

    /// What is shown: an icon of themeIcon (may be empty), a title, a sentence. `more`: how many other objects get the same edits.
    void setHeading(const QString& icon, const QString& title, const QString& summary, int more = 0);
    /// Rows that were there already keep focus, cursor and what is being typed. The focused one is explained at the foot of the panel.
    void setRows(const std::vector<PropertyRow>& rows);
    void setReadOnly(bool readOnly);
    /// Focus to the first editor.
    void focusFirst();
    /// Gives waiting edits now: before what is shown changes.
    void commit();
    PropertyField* field(const QString& id) const;

signals:
    /// A valid value: of text fields after a short pause, Enter or leaving the field; of the others at once.
    void changed(const QString& id, const lamina::PropertyValue& value);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void explain(PropertyField* field, const QString& help);
    void placeFoot();
    void updateHeading();
    void rebuild(const std::vector<PropertyRow>& rows);

    QString m_iconName;
    int m_more = 0;
    bool m_readOnly = false;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_summary;
    QLabel* m_moreLabel;
    QLabel* m_foot;  ///< what the focused field is for: room of its own, so that no field moves
    PropertyField* m_explained = nullptr;
    QVBoxLayout* m_list;
    std::vector<PropertyField*> m_fields;
};

}  // namespace lamina
