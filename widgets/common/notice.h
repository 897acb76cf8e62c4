// A line across a page that says something a person should know or can act on: plain text, at most one button, can be closed.
#pragma once

#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace lamina {

class Notice : public QFrame {
    Q_OBJECT
public:
    enum class Tone { Info, Good, Warning, Bad };

    explicit Notice(QWidget* parent = nullptr);

    /// Shows itself with this text (plain), without a button.
    void say(Tone tone, const QString& text);
    /// The same with a button that calls `act`.
    void say(Tone tone, const QString& text, const QString& button, std::function<void()> act);
    QString text() const;

signals:
    void closed();

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* m_picture;
    QLabel* m_text;
    QPushButton* m_button;
    QToolButton* m_close;
    std::function<void()> m_act;
    Tone m_tone = Tone::Info;
};

}  // namespace lamina
