// A label of one line that shortens its text with "…" instead of making its window wider; the whole text is its tooltip.
#pragma once

#include <QLabel>

namespace lamina {

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget* parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);

    void setFullText(const QString& text);
    const QString& fullText() const { return m_text; }
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QString m_text;
    Qt::TextElideMode m_mode;
};

}  // namespace lamina
