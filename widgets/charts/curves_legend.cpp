#include "widgets/charts/curves_legend.h"

#include <QEvent>
#include <QLayout>
#include <QPainter>
#include <QToolButton>

#include "widgets/charts/curves_painter.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

/// Items from left to right, then in the next line.
class LineLayout : public QLayout {
public:
    using QLayout::QLayout;
    ~LineLayout() override { qDeleteAll(m_items); }
    void addItem(QLayoutItem* item) override { m_items.append(item); }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override { return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return place(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override { return minimumSize(); }
    QSize minimumSize() const override {
        QSize size;
        for (const QLayoutItem* item : m_items) size = size.expandedTo(item->minimumSize());
        return size;
    }
    void setGeometry(const QRect& rect) override {
        QLayout::setGeometry(rect);
        place(rect, true);
    }

private:
    int place(const QRect& rect, bool apply) const {
        int x = rect.x(), y = rect.y(), line = 0;
        for (QLayoutItem* item : m_items) {
            const QSize size(std::min(item->sizeHint().width(), rect.width()), item->sizeHint().height());
            if (x > rect.x() && x + size.width() > rect.right() + 1) {
                x = rect.x();
                y += line + 2;
                line = 0;
            }
            if (apply) item->setGeometry(QRect(QPoint(x, y), size));
            x += size.width() + 4;
            line = std::max(line, size.height());
        }
        return y + line - rect.y();
    }

    QList<QLayoutItem*> m_items;
};

QIcon sampleIcon(const CurveStyle& style) {
    QPixmap pixmap(44, 24);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintCurveSample(painter, QRectF(0, 0, 18, 12), style);
    return pixmap;
}

}  // namespace

CurvesLegend::CurvesLegend(QWidget* parent) : QWidget(parent) {
    setObjectName("curves_legend");
    auto* layout = new LineLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    restyle();
}

/// Shown curves look like text, hidden ones faded: rows of filled buttons would be louder than the chart.
void CurvesLegend::restyle() {
    setStyleSheet(QStringLiteral("QToolButton { padding: 1px 4px; } QToolButton:checked { background: transparent; color: %3; }"
                                 "QToolButton:hover { background: %1; } QToolButton:!checked { color: %2; }")
                      .arg(themeColours().raised.name(), themeColours().mutedText.name(), themeColours().text.name()));
}

void CurvesLegend::setCurves(const std::map<int, Curve>& curves) {
    for (auto it = m_buttons.begin(); it != m_buttons.end();) {
        if (curves.contains(it->first)) {
            ++it;
            continue;
        }
        delete it->second;
        m_styles.erase(it->first);
        it = m_buttons.erase(it);
    }
    for (const auto& [id, curve] : curves) {
        QToolButton*& button = m_buttons[id];
        if (!button) {
            button = new QToolButton(this);
            button->setObjectName(QStringLiteral("legend_%1").arg(id));
            button->setCheckable(true);
            button->setAutoRaise(true);
            button->setIconSize(QSize(22, 12));
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            connect(button, &QToolButton::clicked, this, [this, id = id](bool checked) { emit toggled(id, checked); });
            layout()->addWidget(button);
        }
        dress(button, curve);
    }
}

void CurvesLegend::dress(QToolButton* button, const Curve& curve) {
    const int id = button->objectName().mid(7).toInt();
    button->setChecked(curve.visible);
    if (const auto known = m_styles.find(id); known != m_styles.end() && known->second == curve.style) return;
    m_styles[id] = curve.style;
    button->setIcon(sampleIcon(curve.style));
    QString text = button->fontMetrics().elidedText(curve.style.name, Qt::ElideMiddle, 220);
    button->setText(text.replace('&', "&&"));
    button->setAccessibleName(tr("Show %1").arg(curve.style.name));
    button->setToolTip(curve.style.name.toHtmlEscaped());
}

void CurvesLegend::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_theme != themeColours().surface.rgb()) {
        m_theme = themeColours().surface.rgb();
        restyle();
        for (const auto& [id, button] : m_buttons) button->setIcon(sampleIcon(m_styles[id]));
    }
    if (event->type() == QEvent::LanguageChange)
        for (const auto& [id, button] : m_buttons) button->setAccessibleName(tr("Show %1").arg(m_styles[id].name));
}

}  // namespace lamina
