// Which key does what on the Label page: the usual ones, those a person has chosen, presets, and files of them.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

#include <map>
#include <vector>

#include "core/base/result.h"

namespace lamina {

enum class DeskKind;
class KeyMap;

/// When a key is heard. All but Always come first where they apply, so that a key may mean one thing always and another one then.
enum class KeyMoment {
    Always,
    Selected,  ///< a shape is selected
    Drawing,   ///< a shape is being drawn, or a part of one is under the mouse
    Cursor     ///< in a text or series
};

/// Something that has keys.
struct LabelKeyAction {
    QString id;     ///< "next"; kept in settings and files, never renamed
    QString title;  ///< in the language in use, wherever it does something
    QList<QKeySequence> usual, leftHand;
    bool repeats = false;  ///< while the key is held
    unsigned places = 15;  ///< where it does something: a bit for each DeskKind. Two that never meet may have the same key
    KeyMoment moment = KeyMoment::Always;
    std::map<DeskKind, QString> titles = {};  ///< where it is called otherwise
    QList<Qt::KeyboardModifiers> held = {};   ///< with these it does more: they go with whatever key it has
    const QString& titleAt(DeskKind kind) const { return titles.count(kind) != 0 ? titles.at(kind) : title; }
    bool isAt(DeskKind kind) const { return (places >> static_cast<int>(kind) & 1U) != 0; }
};

/// All of them, in the order of the key sheet: tools (whatever there are), queue, shapes, spans and stretches, view, answers, classes 1 to 20.
std::vector<LabelKeyAction> labelKeyActions();
/// "Pictures", "Texts, series"; empty: everywhere.
QString placesText(const LabelKeyAction& action);

/// The keys in use. GUI thread; kept in the settings of the program.
class LabelKeys : public QObject {
    Q_OBJECT
public:
    explicit LabelKeys(QObject* parent = nullptr);

    QList<QKeySequence> keysOf(const QString& id) const;
    /// "R, W"; empty: it has none.
    QString textOf(const QString& id) const;
    /// The first of them.
    QString firstOf(const QString& id) const;
    /// "{finish} closes it" with the first keys of the actions that it names; "–" where one has none.
    QString filled(QString text) const;

    /// For the canvas, and for the view of a text or series.
    KeyMap canvasKeys() const;
    KeyMap cursorKeys() const;

    using Bindings = QMap<QString, QList<QKeySequence>>;
    Bindings bindings() const;
    /// Takes and keeps them; actions that are not named have their usual ones.
    void setBindings(const Bindings& bindings);

    static Bindings usual();
    static Bindings leftHand();
    /// Actions that share a key, or have one that the window needs itself: id → what is wrong, in words.
    static QMap<QString, QString> conflicts(const Bindings& bindings);
    /// Actions whose key means something else at some moments, which is no conflict: id → when and what, in words.
    static QMap<QString, QString> notes(const Bindings& bindings);
    /// The window hears this key wherever it is pressed.
    static bool isOfWindow(const QKeySequence& key);
    /// "undo" and "redo" have keys of the window, which it hears itself.
    static bool isOfWindow(const QString& id, const QKeySequence& key);

    /// "1 … 5, Shift+1 … Shift+5": the keys of the classes from this place to that one, from 1.
    QString classKeysText(int first, int last) const;

    /// A small JSON file, for another computer.
    static QByteArray toFile(const Bindings& bindings);
    /// Actions that this version does not know are left out. "label_keys.not_a_file", "label_keys.bad_key" {action, key}.
    static Result<Bindings> fromFile(const QByteArray& bytes);

signals:
    void changed();

private:
    Bindings m_bindings;
};

}  // namespace lamina
