// Horizontal bars with counts: how many items of each class there are, divided into parts (training, validation, test).
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace lamina {

struct BarsRow {
    QString name;                      ///< plain text
    std::vector<std::int64_t> counts;  ///< one per part
};

/// As high as its rows need: put it into a scroll area where there may be many.
class BarsView : public QWidget {
    Q_OBJECT
public:
    explicit BarsView(QWidget* parent = nullptr);

    /// `parts` name what the counts of a row are; one part needs no name.
    void setRows(const QStringList& parts, const std::vector<BarsRow>& rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int rowHeight() const;
    int headHeight() const;

    QStringList m_parts;
    std::vector<BarsRow> m_rows;
};

}  // namespace lamina
