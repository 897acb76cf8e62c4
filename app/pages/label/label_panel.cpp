// What panels have in common, and one line per group of panels of the Label page.
#include "app/pages/label/label_panel.h"

#include <QEvent>
#include <QPushButton>
#include <QShortcut>

#include <utility>

#include "app/pages/label/details_panel.h"
#include "app/pages/label/label_keys.h"
#include "app/pages/label/work_panel.h"

namespace lamina {

namespace {

QString answerKey(std::size_t place) { return QString("answer_%1").arg(place + 1); }

}  // namespace

void LabelPanel::setKeys(const LabelKeys* keys) {
    m_keys = keys;
    for (auto* shortcut : std::exchange(m_shortcuts, {})) delete shortcut;
    for (std::size_t place = 0; place < m_answers.size(); ++place)
        for (const QKeySequence& key : m_keys->keysOf(answerKey(place))) {
            m_shortcuts.push_back(new QShortcut(key, this));
            connect(static_cast<QShortcut*>(m_shortcuts.back()), &QShortcut::activated, m_answers[place], &QPushButton::click);
        }
    retranslate();
}

QString LabelPanel::keyed(const QString& text, int place) const {
    const QString keys = m_keys ? m_keys->textOf(answerKey(static_cast<std::size_t>(place))) : QString();
    return keys.isEmpty() ? text : QString("%1 (%2)").arg(text, keys);
}

void LabelPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

const std::vector<MakeLabelPanel>& labelPanels() {
    static const std::vector<MakeLabelPanel> all{
        [](Workspace& workspace) -> LabelPanel* { return new DetailsPanel(workspace); },
        [](Workspace& workspace) -> LabelPanel* { return new WorkPanel(workspace); },
    };
    return all;
}

}  // namespace lamina
