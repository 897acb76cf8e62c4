#include "app/studio/dock_title.h"

#include <QBoxLayout>
#include <QDockWidget>
#include <QEvent>
#include <QLabel>
#include <QToolButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

DockTitle::DockTitle(QDockWidget* dock) : QWidget(dock), m_dock(dock), m_name(new QLabel), m_close(new QToolButton) {
    m_name->setProperty(ThemeRole::muted, true);
    m_close->setObjectName(dock->objectName() + "_close");
    m_close->setIcon(themeIcon("close"));
    m_close->setIconSize({14, 14});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(m_name, 1);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, dock, &QDockWidget::close);
    connect(dock, &QDockWidget::windowTitleChanged, this, &DockTitle::retranslate);
    retranslate();
}

void DockTitle::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void DockTitle::retranslate() {
    m_name->setText(m_dock->windowTitle());
    m_close->setAccessibleName(tr("Close the panel %1").arg(m_dock->windowTitle()));
    m_close->setToolTip(tr("Close this panel"));
}

}  // namespace lamina
