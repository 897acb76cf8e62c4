#include "app/pages/clean/clean_menu.h"

#include <QEvent>
#include <QMenu>

#include "widgets/common/icon.h"

namespace lamina {

CleanMenu::CleanMenu(QWidget* parent) : QToolButton(parent) {
    setObjectName("clean_more");
    setIcon(themeIcon("more"));
    setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(this);
    const auto add = [&](const char* name, const char* icon, void (CleanMenu::*wanted)()) {
        QAction* action = menu->addAction(themeIcon(icon), QString(), this, wanted);
        action->setObjectName(name);
        return action;
    };
    m_save = add("clean_save_recipe", "export", &CleanMenu::saveWanted);
    m_open = add("clean_open_recipe", "open", &CleanMenu::openWanted);
    menu->addSeparator();
    m_dataset = add("clean_make_dataset", "data", &CleanMenu::datasetWanted);
    m_export = add("clean_export", "table", &CleanMenu::exportWanted);
    setMenu(menu);
    retranslate();
}

void CleanMenu::setEditable(bool editable) {
    m_open->setEnabled(editable);
    m_dataset->setEnabled(editable);
}

void CleanMenu::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CleanMenu::retranslate() {
    setToolTip(tr("Recipe and table as files"));
    setAccessibleName(tr("Recipe and table as files"));
    m_save->setText(tr("&Save the recipe as a file …"));
    m_open->setText(tr("&Take the steps of a recipe file …"));
    m_dataset->setText(tr("&Make a dataset of this state …"));
    m_export->setText(tr("&Export this table …"));
}

}  // namespace lamina
