#include "widgets/properties/property_panel.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/properties/property_field.h"

namespace lamina {

PropertyPanel::PropertyPanel(QWidget* parent)
    : QScrollArea(parent), m_icon(new QLabel), m_title(new QLabel), m_summary(new QLabel), m_moreLabel(new QLabel), m_foot(new QLabel(this)), m_list(new QVBoxLayout) {
    setObjectName(QStringLiteral("propertyPanel"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setMinimumWidth(240);
    setFocusPolicy(Qt::NoFocus);
    m_title->setProperty(ThemeRole::section, true);
    m_title->setObjectName(QStringLiteral("panelTitle"));
    m_summary->setProperty(ThemeRole::muted, true);
    m_moreLabel->setProperty(ThemeRole::muted, true);
    m_moreLabel->setObjectName(QStringLiteral("panelMore"));
    m_foot->setProperty(ThemeRole::muted, true);
    m_foot->setObjectName(QStringLiteral("panelHelp"));
    m_foot->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_foot->setContentsMargins(12, 4, 12, 4);
    for (auto* label : {m_title, m_summary, m_moreLabel, m_foot}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto* page = new QWidget;
    auto* box = new QVBoxLayout(page);
    box->setContentsMargins(12, 12, 12, 12);
    box->setSpacing(8);
    auto* heading = new QHBoxLayout;
    heading->setSpacing(8);
    heading->addWidget(m_icon);
    heading->addWidget(m_title, 1);
    box->addLayout(heading);
    box->addWidget(m_moreLabel);
    box->addWidget(m_summary);
    box->addSpacing(4);
    m_list->setSpacing(8);
    box->addLayout(m_list);
    box->addStretch(1);
    setWidget(page);
    placeFoot();
    updateHeading();
}

void PropertyPanel::placeFoot() {
    constexpr int lines = 4;
    const int height = lines * fontMetrics().lineSpacing() + 8;
    setViewportMargins(0, 0, 0, height);
    m_foot->setGeometry(0, this->height() - height, width(), height);
}

void PropertyPanel::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    placeFoot();
}

void PropertyPanel::explain(PropertyField* field, const QString& help) {
    if (help.isEmpty() && field != m_explained) return;  // another field has the focus by now
    m_explained = help.isEmpty() ? nullptr : field;
    QString shown = help;
    const QRect room = m_foot->rect().adjusted(12, 4, -12, -4);
    const auto fits = [&](const QString& text) { return m_foot->fontMetrics().boundingRect(room, Qt::TextWordWrap, text).height() <= room.height(); };
    while (shown.size() > 1 && !fits(shown)) shown = shown.left(shown.endsWith(u'…') ? shown.size() - 2 : shown.size() - 1).trimmed() + u'…';
    m_foot->setText(shown);
    m_foot->setToolTip(shown == help ? QString() : QStringLiteral("<qt>%1</qt>").arg(help.toHtmlEscaped()));
}

void PropertyPanel::setHeading(const QString& icon, const QString& title, const QString& summary, int more) {
    m_iconName = icon;
    m_more = more;
    m_title->setText(title);
    m_summary->setText(summary);
    updateHeading();
}

void PropertyPanel::updateHeading() {
    const QIcon icon = m_iconName.isEmpty() ? QIcon() : themeIcon(m_iconName);
    m_icon->setVisible(!icon.isNull());
    m_icon->setPixmap(icon.pixmap(20, 20));
    m_moreLabel->setText(tr("and %n more", nullptr, m_more));
    m_moreLabel->setVisible(m_more > 0);
    m_summary->setVisible(!m_summary->text().isEmpty());
}

void PropertyPanel::setRows(const std::vector<PropertyRow>& rows) {
    bool same = rows.size() == m_fields.size();
    for (std::size_t i = 0; same && i < rows.size(); ++i) same = m_fields[i]->fits(rows[i]);
    if (!same) return rebuild(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) m_fields[i]->setRow(rows[i]);
}

void PropertyPanel::rebuild(const std::vector<PropertyRow>& rows) {
    QString focused;
    for (auto* field : m_fields) {
        if (focused.isEmpty() && field->editor()->hasFocus()) focused = field->row().id;  // one that is hidden hands it on
        m_list->removeWidget(field);
        field->hide();
        field->deleteLater();  // it may be the sender of what led here
    }
    m_fields.clear();
    m_explained = nullptr;
    m_foot->clear();
    for (const auto& row : rows) {
        auto* field = new PropertyField(row, widget());
        field->setReadOnly(m_readOnly);
        connect(field, &PropertyField::edited, this, &PropertyPanel::changed);
        connect(field, &PropertyField::explained, this, [this, field](const QString& help) { explain(field, help); });
        m_list->addWidget(field);
        if (!m_fields.empty()) setTabOrder(m_fields.back(), field);
        m_fields.push_back(field);
        field->show();  // at once: what is not seen yet takes no focus
        if (row.id == focused) field->editor()->setFocus(Qt::OtherFocusReason);
    }
}

void PropertyPanel::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    for (auto* field : m_fields) field->setReadOnly(readOnly);
}

void PropertyPanel::focusFirst() {
    for (auto* field : m_fields) {
        if (field->row().kind == PropertyRow::Kind::ReadOnly) continue;
        field->editor()->setFocus(Qt::OtherFocusReason);
        ensureWidgetVisible(field);
        return;
    }
}

void PropertyPanel::commit() {
    for (auto* field : m_fields) field->commit();
}

PropertyField* PropertyPanel::field(const QString& id) const {
    for (auto* field : m_fields)
        if (field->row().id == id) return field;
    return nullptr;
}

void PropertyPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) updateHeading();
    QScrollArea::changeEvent(event);
}

}  // namespace lamina
