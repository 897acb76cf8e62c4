// What a page shows where there is nothing yet: what this place is for and the obvious thing to do.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace lamina {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr);

    /// Both plain text. Call again when the language changes.
    void setTexts(const QString& title, const QString& text);
    /// Buttons from left to right, the first is the primary one. The caller sets their text (and again when the language changes).
    QPushButton* addButton(const QString& objectName);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updatePicture();

    QString m_iconName;
    QLabel* m_picture;
    QLabel* m_title;
    QLabel* m_text;
    QWidget* m_buttons;
};

}  // namespace lamina
