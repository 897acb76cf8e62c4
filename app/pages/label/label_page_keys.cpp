// The keys of the Label page: which are heard now, and the sheet that tells them.
#include <QAbstractButton>
#include <QComboBox>
#include <QKeyEvent>
#include <QKeySequence>
#include <QRegularExpression>
#include <QSet>
#include <QShortcut>
#include <QTabWidget>

#include <utility>

#include "app/pages/label/class_list.h"
#include "app/pages/label/item_desk.h"
#include "app/pages/label/key_dialog.h"
#include "app/pages/label/key_sheet.h"
#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/key_map.h"

namespace lamina {

/// Heard on the canvas and in the queue; in the search boxes they are letters. A key that accepts is the canvas's own: held, it moves the picture.
void LabelPage::applyKeys() {
    for (auto* shortcut : std::exchange(m_shortcuts, {})) delete shortcut;
    m_canvas->setAcceptKey(0);
    m_canvas->setKeyMap(m_keys.canvasKeys());
    QSet<QKeySequence> heard;  // a key that was heard twice would do nothing: the first has it
    const auto mayHear = [&heard](const QKeySequence& keys) {
        if (keys.isEmpty() || heard.contains(keys) || LabelKeys::isOfWindow(keys)) return false;
        heard.insert(keys);
        return true;
    };
    const auto hear = [this](const QKeySequence& keys, bool repeats, const std::function<void()>& act) {
        auto* shortcut = new QShortcut(keys, m_area);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(repeats);
        connect(shortcut, &QShortcut::activated, this, act);
        m_shortcuts.push_back(shortcut);
    };
    if (m_desk)
        for (const auto& record : m_desk->classes)
            if (const QKeySequence keys(QString::fromStdString(record.key), QKeySequence::PortableText); mayHear(keys)) hear(keys, true, [this, number = record.number] { pick(number); });
    auto acts = m_acts;
    if (m_itemDesk)
        for (auto& [id, act] : m_itemDesk->acts()) acts[id] = std::move(act);
    bool canvasAccepts = m_itemDesk != nullptr;
    for (const auto& action : labelKeyActions())
        for (const QKeySequence& keys : m_keys.keysOf(action.id)) {
            if (!action.isAt(kind()) || !acts.count(action.id) || !mayHear(keys)) continue;
            if (action.id == "accept" && keys[0].keyboardModifiers() == Qt::NoModifier && !std::exchange(canvasAccepts, true)) m_canvas->setAcceptKey(keys[0].key());
            else hear(keys, action.repeats, acts.at(action.id));
        }
    for (auto* shortcut : m_side->findChildren<QShortcut*>())
        if (shortcut->context() == Qt::WindowShortcut) shortcut->setEnabled(!heard.contains(shortcut->key()));
}

/// Undo and redo that are bound otherwise: the window, which has them too, does not get the usual keys.
bool LabelPage::isNoKeyAnyMore(const QKeyEvent& event) const {
    const QKeySequence keys(event.keyCombination());
    for (const char* id : {"undo", "redo"})
        if (LabelKeys::isOfWindow(id, keys)) return !m_keys.keysOf(id).contains(keys);
    return false;
}

/// A button that has the keyboard is pressed with Space or Enter, whatever these are bound to where items are labelled; Space opens a choice.
void LabelPage::hearButtons(QWidget& part) {
    for (auto* button : part.findChildren<QAbstractButton*>()) button->installEventFilter(this);
    for (auto* choice : part.findChildren<QComboBox*>()) choice->installEventFilter(this);
}

bool LabelPage::isOfButton(QObject& watched, QEvent& event) {
    auto* button = qobject_cast<QAbstractButton*>(&watched);
    if ((!button && !qobject_cast<QComboBox*>(&watched)) || (event.type() != QEvent::ShortcutOverride && event.type() != QEvent::KeyPress)) return false;
    const auto& key = static_cast<const QKeyEvent&>(event);
    const bool enter = button && (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter), space = key.key() == Qt::Key_Space;
    if ((key.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier || (!enter && !space) || (event.type() == QEvent::KeyPress && !enter)) return false;
    event.accept();
    if (event.type() == QEvent::KeyPress && !key.isAutoRepeat()) button->click();
    return true;
}

/// Who names keys in its texts.
void LabelPage::tellKeys() {
    for (auto* panel : m_panels) panel->setKeys(&m_keys);
    for (const auto& [kind, desk] : m_itemDesks) desk->setKeys(&m_keys);
    m_classes->setKeys(m_keys);
    m_bar->setKeyTexts([this](const char* id) { return m_keys.textOf(id); });
}

/// "Shift+Arrows", "Alt+Shift+A, D, W, S": what is held is said once.
QString LabelPage::waysText(const QString& begin) const {
    constexpr Qt::Key arrows[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
    QStringList whole, keysAlone;
    QSet<int> held;
    bool areArrows = true;
    QString prefix;
    int at = 0;
    for (const char* way : {"left", "right", "up", "down"}) {
        const auto keys = m_keys.keysOf(begin + way);
        areArrows = areArrows && !keys.isEmpty() && keys[0][0].key() == arrows[at];
        ++at;
        if (keys.isEmpty()) continue;
        const QString key = QKeySequence(keys[0][0].key()).toString(QKeySequence::NativeText);
        held.insert(static_cast<int>(keys[0][0].keyboardModifiers().toInt()));
        whole << m_keys.firstOf(begin + way);
        keysAlone << key;
        prefix = whole.last().chopped(key.size());
    }
    if (held.size() > 1) return whole.join(", ");
    return prefix + (areArrows ? tr("Arrows") : keysAlone.join(", "));
}

/// What is bound now, and what the mouse does.
void LabelPage::showKeys() {
    std::vector<std::pair<QString, QString>> rows;
    const auto add = [&rows](const QString& keys, const QString& words) {
        if (!keys.isEmpty()) rows.emplace_back(keys, words);
    };
    static const QRegularExpression placed("^class_\\d+$");
    for (const auto& action : labelKeyActions()) {
        if (action.id == "nudge_left" && action.isAt(kind())) {
            add(waysText("nudge_"), tr("Move what is selected"));
            add(waysText("nudge_far_"), tr("Move it by ten pixels"));
        }
        if (!placed.match(action.id).hasMatch() && !action.id.startsWith("nudge_") && action.isAt(kind())) add(m_keys.textOf(action.id), action.titleAt(kind()));
    }
    add(m_keys.classKeysText(1, 10), tr("The first ten classes, by their places in the list"));
    add(m_keys.classKeysText(11, 20), tr("The next ten classes"));
    if (m_desk)
        for (const auto& record : m_desk->classes)
            if (const QKeySequence own(QString::fromStdString(record.key), QKeySequence::PortableText); !own.isEmpty())
                rows.emplace_back(own.toString(QKeySequence::NativeText), QString::fromStdString(record.name));
    if (m_itemDesk) {
        for (const auto& [key, text] : m_itemDesk->keys()) rows.emplace_back(key, text);
    } else {
        rows.emplace_back(tr("Wheel"), tr("Larger and smaller; with Shift sideways. The middle button moves the picture"));
    }
    KeySheet sheet(kindWords(KindPhrase::KeysTitle, kind()), rows, this);
    connect(&sheet, &KeySheet::changeWanted, this, &LabelPage::changeKeys, Qt::QueuedConnection);
    sheet.exec();
}

void LabelPage::changeKeys() { KeyDialog(m_keys, this).exec(); }

}  // namespace lamina
