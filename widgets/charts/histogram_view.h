// A small histogram: how often numbers fall between two borders.
#pragma once

#include <QStringList>
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
    /// Bins of any width: one more edge than counts, each with the words for it (two words: from, to). Shown equally wide. `names`: what a bin is called
    /// where it is not "from … to"; empty: none is.
    void setBins(const QStringList& edges, const std::vector<std::int64_t>& counts, const QStringList& names = {});
    QSize sizeHint() const override { return {220, 90}; }
    QSize minimumSizeHint() const override { return {80, 50}; }

signals:
    void binChosen(std::size_t bin);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString intervalText(std::size_t interval) const;
    std::size_t binAt(int x) const;

    QStringList m_edges;  ///< empty: equally wide intervals from m_low to m_high
    QStringList m_names;
    double m_low = 0, m_high = 1;
    std::vector<std::int64_t> m_counts;
};

}  // namespace lamina
