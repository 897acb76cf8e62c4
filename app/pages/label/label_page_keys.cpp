// The keys of the Label page: which are heard now, and the sheet that tells them.
#include <QKeySequence>
#include <QSet>
#include <QShortcut>

#include <utility>

#include "app/pages/label/item_desk.h"
#include "app/pages/label/key_dialog.h"
#include "app/pages/label/key_sheet.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "widgets/canvas/canvas_view.h"

namespace lamina {

/// Heard on the canvas and in the queue; in the search boxes they are letters. A key that accepts is the canvas's own: held, it moves the picture.
void LabelPage::applyKeys() {
    for (auto* shortcut : std::exchange(m_shortcuts, {})) delete shortcut;
    m_canvas->setAcceptKey(0);
    QSet<QKeySequence> ofClasses;
    if (m_desk)
        for (const auto& record : m_desk->classes) {
            const QKeySequence keys(QString::fromStdString(record.key), QKeySequence::PortableText);
            if (keys.isEmpty() || ofClasses.contains(keys)) continue;
            ofClasses.insert(keys);
            auto* shortcut = new QShortcut(keys, m_area);
            shortcut->setContext(Qt::WidgetWithChildrenShortcut);
            connect(shortcut, &QShortcut::activated, this, [this, number = record.number] { pick(number); });
            m_shortcuts.push_back(shortcut);
        }
    auto acts = m_acts;
    if (m_itemDesk)
        for (auto& [id, act] : m_itemDesk->acts()) acts[id] = std::move(act);
    for (const auto& action : labelKeyActions())
        for (const QKeySequence& keys : m_keys.keysOf(action.id)) {
            const auto key = keys[0];
            if (!action.isAt(kind()) || !acts.count(action.id) || ofClasses.contains(keys)) continue;
            if (!m_itemDesk && action.id == "accept" && key.keyboardModifiers() == Qt::NoModifier) {
                m_canvas->setAcceptKey(key.key());
                continue;
            }
            auto* shortcut = new QShortcut(keys, m_area);
            shortcut->setContext(Qt::WidgetWithChildrenShortcut);
            shortcut->setAutoRepeat(action.repeats);
            connect(shortcut, &QShortcut::activated, this, acts.at(action.id));
            m_shortcuts.push_back(shortcut);
        }
}

/// Who names keys in its texts.
void LabelPage::tellKeys() {
    for (auto* panel : m_panels) panel->setKeys(&m_keys);
    for (const auto& [kind, desk] : m_itemDesks) desk->setKeys(&m_keys);
    m_bar->setKeyTexts([this](const char* id) { return m_keys.textOf(id); });
}

/// What is bound now, and what never changes.
void LabelPage::showKeys() {
    std::vector<std::pair<QString, QString>> rows;
    for (const auto& action : labelKeyActions()) {
        if (action.id.startsWith("class_") || !action.isAt(kind())) continue;
        if (!m_keys.textOf(action.id).isEmpty()) rows.emplace_back(m_keys.textOf(action.id), action.title);
    }
    const auto from = [this](const char* first, const char* last) { return QString("%1 … %2").arg(m_keys.textOf(first), m_keys.textOf(last)); };
    rows.emplace_back(from("class_1", "class_10"), tr("The first ten classes, by their places in the list"));
    rows.emplace_back(from("class_11", "class_20"), tr("The next ten classes"));
    if (m_desk)
        for (const auto& record : m_desk->classes)
            if (const QKeySequence own(QString::fromStdString(record.key), QKeySequence::PortableText); !own.isEmpty())
                rows.emplace_back(own.toString(QKeySequence::NativeText), QString::fromStdString(record.name));
    if (m_itemDesk) {
        for (const auto& [key, text] : m_itemDesk->keys()) rows.emplace_back(key, text);
    } else {
        rows.emplace_back(tr("Arrows"), tr("Move what is selected; with Shift ten pixels"));
        rows.emplace_back(tr("Enter, Backspace, Esc"), tr("While a shape is drawn: finish it, take a point back, drop it"));
        rows.emplace_back(tr("Wheel"), tr("Larger and smaller; with Shift sideways. The middle button moves the picture"));
    }
    rows.emplace_back(QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), tr("Take back, do again"));
    KeySheet sheet(rows, this);
    connect(&sheet, &KeySheet::changeWanted, this, &LabelPage::changeKeys, Qt::QueuedConnection);
    sheet.exec();
}

void LabelPage::changeKeys() { KeyDialog(m_keys, this).exec(); }

}  // namespace lamina
