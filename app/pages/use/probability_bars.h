// The most probable classes of an answer as bars, the surest on top.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;

namespace lamina {

class ElidedLabel;

class ProbabilityBars : public QWidget {
    Q_OBJECT
public:
    static constexpr int most = 5;

    explicit ProbabilityBars(QWidget* parent = nullptr);

    /// One probability (0 … 1) for each name; shows the `most` largest.
    void show(const QStringList& names, const std::vector<float>& probabilities);
    void clear();
    /// "98.2 %", "<0.1 %" in the locale's way.
    static QString percentText(double probability);

private:
    struct Row {
        ElidedLabel* name;
        QProgressBar* bar;
        QLabel* percent;
    };
    void setRowVisible(const Row& row, bool visible);

    std::vector<Row> m_rows;
};

}  // namespace lamina
