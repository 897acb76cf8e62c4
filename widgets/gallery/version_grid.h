// Items beside changed versions of them: a line per item, its original first. Pictures, curves or lines of text.
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace lamina {

/// One of the three.
struct VersionCell {
    QImage picture = {};
    std::vector<float> curve = {};
    QStringList lines = {};
};

struct VersionLine {
    QString name;  ///< plain text; may be empty
    std::vector<VersionCell> cells;
};

class VersionGrid : public QWidget {
    Q_OBJECT
public:
    explicit VersionGrid(QWidget* parent = nullptr);

    void setLines(std::vector<VersionLine> lines);
    const std::vector<VersionLine>& lines() const { return m_lines; }
    /// Above the first and above the other columns.
    void setTitles(const QString& original, const QString& versions);
    /// Said in the middle where there are no lines.
    void setEmptyText(const QString& text);
    QSize sizeHint() const override { return {620, 460}; }
    QSize minimumSizeHint() const override { return {300, 200}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t columns() const;
    QRectF cellRect(std::size_t line, std::size_t column) const;
    void paintTitles(QPainter& painter) const;
    void paintCell(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const;
    void paintCurve(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const;
    void paintTexts(QPainter& painter, const QRectF& place, const VersionLine& line, std::size_t column) const;

    std::vector<VersionLine> m_lines;
    QString m_original, m_versions, m_emptyText;
};

}  // namespace lamina
