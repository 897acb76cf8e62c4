// Finding a layer on the canvas by its name or kind.
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QToolButton;

namespace lamina {

class FindBar : public QFrame {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);

    void open();
    QString text() const;
    /// "2 of 5"; count 0: nothing found.
    void setFound(int index, int count);

signals:
    void textChanged(const QString& text);
    void stepWanted(bool forward);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QLineEdit* m_text;
    QLabel* m_found;
    QToolButton* m_close;
    int m_index = 0, m_count = -1;
};

}  // namespace lamina
