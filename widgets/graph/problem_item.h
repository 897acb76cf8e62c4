// The words beside a node that cannot work, with the button that mends it.
#pragma once

#include <QFont>
#include <QGraphicsItem>
#include <QString>

namespace lamina {

/// Child of its node, at its right. Paints only.
class ProblemItem : public QGraphicsItem {
public:
    explicit ProblemItem(QGraphicsItem* node);

    void setTexts(const QString& problem, const QString& fix);
    /// In the scene; empty where there is no button.
    QRectF button() const;

    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QString m_problem, m_fix;
    QRectF m_rect, m_text, m_button;
};

}  // namespace lamina
