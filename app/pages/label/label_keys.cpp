#include "app/pages/label/label_keys.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

#include "app/settings/settings.h"
#include "widgets/canvas/canvas_tool.h"

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

/// Of the tools that a left hand does not reach from its place.
QString leftHandTool(const std::string& tool) {
    static const std::pair<const char*, const char*> all[] = {{"polygon", "Shift+Q"}, {"line", "Shift+D"}, {"ellipse", "Shift+W"}, {"points", "Shift+R"}};
    for (const auto& [name, key] : all)
        if (tool == name) return key;
    return {};
}

void addTools(std::vector<LabelKeyAction>& actions) {
    for (const auto* type : canvasTools()) {
        QStringList usual{type->key};
        if (type->name == "box") usual << "W";
        const QString left = leftHandTool(type->name);
        actions.push_back({"tool_" + QString::fromStdString(type->name), QCoreApplication::translate("CanvasTool", type->title), sequences(usual),
                           sequences(left.isEmpty() ? usual : QStringList{left}), false});
    }
}

void addClasses(std::vector<LabelKeyAction>& actions) {
    for (int place = 1; place <= 20; ++place) {
        const QString digit = QString::number(place % 10);
        const auto keys = sequences({place <= 10 ? digit : "Shift+" + digit});
        actions.push_back({QString("class_%1").arg(place), KeyWords::tr("Class %1").arg(place), keys, keys, false});
    }
}

/// What the window and a half-drawn shape need themselves.
bool isTaken(const QKeySequence& key) {
    static const QList<QKeySequence> taken = sequences({"Esc", "Backspace", "Return", "Enter", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+H", "Ctrl+N", "Ctrl+O", "Ctrl+I", "Ctrl+W", "Ctrl+Q", "Ctrl+,",
                                                        "F1", "F4", "F11", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7"});
    return taken.contains(key);
}

}  // namespace

std::vector<LabelKeyAction> labelKeyActions() {
    std::vector<LabelKeyAction> actions;
    const auto add = [&](const char* id, const QString& title, const QStringList& usual, const QStringList& left = {}, bool repeats = false) {
        actions.push_back({id, title, sequences(usual), sequences(left.isEmpty() ? usual : left), repeats});
    };
    addTools(actions);
    add("repeat_tool", KeyWords::tr("The last tool again, or Select"), {"N"}, {"Z"});
    add("accept", KeyWords::tr("Checked, next; held and dragged: move the picture"), {"Space"});
    add("submit", KeyWords::tr("Checked, next (while a box is drawn, too)"), {"Ctrl+Return"}, {"Ctrl+E"});
    add("next", KeyWords::tr("Next picture"), {"D", "Right"}, {}, true);
    add("previous", KeyWords::tr("Previous picture"), {"A", "Left"}, {}, true);
    add("next_unlabelled", KeyWords::tr("Next picture that is not labelled yet"), {"Ctrl+Shift+D"});
    add("previous_unlabelled", KeyWords::tr("Previous picture that is not labelled yet"), {"Ctrl+Shift+A"});
    add("jump", KeyWords::tr("Go to a picture by its number or name"), {"Ctrl+G"});
    add("skip", KeyWords::tr("Skip"), {"X"});
    add("flag", KeyWords::tr("Flag for somebody to look at"), {"G"});
    add("comment", KeyWords::tr("Comment"), {"C"});
    add("gallery", KeyWords::tr("All pictures as a gallery, and back"), {"T"}, {"Shift+G"});
    add("search", KeyWords::tr("Find pictures by name or comment"), {"Ctrl+F"});
    add("remove", KeyWords::tr("Remove what is selected"), {"Del"}, {"Shift+X"});
    add("duplicate", KeyWords::tr("Duplicate what is selected"), {"Ctrl+D"});
    add("copy", KeyWords::tr("Copy what is selected, or all shapes"), {"Ctrl+C"});
    add("paste", KeyWords::tr("Paste at the same place, also on another picture"), {"Ctrl+V"});
    add("propagate", KeyWords::tr("The shapes of the picture before, here too"), {"Y"}, {"Shift+C"});
    add("interpolate", KeyWords::tr("Shapes between two pictures"), {"I"}, {"Alt+C"});
    add("select_all", KeyWords::tr("Select all shapes"), {"Ctrl+A"});
    add("select_next", KeyWords::tr("Select the next shape"), {"Tab"}, {}, true);
    add("select_previous", KeyWords::tr("Select the previous shape"), {"Shift+Tab"}, {}, true);
    add("find_class", KeyWords::tr("Find or add a class"), {"/"}, {"Alt+F"});
    add("hide_class", KeyWords::tr("Hide or show the shapes of the class"), {"Ctrl+Shift+H"}, {"Shift+S"});
    add("lock_class", KeyWords::tr("Lock or unlock the shapes of the class"), {"Ctrl+L"}, {"Shift+A"});
    add("hide", KeyWords::tr("Hide the shapes"), {"H"}, {"Shift+Z"});
    add("fit", KeyWords::tr("The whole picture"), {"F"});
    add("fit_selection", KeyWords::tr("What is selected, as large as possible"), {"Shift+F"});
    add("actual_size", KeyWords::tr("One pixel for one pixel"), {"Ctrl+0"}, {"Alt+1"});
    add("zoom_in", KeyWords::tr("Larger"), {"Ctrl++", "Ctrl+="}, {"Alt+W"}, true);
    add("zoom_out", KeyWords::tr("Smaller"), {"Ctrl+-"}, {"Alt+Q"}, true);
    add("magnifier", KeyWords::tr("Magnifier"), {"Z"}, {"T"});
    add("mini_map", KeyWords::tr("Mini-map"), {"Shift+M"}, {"Shift+T"});
    add("keys", KeyWords::tr("All keys"), {"?"});
    addClasses(actions);
    return actions;
}

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
    return texts.join(", ");
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

QMap<QString, QString> LabelKeys::conflicts(const Bindings& bindings) {
    QMap<QString, QString> titles, wrong;
    for (const auto& action : labelKeyActions()) titles[action.id] = action.title;
    QMap<QString, QString> holders;  // key → action
    for (auto entry = bindings.begin(); entry != bindings.end(); ++entry)
        for (const QKeySequence& key : entry.value()) {
            const QString text = key.toString(QKeySequence::PortableText);
            if (isTaken(key)) wrong[entry.key()] = KeyWords::tr("%1 is needed by the window or by a shape that is being drawn").arg(key.toString(QKeySequence::NativeText));
            if (const QString other = holders.value(text); !other.isEmpty() && other != entry.key()) {
                wrong[entry.key()] = KeyWords::tr("%1 is also: %2").arg(key.toString(QKeySequence::NativeText), titles.value(other));
                wrong[other] = KeyWords::tr("%1 is also: %2").arg(key.toString(QKeySequence::NativeText), titles.value(entry.key()));
            }
            holders[text] = entry.key();
        }
    return wrong;
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
