// Keys that a person has bound otherwise, for a view that goes on thinking in its usual ones.
#pragma once

#include <QKeyEvent>
#include <QKeySequence>
#include <QList>

#include <map>
#include <set>

namespace lamina {

/// A value. Keys that were never named here mean what they are.
class KeyMap {
public:
    /// `pressed` stands for `usual` from now on; the usual key itself means nothing any more, unless it is among them.
    void bind(QKeyCombination usual, const QList<QKeySequence>& pressed);
    /// The same, also with each of these held.
    void bindWith(const QList<Qt::KeyboardModifiers>& held, Qt::Key usual, const QList<QKeySequence>& pressed);

    /// What the view is to hear. A usual key that nobody bound is no key (0).
    QKeyEvent heard(const QKeyEvent& event) const;
    /// "Enter": what a person presses for it first, in words; "–": nothing does.
    QString textOf(QKeyCombination usual) const;

private:
    std::set<int> m_usual;
    std::map<int, int> m_pressed;                ///< → usual
    std::map<int, QList<QKeySequence>> m_texts;  ///< of the usual
};

}  // namespace lamina
