// A small picture of how numbers are spread: bars, with the smallest and the largest value below.
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

namespace lamina {

class MiniHistogram : public QWidget {
    Q_OBJECT
public:
    explicit MiniHistogram(QWidget* parent = nullptr);

    void setBins(std::vector<std::int64_t> bins, double from, double to);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<std::int64_t> m_bins;
    double m_from = 0, m_to = 0;
};

}  // namespace lamina
