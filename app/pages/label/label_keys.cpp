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

constexpr unsigned onPictures = 1, onTexts = 2, onRows = 4, onSeries = 8, everywhere = 15;
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
    static const std::pair<const char*, const char*> all[] = {{"polygon", "Shift+Q"}, {"line", "Shift+D"}, {"ellipse", "Shift+W"}, {"points", "Shift+R"}, {"grab_cut", "Shift+B"}};
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
                           sequences(left.isEmpty() ? usual : QStringList{left}), false, onPictures});
    }
}

void addClasses(std::vector<LabelKeyAction>& actions) {
    for (int place = 1; place <= 20; ++place) {
        const QString digit = QString::number(place % 10);
        const auto keys = sequences({place <= 10 ? digit : "Shift+" + digit});
        actions.push_back({QString("class_%1").arg(place), KeyWords::tr("Class %1").arg(place), keys, keys, false, everywhere});
    }
}

/// What the window needs itself, and on pictures a half-drawn shape.
bool isTaken(const QKeySequence& key, unsigned places) {
    static const QList<QKeySequence> ofShapes = sequences({"Backspace", "Return", "Enter"});
    if ((places & onPictures) != 0 && ofShapes.contains(key)) return true;
    static const QList<QKeySequence> taken = sequences({"Esc", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+H", "Ctrl+N", "Ctrl+O", "Ctrl+I", "Ctrl+W", "Ctrl+Q", "Ctrl+,",
                                                        "F1", "F4", "F11", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6", "Ctrl+7"});
    return taken.contains(key);
}

}  // namespace

std::vector<LabelKeyAction> labelKeyActions() {
    std::vector<LabelKeyAction> actions;
    const auto add = [&](const char* id, const QString& title, unsigned places, const QStringList& usual, const QStringList& left = {}, bool repeats = false) {
        actions.push_back({id, title, sequences(usual), sequences(left.isEmpty() ? usual : left), repeats, places});
    };
    constexpr unsigned marked = onTexts | onSeries, shaped = onPictures | onTexts | onSeries, seen = onPictures | onSeries;
    addTools(actions);
    add("repeat_tool", KeyWords::tr("The last tool again, or Select"), onPictures, {"N"}, {"Z"});
    add("accept", KeyWords::tr("Checked, next; on a picture held and dragged: move it"), everywhere, {"Space"});
    add("submit", KeyWords::tr("Checked, next (while a box is drawn, too)"), everywhere, {"Ctrl+Return"}, {"Ctrl+E"});
    add("next", KeyWords::tr("Next item"), everywhere, {"D", "Right"}, {}, true);
    add("previous", KeyWords::tr("Previous item"), everywhere, {"A", "Left"}, {}, true);
    add("next_unlabelled", KeyWords::tr("Next item that is not labelled yet"), everywhere, {"Ctrl+Shift+D"});
    add("previous_unlabelled", KeyWords::tr("Previous item that is not labelled yet"), everywhere, {"Ctrl+Shift+A"});
    add("jump", KeyWords::tr("Go to an item by its number or name"), everywhere, {"Ctrl+G"});
    add("skip", KeyWords::tr("Skip"), everywhere, {"X"});
    add("flag", KeyWords::tr("Flag for somebody to look at"), everywhere, {"G"});
    add("comment", KeyWords::tr("Comment"), everywhere, {"C"});
    add("gallery", KeyWords::tr("All items as a gallery, and back"), everywhere, {"T"}, {"Shift+G"});
    add("search", KeyWords::tr("Find items"), everywhere, {"Ctrl+F"});
    add("remove", KeyWords::tr("Remove what is selected"), shaped, {"Del"}, {"Shift+X"});
    add("duplicate", KeyWords::tr("Duplicate what is selected"), onPictures, {"Ctrl+D"});
    add("copy", KeyWords::tr("Copy what is selected, or all shapes"), onPictures, {"Ctrl+C"});
    add("paste", KeyWords::tr("Paste at the same place, also on another picture"), onPictures, {"Ctrl+V"});
    add("propagate", KeyWords::tr("The shapes of the picture before, here too"), onPictures, {"Y"}, {"Shift+C"});
    add("interpolate", KeyWords::tr("Shapes between two pictures"), onPictures, {"I"}, {"Alt+C"});
    add("convert", KeyWords::tr("Turn what is selected into masks, or masks into polygons"), onPictures, {"Ctrl+M"}, {"Alt+X"});
    add("select_all", KeyWords::tr("Select all shapes"), onPictures, {"Ctrl+A"});
    add("select_next", KeyWords::tr("Select the next shape, span or stretch"), shaped, {"Tab"}, {}, true);
    add("select_previous", KeyWords::tr("Select the previous shape, span or stretch"), shaped, {"Shift+Tab"}, {}, true);
    add("mark", KeyWords::tr("Mark what is selected, else the word at the cursor"), marked, {"Return", "Enter"}, {"W"});
    add("end_back", KeyWords::tr("Move the end of the span or stretch back"), marked, {"Alt+Left"}, {"Q"}, true);
    add("end_on", KeyWords::tr("Move the end of the span or stretch on"), marked, {"Alt+Right"}, {"S"}, true);
    add("begin_back", KeyWords::tr("Move its beginning back"), marked, {"Alt+Shift+Left"}, {"Shift+Q"}, true);
    add("begin_on", KeyWords::tr("Move its beginning on"), marked, {"Alt+Shift+Right"}, {"Shift+S"}, true);
    add("take_proposal", KeyWords::tr("Take the next proposal"), onTexts, {"E"}, {}, true);
    add("take_proposals", KeyWords::tr("Take all proposals"), onTexts, {"Shift+E"});
    add("arrow", KeyWords::tr("Arrow from this span to the one that is selected next; a second time takes it away"), onTexts, {"R"});
    add("value", KeyWords::tr("Type a number instead of a class; Esc goes back to the keys"), onRows, {"V"});
    add("find_class", KeyWords::tr("Find or add a class"), everywhere, {"/"}, {"Alt+F"});
    add("hide_class", KeyWords::tr("Hide or show the shapes of the class"), onPictures, {"Ctrl+Shift+H"}, {"Shift+S"});
    add("lock_class", KeyWords::tr("Lock or unlock the shapes of the class"), onPictures, {"Ctrl+L"}, {"Shift+A"});
    add("hide", KeyWords::tr("Hide the shapes"), onPictures, {"H"}, {"Shift+Z"});
    add("fit", KeyWords::tr("The whole picture or series"), seen, {"F"});
    add("fit_selection", KeyWords::tr("What is selected, as large as possible"), onPictures, {"Shift+F"});
    add("actual_size", KeyWords::tr("One pixel for one pixel"), onPictures, {"Ctrl+0"}, {"Alt+1"});
    add("zoom_in", KeyWords::tr("Larger"), seen, {"Ctrl++", "Ctrl+=", "+", "="}, {"Alt+W"}, true);
    add("zoom_out", KeyWords::tr("Smaller"), seen, {"Ctrl+-", "-"}, {"Alt+Q"}, true);
    add("tool_smaller", KeyWords::tr("A smaller brush; the magic wand takes less"), onPictures, {"["}, {"Alt+2"}, true);
    add("tool_larger", KeyWords::tr("A larger brush; the magic wand takes more"), onPictures, {"]"}, {"Alt+3"}, true);
    add("magnifier", KeyWords::tr("Magnifier"), onPictures, {"Z"}, {"T"});
    add("mini_map", KeyWords::tr("Mini-map"), onPictures, {"Shift+M"}, {"Shift+T"});
    add("answer_1", KeyWords::tr("Work: the first answer (accept, it is right, side by side)"), everywhere, {"Alt+J"}, {"Alt+A"});
    add("answer_2", KeyWords::tr("Work: the second answer (reject, change, send back, settled)"), everywhere, {"Alt+K"}, {"Alt+S"});
    add("answer_3", KeyWords::tr("Work: the third answer (skip)"), everywhere, {"Alt+L"}, {"Alt+D"});
    add("keys", KeyWords::tr("All keys"), everywhere, {"?"});
    addClasses(actions);
    return actions;
}

QString placesText(const LabelKeyAction& action) {
    if (action.places == everywhere) return {};
    QStringList places;
    const QString names[] = {KeyWords::tr("Pictures"), KeyWords::tr("Texts"), KeyWords::tr("Rows"), KeyWords::tr("Series")};
    for (unsigned i = 0; i < 4; ++i)
        if ((action.places >> i & 1U) != 0) places << names[i];
    return places.join(", ");
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
    texts.removeDuplicates();  // Return and Enter have one name in some languages
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
    QMap<QString, QString> wrong;
    std::vector<std::pair<QString, LabelKeyAction>> holders;  // key, what has it
    for (const auto& action : labelKeyActions())
        for (const QKeySequence& key : bindings.value(action.id)) {
            const QString text = key.toString(QKeySequence::PortableText), shown = key.toString(QKeySequence::NativeText);
            if (isTaken(key, action.places)) wrong[action.id] = KeyWords::tr("%1 is needed by the window or by a shape that is being drawn").arg(shown);
            for (const auto& [other, holder] : holders) {
                if (other != text || holder.id == action.id || (holder.places & action.places) == 0) continue;
                wrong[action.id] = KeyWords::tr("%1 is also: %2").arg(shown, holder.title);
                wrong[holder.id] = KeyWords::tr("%1 is also: %2").arg(shown, action.title);
            }
            holders.emplace_back(text, action);
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
