#include "widgets/common/key_map.h"

namespace lamina {

namespace {

/// "?" comes with Shift on some keyboards and without on others; of letters, digits and arrows Shift makes another key.
bool hidesShift(int key) { return key > Qt::Key_Space && key < 0x10000 && !QChar(key).isLetterOrNumber(); }

int combined(const QKeyEvent& event) {
    auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    if (hidesShift(event.key())) modifiers &= ~Qt::ShiftModifier;
    return QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())).toCombined();
}

}  // namespace

void KeyMap::bind(QKeyCombination usual, const QList<QKeySequence>& pressed) {
    m_usual.insert(usual.toCombined());
    m_texts[usual.toCombined()] = pressed;
    for (const QKeySequence& keys : pressed)
        if (!keys.isEmpty()) m_pressed[keys[0].toCombined()] = usual.toCombined();
}

void KeyMap::bindWith(const QList<Qt::KeyboardModifiers>& held, Qt::Key usual, const QList<QKeySequence>& pressed) {
    bind(usual, pressed);
    for (const Qt::KeyboardModifiers modifiers : held) {
        const int heard = QKeyCombination(modifiers, usual).toCombined();
        m_usual.insert(heard);
        for (const QKeySequence& keys : pressed)
            if (!keys.isEmpty()) m_pressed[QKeyCombination(keys[0].keyboardModifiers() | modifiers, keys[0].key()).toCombined()] = heard;
    }
}

QKeyEvent KeyMap::heard(const QKeyEvent& event) const {
    const int pressed = combined(event);
    const auto known = m_pressed.find(pressed);
    if (known == m_pressed.end() && m_usual.count(pressed) == 0) return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat());
    const auto usual = QKeyCombination::fromCombined(known == m_pressed.end() ? 0 : known->second);
    return QKeyEvent(event.type(), usual.key(), usual.keyboardModifiers(), event.text(), event.isAutoRepeat());
}

QString KeyMap::textOf(QKeyCombination usual) const {
    const auto bound = m_texts.find(usual.toCombined());
    if (bound == m_texts.end()) return QKeySequence(usual).toString(QKeySequence::NativeText);
    return bound->second.isEmpty() ? QString::fromUtf8("–") : bound->second.first().toString(QKeySequence::NativeText);
}

}  // namespace lamina
