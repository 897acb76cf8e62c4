#include "app/pages/label/label_keys.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <tuple>

#include "app/settings/settings.h"
#include "widgets/common/key_map.h"

namespace lamina {

namespace {

struct KeyWords {
    Q_DECLARE_TR_FUNCTIONS(LabelKeys)
};

constexpr const char* settingsName = "label/keys";
constexpr const char* fileKind = "lamina-label-keys";

QList<QKeySequence> sequences(const QStringList& texts) {
    QList<QKeySequence> keys;
    for (const QString& text : texts) keys << QKeySequence(text, QKeySequence::PortableText);
    return keys;
}

QStringList textsOf(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::PortableText);
    return texts;
}

/// The menus of the window, whose letters are pressed with Alt, are among them.
const QList<QKeySequence>& windowKeys() {
    static const QList<QKeySequence> keys = sequences({"Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+H", "Ctrl+N", "Ctrl+O", "Ctrl+I", "Ctrl+W", "Ctrl+Q", "Ctrl+,", "F1", "F4", "F11", "Ctrl+1", "Ctrl+2",
                                                       "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7", "Alt+P", "Alt+E", "Alt+V", "Alt+H"});
    return keys;
}

/// The key, and the same with what may be held.
QList<QKeySequence> heardWith(const LabelKeyAction& action, const QKeySequence& key) {
    QList<QKeySequence> all{key};
    for (const Qt::KeyboardModifiers held : action.held)
        if (!key.isEmpty()) all << QKeySequence(QKeyCombination(key[0].keyboardModifiers() | held, key[0].key()));
    return all;
}

struct KeyHolder {
    QKeySequence key;
    const LabelKeyAction* action;
};

/// Pairs of actions that have a key in common where both do something.
template <class Tell>
void eachPair(const std::vector<LabelKeyAction>& actions, const LabelKeys::Bindings& bindings, const Tell& tell) {
    std::vector<KeyHolder> holders;
    for (const auto& action : actions)
        for (const QKeySequence& bound : bindings.value(action.id))
            for (const QKeySequence& key : heardWith(action, bound)) {
                for (const auto& other : holders)
                    if (other.key == key && other.action->id != action.id && (other.action->places & action.places) != 0) tell(key, *other.action, action);
                holders.push_back({key, &action});
            }
}

}  // namespace

LabelKeys::LabelKeys(QObject* parent) : QObject(parent), m_bindings(usual()) {
    const QVariantMap kept = settings::value(settingsName).toMap();
    for (auto entry = kept.begin(); entry != kept.end(); ++entry)
        if (m_bindings.contains(entry.key())) m_bindings[entry.key()] = sequences(entry.value().toStringList());
}

LabelKeys::Bindings LabelKeys::usual() {
    Bindings all;
    for (const auto& action : labelKeyActions()) all[action.id] = action.usual;
    return all;
}

LabelKeys::Bindings LabelKeys::leftHand() {
    Bindings all;
    for (const auto& action : labelKeyActions()) all[action.id] = action.leftHand;
    return all;
}

QList<QKeySequence> LabelKeys::keysOf(const QString& id) const { return m_bindings.value(id); }

QString LabelKeys::textOf(const QString& id) const {
    QStringList texts;
    for (const QKeySequence& key : keysOf(id)) texts << key.toString(QKeySequence::NativeText);
    texts.removeDuplicates();  // Return and Enter have one name in some languages
    return texts.join(", ");
}

QString LabelKeys::firstOf(const QString& id) const {
    const auto keys = keysOf(id);
    return keys.isEmpty() ? QString() : keys.first().toString(QKeySequence::NativeText);
}

QString LabelKeys::filled(QString text) const {
    static const QRegularExpression named("\\{(\\w+)\\}");
    for (auto match = named.match(text); match.hasMatch(); match = named.match(text, match.capturedStart() + 1)) {
        const QString key = firstOf(match.captured(1));
        text.replace(match.capturedStart(), match.capturedLength(), key.isEmpty() ? QString::fromUtf8("–") : key);
    }
    return text;
}

LabelKeys::Bindings LabelKeys::bindings() const { return m_bindings; }

void LabelKeys::setBindings(const Bindings& bindings) {
    const Bindings normal = usual();
    QVariantMap kept;
    m_bindings = normal;
    for (auto entry = bindings.begin(); entry != bindings.end(); ++entry) {
        if (!normal.contains(entry.key())) continue;
        m_bindings[entry.key()] = entry.value();
        if (entry.value() != normal[entry.key()]) kept[entry.key()] = textsOf(entry.value());
    }
    settings::setValue(settingsName, kept);
    emit changed();
}

bool LabelKeys::isOfWindow(const QKeySequence& key) { return windowKeys().contains(key); }

bool LabelKeys::isOfWindow(const QString& id, const QKeySequence& key) {
    const bool undoes = key == QKeySequence("Ctrl+Z"), redoes = key == QKeySequence("Ctrl+Shift+Z") || key == QKeySequence("Ctrl+Y");
    return (id == "undo" && undoes) || (id == "redo" && redoes);
}

QMap<QString, QString> LabelKeys::conflicts(const Bindings& bindings) {
    QMap<QString, QString> wrong;
    const auto actions = labelKeyActions();
    for (const auto& action : actions)
        for (const QKeySequence& key : bindings.value(action.id))
            if (isOfWindow(key) && !isOfWindow(action.id, key)) wrong[action.id] = KeyWords::tr("%1 is needed by the window").arg(key.toString(QKeySequence::NativeText));
    eachPair(actions, bindings, [&](const QKeySequence& key, const LabelKeyAction& one, const LabelKeyAction& other) {
        const bool held = one.id == "accept" || other.id == "accept";  // held, it moves the picture at all moments
        if (!held && (one.moment == KeyMoment::Always) != (other.moment == KeyMoment::Always)) return;
        wrong[one.id] = KeyWords::tr("%1 is also: %2").arg(key.toString(QKeySequence::NativeText), other.title);
        wrong[other.id] = KeyWords::tr("%1 is also: %2").arg(key.toString(QKeySequence::NativeText), one.title);
    });
    return wrong;
}

QMap<QString, QString> LabelKeys::notes(const Bindings& bindings) {
    QMap<QString, QString> said;
    eachPair(labelKeyActions(), bindings, [&](const QKeySequence& key, const LabelKeyAction& one, const LabelKeyAction& other) {
        if ((one.moment == KeyMoment::Always) == (other.moment == KeyMoment::Always)) return;
        const auto& [always, first] = one.moment == KeyMoment::Always ? std::tie(one, other) : std::tie(other, one);
        const QString text = first.moment == KeyMoment::Selected  ? KeyWords::tr("%1 with a shape selected: %2")
                             : first.moment == KeyMoment::Drawing ? KeyWords::tr("%1 while a shape is drawn: %2")
                                                                  : KeyWords::tr("%1 in a text or series: %2");
        QString& note = said[always.id];
        note += (note.isEmpty() ? QString() : QStringLiteral("\n")) + text.arg(key.toString(QKeySequence::NativeText), first.title);
    });
    return said;
}

KeyMap LabelKeys::canvasKeys() const {
    KeyMap keys;
    const std::pair<const char*, QKeyCombination> heard[] = {
        {"nudge_left", Qt::Key_Left}, {"nudge_right", Qt::Key_Right}, {"nudge_up", Qt::Key_Up}, {"nudge_down", Qt::Key_Down},
        {"nudge_far_left", Qt::SHIFT | Qt::Key_Left}, {"nudge_far_right", Qt::SHIFT | Qt::Key_Right}, {"nudge_far_up", Qt::SHIFT | Qt::Key_Up}, {"nudge_far_down", Qt::SHIFT | Qt::Key_Down},
        {"finish", Qt::Key_Return}, {"take_back", Qt::Key_Backspace}, {"not_seen", Qt::Key_X}, {"drop", Qt::Key_Escape}, {"undo", Qt::CTRL | Qt::Key_Z}};
    keys.bind(Qt::Key_Enter, {});
    for (const auto& [id, usual] : heard) keys.bind(usual, keysOf(id));
    for (const auto usual : {QKeyCombination(Qt::Key_BracketLeft), QKeyCombination(Qt::Key_BracketRight), Qt::CTRL | Qt::Key_M}) keys.bind(usual, {});  // the page hears what is bound for these
    return keys;
}

KeyMap LabelKeys::cursorKeys() const {
    KeyMap keys;
    const std::map<QString, Qt::Key> heard{{"caret_back", Qt::Key_Left}, {"caret_on", Qt::Key_Right}, {"caret_up", Qt::Key_Up}, {"caret_down", Qt::Key_Down}};
    for (const auto& action : labelKeyActions())
        if (const auto usual = heard.find(action.id); usual != heard.end()) keys.bindWith(action.held, usual->second, keysOf(action.id));
    keys.bind(Qt::Key_Escape, keysOf("drop"));
    return keys;
}

QString LabelKeys::classKeysText(int first, int last) const {
    QStringList parts;
    QKeySequence begin, end;
    const auto close = [&] {
        if (begin.isEmpty()) return;
        const QString text = begin.toString(QKeySequence::NativeText);
        parts << (begin == end ? text : text + QString::fromUtf8(" … ") + end.toString(QKeySequence::NativeText));
    };
    const auto place = [](const QKeySequence& key) { return key[0].key() == Qt::Key_0 ? 10 : key[0].key() - Qt::Key_0; };
    for (int i = first; i <= last; ++i) {
        const auto keys = keysOf(QString("class_%1").arg(i));
        if (keys.isEmpty()) continue;
        const bool goesOn = !end.isEmpty() && end[0].keyboardModifiers() == keys[0][0].keyboardModifiers() && place(keys[0]) == place(end) + 1;
        if (!goesOn) {
            close();
            begin = keys[0];
        }
        end = keys[0];
    }
    close();
    return parts.join(", ");
}

QByteArray LabelKeys::toFile(const Bindings& bindings) {
    QJsonObject keys;
    for (auto entry = bindings.begin(); entry != bindings.end(); ++entry) keys[entry.key()] = QJsonArray::fromStringList(textsOf(entry.value()));
    return QJsonDocument(QJsonObject{{"kind", fileKind}, {"version", 1}, {"keys", keys}}).toJson();
}

Result<LabelKeys::Bindings> LabelKeys::fromFile(const QByteArray& bytes) {
    const QJsonObject file = QJsonDocument::fromJson(bytes).object();
    if (file["kind"].toString() != fileKind || !file["keys"].isObject()) return fail("label_keys.not_a_file");
    Bindings all = usual();
    const QJsonObject keys = file["keys"].toObject();
    for (auto entry = keys.begin(); entry != keys.end(); ++entry) {
        if (!all.contains(entry.key())) continue;
        QList<QKeySequence> read;
        for (const QJsonValue& value : entry.value().toArray()) {
            const QKeySequence key(value.toString(), QKeySequence::PortableText);
            const bool understood = key.count() == 1 && key[0].key() != Qt::Key_unknown;
            if (!understood) return fail("label_keys.bad_key", {{"action", entry.key().toStdString()}, {"key", value.toString().left(40).toStdString()}});
            read << key;
        }
        all[entry.key()] = read;
    }
    return all;
}

}  // namespace lamina
