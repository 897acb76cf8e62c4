// What the learning-rate finder has found: the curve, the suggestion, and a button that takes it.
#pragma once

#include <QDialog>

#include "core/training/learning_rate_finder.h"

class QLabel;
class QPushButton;

namespace lamina {

class LinePlot;

class LearningRateDialog : public QDialog {
    Q_OBJECT
public:
    /// `current`: the learning rate that is set now.
    LearningRateDialog(LearningRateSearch search, double current, QWidget* parent = nullptr);

signals:
    void taken(double rate);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    const LearningRateSearch m_search;
    const double m_current;
    QLabel* m_text;
    LinePlot* m_plot;
    QPushButton *m_take, *m_close;
};

}  // namespace lamina
