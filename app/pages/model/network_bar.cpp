#include "app/pages/model/network_bar.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include "app/pages/model/layer_words.h"
#include "core/network/network_template.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/graph/graph_editor.h"

namespace lamina {

NetworkBar::NetworkBar(NetworkDocument& document, GraphEditor& editor, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_editor(editor),
      m_heading(new QLabel(this)),
      m_chooser(new QComboBox(this)),
      m_new(menuButton("newNetwork", "add")),
      m_more(menuButton("networkMenu", "more")),
      m_newMenu(new QMenu(this)),
      m_moreMenu(new QMenu(this)) {
    m_heading->setProperty(ThemeRole::heading, true);
    m_chooser->setObjectName(QStringLiteral("networkChooser"));
    m_chooser->setMinimumWidth(120);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_chooser->setMaximumWidth(280);
    m_chooser->setFocusPolicy(Qt::StrongFocus);
    m_new->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    buildMenus();
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_heading);
    line->addSpacing(8);
    line->addWidget(m_chooser);
    line->addWidget(m_new);
    line->addWidget(m_more);
    line->addStretch(1);
    addTools(line);
    connect(m_chooser, &QComboBox::activated, this, [this](int index) { emit networkChosen(m_chooser->itemData(index).toString().toStdString()); });
    retranslate();
    update();
}

QToolButton* NetworkBar::menuButton(const char* name, const char* icon) {
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setIcon(themeIcon(QLatin1String(icon)));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void NetworkBar::buildMenus() {
    for (const auto& entry : templateCatalogue()) {
        QAction* action = m_newMenu->addAction(QString());
        action->setObjectName(QStringLiteral("template_") + QString::fromStdString(entry.id));
        connect(action, &QAction::triggered, this, [this, id = entry.id] { m_document.addFromTemplate(id); });
        m_templates.emplace_back(entry.id, action);
    }
    m_newMenu->addSeparator();
    m_newMenu->setToolTipsVisible(true);
    m_empty = m_newMenu->addAction(QString(), this, [this] { m_document.addEmpty(); });
    m_empty->setObjectName(QStringLiteral("emptyNetwork"));
    m_open = m_newMenu->addAction(themeIcon(QStringLiteral("open")), QString(), this, &NetworkBar::openWanted);
    m_open->setObjectName(QStringLiteral("openModel"));
    m_rename = m_moreMenu->addAction(QString(), this, &NetworkBar::renameWanted);
    m_rename->setObjectName(QStringLiteral("renameNetwork"));
    m_duplicate = m_moreMenu->addAction(themeIcon(QStringLiteral("copy")), QString(), this, [this] { m_document.duplicate(); });
    m_duplicate->setObjectName(QStringLiteral("duplicateNetwork"));
    m_remove = m_moreMenu->addAction(themeIcon(QStringLiteral("delete")), QString(), this, [this] { m_document.remove(); });
    m_remove->setObjectName(QStringLiteral("removeNetwork"));
    m_new->setMenu(m_newMenu);
    m_more->setMenu(m_moreMenu);
}

void NetworkBar::addTools(QHBoxLayout* line) {
    for (const auto action : {GraphAction::Find, GraphAction::Arrange, GraphAction::ZoomOut, GraphAction::ZoomIn, GraphAction::Fit}) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("tool_") + m_editor.action(action)->objectName());
        button->setDefaultAction(m_editor.action(action));
        button->setFocusPolicy(Qt::TabFocus);
        line->addWidget(button);
    }
}

void NetworkBar::update() {
    const QSignalBlocker quiet(m_chooser);
    const auto* current = m_document.current();
    m_chooser->clear();
    for (const auto& entry : m_document.networks()) m_chooser->addItem(QString::fromStdString(entry.name), QString::fromStdString(entry.id));
    m_chooser->setCurrentIndex(current ? m_chooser->findData(QString::fromStdString(current->id)) : -1);
    m_chooser->setVisible(!m_document.networks().empty());
    const bool reader = m_document.readOnly();
    m_new->setEnabled(!reader);
    m_new->setToolTip(reader ? tr("This project is open for reading only: no network can be added here.") : tr("A new network: from a template or empty"));
    m_more->setToolTip(reader ? tr("This project is open for reading only: its networks cannot be changed here.") : tr("Rename, duplicate or delete this network"));
    m_more->setVisible(current);
    for (auto* action : {m_rename, m_duplicate, m_remove}) action->setEnabled(current && !reader);
}

void NetworkBar::retranslate() {
    m_heading->setText(tr("Model"));
    m_chooser->setAccessibleName(tr("Network"));
    m_chooser->setToolTip(tr("The network on the canvas"));
    m_new->setText(tr("New"));
    m_new->setAccessibleName(tr("New network"));
    m_more->setAccessibleName(tr("More about this network"));
    for (const auto& [id, action] : m_templates) {
        action->setText(templateTitle(id));
        action->setToolTip(templateSummary(id));
    }
    m_empty->setText(tr("&Empty network"));
    m_open->setText(tr("&Open an ONNX model…"));
    m_open->setToolTip(tr("A network that was made elsewhere, with what it has learned. You see what it holds before anything is taken in."));
    m_rename->setText(tr("&Rename…"));
    m_duplicate->setText(tr("&Duplicate"));
    m_remove->setText(tr("De&lete"));
    update();
}

}  // namespace lamina
