// Below its button: which scores of models the queue lets through.
#pragma once

#include <QFrame>

#include <optional>
#include <utility>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace lamina {

class ScorePopup : public QFrame {
    Q_OBJECT
public:
    explicit ScorePopup(QWidget* parent);

    /// From … to, 0 … 1; nothing: every item, with a score or without.
    std::optional<std::pair<double, double>> range() const;
    /// "Score 20–60 %"; "Score".
    QString words() const;
    void clear();
    void openBelow(const QWidget* place);

signals:
    void changed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QCheckBox* m_only;
    QLabel* m_about;
    QSpinBox *m_from, *m_to;
};

}  // namespace lamina
