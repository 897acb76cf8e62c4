// A small histogram: how often numbers fall between two borders.
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

namespace lamina {

class HistogramView : public QWidget {
    Q_OBJECT
public:
    explicit HistogramView(QWidget* parent = nullptr);

    /// `counts` of equally wide intervals from low to high.
    void setCounts(double low, double high, const std::vector<std::int64_t>& counts);
    QSize sizeHint() const override { return {220, 90}; }
    QSize minimumSizeHint() const override { return {80, 50}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString intervalText(std::size_t interval) const;

    double m_low = 0, m_high = 1;
    std::vector<std::int64_t> m_counts;
};

}  // namespace lamina
