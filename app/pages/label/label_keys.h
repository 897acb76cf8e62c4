// Which key does what on the Label page: the usual ones, those a person has chosen, presets, and files of them.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

#include <vector>

#include "core/base/result.h"

namespace lamina {

enum class DeskKind;

/// Something that has keys.
struct LabelKeyAction {
    QString id;     ///< "next"; kept in settings and files, never renamed
    QString title;  ///< in the language in use
    QList<QKeySequence> usual, leftHand;
    bool repeats = false;  ///< while the key is held
    unsigned places = 15;  ///< where it does something: a bit for each DeskKind. Two that never meet may have the same key
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

    using Bindings = QMap<QString, QList<QKeySequence>>;
    Bindings bindings() const;
    /// Takes and keeps them; actions that are not named have their usual ones.
    void setBindings(const Bindings& bindings);

    static Bindings usual();
    static Bindings leftHand();
    /// Actions that share a key, or have one that the window or a half-drawn shape needs itself: id → what is wrong, in words.
    static QMap<QString, QString> conflicts(const Bindings& bindings);

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
