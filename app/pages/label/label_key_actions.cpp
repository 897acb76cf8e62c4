// Everything on the Label page that has a key: where it does something, its usual key, and the one for a left hand.
#include <QCoreApplication>

#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_keys.h"
#include "widgets/canvas/canvas_tool.h"

namespace lamina {

namespace {

struct ActionWords {
    Q_DECLARE_TR_FUNCTIONS(LabelKeys)
};

constexpr unsigned onPictures = 1, onTexts = 2, onRows = 4, onSeries = 8, everywhere = 15;
constexpr unsigned onMarks = onTexts | onSeries, onShapes = onPictures | onTexts | onSeries, onViews = onPictures | onSeries, inQueues = onPictures | onTexts | onRows;

QList<QKeySequence> keysIn(const QStringList& texts) {
    QList<QKeySequence> keys;
    for (const QString& text : texts) keys << QKeySequence(text, QKeySequence::PortableText);
    return keys;
}

/// Adds to the list; what is not said is usual.
class ActionList {
public:
    explicit ActionList(std::vector<LabelKeyAction>& actions) : m_actions(actions) {}

    LabelKeyAction& add(const QString& id, const QString& title, unsigned places, const QStringList& usual, const QStringList& left = {}) {
        m_actions.push_back({id, title, keysIn(usual), keysIn(left.isEmpty() ? usual : left), false, places});
        return m_actions.back();
    }
    LabelKeyAction& repeated(const QString& id, const QString& title, unsigned places, const QStringList& usual, const QStringList& left = {}) {
        LabelKeyAction& action = add(id, title, places, usual, left);
        action.repeats = true;
        return action;
    }
    LabelKeyAction& at(KeyMoment moment, const QString& id, const QString& title, unsigned places, const QStringList& usual, const QStringList& left = {}) {
        LabelKeyAction& action = repeated(id, title, places, usual, left);
        action.moment = moment;
        return action;
    }

private:
    std::vector<LabelKeyAction>& m_actions;
};

/// Of the tools that a left hand does not reach from its place.
QString leftHandTool(const std::string& tool) {
    static const std::pair<const char*, const char*> all[] = {{"polygon", "Shift+Q"}, {"line", "Shift+D"}, {"ellipse", "Shift+W"}, {"points", "Shift+R"}, {"grab_cut", "Shift+B"}};
    for (const auto& [name, key] : all)
        if (tool == name) return key;
    return {};
}

void addTools(ActionList list) {
    for (const auto* type : canvasTools()) {
        QStringList usual{type->key};
        if (type->name == "box") usual << "W";
        const QString left = leftHandTool(type->name);
        list.add("tool_" + QString::fromStdString(type->name), QCoreApplication::translate("CanvasTool", type->title), onPictures, usual, left.isEmpty() ? usual : QStringList{left});
    }
    list.add("repeat_tool", ActionWords::tr("The last tool again, or Select"), onPictures, {"N"}, {"Z"});
}

void addQueue(ActionList list) {
    list.add("accept", ActionWords::tr("Checked, next"), everywhere, {"Space"}).titles[DeskKind::Pictures] = ActionWords::tr("Checked, next; held and dragged: move the picture");
    list.add("submit", ActionWords::tr("Checked, next (also from a text field)"), everywhere, {"Ctrl+Return"}, {"Ctrl+E"}).titles[DeskKind::Pictures] =
        ActionWords::tr("Checked, next (while a box is drawn, too)");
    list.repeated("next", ActionWords::tr("Next item"), inQueues, {"D", "Right"});
    list.repeated("previous", ActionWords::tr("Previous item"), inQueues, {"A", "Left"});
    list.add("next_unlabelled", ActionWords::tr("Next item that is not labelled yet"), inQueues, {"Ctrl+Shift+D"}, {"Ctrl+Shift+F"});
    list.add("previous_unlabelled", ActionWords::tr("Previous item that is not labelled yet"), inQueues, {"Ctrl+Shift+A"}, {"Ctrl+Shift+B"});
    list.add("jump", ActionWords::tr("Go to an item by its number or name"), inQueues, {"Ctrl+G"});
    list.add("skip", ActionWords::tr("Skip"), everywhere, {"X"});
    list.add("flag", ActionWords::tr("Flag for somebody to look at"), everywhere, {"G"});
    list.add("comment", ActionWords::tr("Comment"), everywhere, {"C"});
    list.add("gallery", ActionWords::tr("All items as a gallery, and back"), inQueues, {"T"}, {"Shift+G"});
    list.add("search", ActionWords::tr("Find items"), inQueues, {"Ctrl+F"});
    list.add("undo", ActionWords::tr("Take back"), everywhere, {"Ctrl+Z"});
    list.add("redo", ActionWords::tr("Do again"), everywhere, {"Ctrl+Shift+Z", "Ctrl+Y"});
}

void addShapes(ActionList list) {
    auto& remove = list.add("remove", ActionWords::tr("Remove what is selected"), onShapes, {"Del"}, {"Shift+X"});
    remove.titles = {{DeskKind::Texts, ActionWords::tr("Remove the selected span, and its arrows with it")}, {DeskKind::Series, ActionWords::tr("Remove the selected stretch")}};
    list.add("duplicate", ActionWords::tr("Duplicate what is selected"), onPictures, {"Ctrl+D"});
    list.add("copy", ActionWords::tr("Copy what is selected, or all shapes"), onPictures, {"Ctrl+C"});
    list.add("paste", ActionWords::tr("Paste at the same place, also on another picture"), onPictures, {"Ctrl+V"});
    list.add("propagate", ActionWords::tr("The shapes of the picture before, here too"), onPictures, {"Y"}, {"Shift+C"});
    list.add("interpolate", ActionWords::tr("Shapes between two pictures"), onPictures, {"I"}, {"Alt+C"});
    list.add("convert", ActionWords::tr("Turn what is selected into masks, or masks into polygons"), onPictures, {"Ctrl+M"}, {"Alt+X"});
    list.add("select_all", ActionWords::tr("Select all shapes"), onPictures, {"Ctrl+A"});
    list.repeated("select_next", ActionWords::tr("Select the next shape, span or stretch"), onShapes, {"Tab"}).titles = {
        {DeskKind::Pictures, ActionWords::tr("Select the next shape")}, {DeskKind::Texts, ActionWords::tr("Select the next span")}, {DeskKind::Series, ActionWords::tr("Select the next stretch")}};
    list.repeated("select_previous", ActionWords::tr("Select the previous shape, span or stretch"), onShapes, {"Shift+Tab"}).titles = {
        {DeskKind::Pictures, ActionWords::tr("Select the previous shape")},
        {DeskKind::Texts, ActionWords::tr("Select the previous span")},
        {DeskKind::Series, ActionWords::tr("Select the previous stretch")}};
    list.at(KeyMoment::Selected, "nudge_left", ActionWords::tr("Move what is selected to the left"), onPictures, {"Left"}, {"Alt+Shift+A", "Left"});
    list.at(KeyMoment::Selected, "nudge_right", ActionWords::tr("Move it to the right"), onPictures, {"Right"}, {"Alt+Shift+D", "Right"});
    list.at(KeyMoment::Selected, "nudge_up", ActionWords::tr("Move it up"), onPictures, {"Up"}, {"Alt+Shift+W", "Up"});
    list.at(KeyMoment::Selected, "nudge_down", ActionWords::tr("Move it down"), onPictures, {"Down"}, {"Alt+Shift+S", "Down"});
    list.at(KeyMoment::Selected, "nudge_far_left", ActionWords::tr("Ten pixels to the left"), onPictures, {"Shift+Left"}, {"Ctrl+Shift+A", "Shift+Left"});
    list.at(KeyMoment::Selected, "nudge_far_right", ActionWords::tr("Ten pixels to the right"), onPictures, {"Shift+Right"}, {"Ctrl+Shift+D", "Shift+Right"});
    list.at(KeyMoment::Selected, "nudge_far_up", ActionWords::tr("Ten pixels up"), onPictures, {"Shift+Up"}, {"Ctrl+Shift+W", "Shift+Up"});
    list.at(KeyMoment::Selected, "nudge_far_down", ActionWords::tr("Ten pixels down"), onPictures, {"Shift+Down"}, {"Ctrl+Shift+S", "Shift+Down"});
    list.at(KeyMoment::Drawing, "finish", ActionWords::tr("Finish the shape that is being drawn"), onPictures, {"Enter", "Return"}, {"E", "Enter", "Return"});
    list.at(KeyMoment::Drawing, "take_back", ActionWords::tr("Take its last point back; else the vertex under the mouse goes"), onPictures, {"Backspace"}, {"Z", "Backspace"});
    list.at(KeyMoment::Drawing, "not_seen", ActionWords::tr("Key points: this one cannot be told"), onPictures, {"X"});
    auto& drop = list.at(KeyMoment::Drawing, "drop", ActionWords::tr("Drop what is being drawn; else nothing is selected any more"), onShapes, {"Esc"});
    drop.titles[DeskKind::Texts] = drop.titles[DeskKind::Series] = ActionWords::tr("Nothing is selected any more");
}

void addMarks(ActionList list) {
    list.add("mark", ActionWords::tr("Mark what is selected, else the word at the cursor"), onMarks, {"Return", "Enter"}, {"W"}).titles[DeskKind::Series] = ActionWords::tr("Mark what is selected");
    const auto edge = [&](const char* id, const QString& both, const QString& text, const QString& series, const QStringList& usual, const QStringList& left) {
        list.repeated(id, both, onMarks, usual, left).titles = {{DeskKind::Texts, text}, {DeskKind::Series, series}};
    };
    edge("end_back", ActionWords::tr("Move the end of the span or stretch back"), ActionWords::tr("Move the end of the span back"), ActionWords::tr("Move the end of the stretch back"), {"Alt+Left"}, {"Q"});
    edge("end_on", ActionWords::tr("Move the end of the span or stretch on"), ActionWords::tr("Move the end of the span on"), ActionWords::tr("Move the end of the stretch on"), {"Alt+Right"}, {"S"});
    list.repeated("begin_back", ActionWords::tr("Move its beginning back"), onMarks, {"Alt+Shift+Left"}, {"Shift+Q"});
    list.repeated("begin_on", ActionWords::tr("Move its beginning on"), onMarks, {"Alt+Shift+Right"}, {"Shift+S"});
    const auto caret = [&](const char* id, const QString& text, const QString& series, const QStringList& usual, const QStringList& left) {
        auto& action = list.at(KeyMoment::Cursor, id, text, onMarks, usual, left);
        action.titles[DeskKind::Series] = series;
        action.held = {Qt::ShiftModifier, Qt::ControlModifier, Qt::ShiftModifier | Qt::ControlModifier};
    };
    caret("caret_back", ActionWords::tr("Cursor a word back; with Ctrl a character, with Shift select"), ActionWords::tr("Cursor back; with Ctrl by one step, with Shift select"), {"Left"}, {"V", "Left"});
    caret("caret_on", ActionWords::tr("Cursor a word on; with Ctrl a character, with Shift select"), ActionWords::tr("Cursor on; with Ctrl by one step, with Shift select"), {"Right"}, {"B", "Right"});
    list.at(KeyMoment::Cursor, "caret_up", ActionWords::tr("Cursor a line up; with Shift select"), onTexts, {"Up"}, {"T", "Up"}).held = {Qt::ShiftModifier};
    list.at(KeyMoment::Cursor, "caret_down", ActionWords::tr("Cursor a line down; with Shift select"), onTexts, {"Down"}, {"F", "Down"}).held = {Qt::ShiftModifier};
    list.repeated("take_proposal", ActionWords::tr("Take the next proposal"), onTexts, {"E"});
    list.add("take_proposals", ActionWords::tr("Take all proposals"), onTexts, {"Shift+E"});
    list.add("arrow", ActionWords::tr("Arrow from this span to the one that is selected next; a second time takes it away"), onTexts, {"R"});
    list.add("value", ActionWords::tr("Type a number instead of a class; Esc goes back to the keys"), onRows, {"V"});
}

void addView(ActionList list) {
    list.add("hide_class", ActionWords::tr("Hide or show the shapes of the class"), onPictures, {"Ctrl+Shift+H"}, {"Shift+S"});
    list.add("lock_class", ActionWords::tr("Lock or unlock the shapes of the class"), onPictures, {"Ctrl+L"}, {"Shift+A"});
    list.add("hide", ActionWords::tr("Hide the shapes"), onPictures, {"H"}, {"Shift+Z"});
    list.add("fit", ActionWords::tr("The whole picture or series"), onViews, {"F"}).titles = {{DeskKind::Pictures, ActionWords::tr("The whole picture")}, {DeskKind::Series, ActionWords::tr("The whole series")}};
    list.add("fit_selection", ActionWords::tr("What is selected, as large as possible"), onPictures, {"Shift+F"});
    list.add("actual_size", ActionWords::tr("One pixel for one pixel"), onPictures, {"Ctrl+0"}, {"Ctrl+R"});
    list.repeated("zoom_in", ActionWords::tr("Larger"), onViews, {"Ctrl++", "Ctrl+=", "+", "="}, {"Alt+W"});
    list.repeated("zoom_out", ActionWords::tr("Smaller"), onViews, {"Ctrl+-", "-"}, {"Alt+Q"});
    list.repeated("tool_smaller", ActionWords::tr("A smaller brush; the magic wand takes less"), onPictures, {"["}, {"Alt+R"});
    list.repeated("tool_larger", ActionWords::tr("A larger brush; the magic wand takes more"), onPictures, {"]"}, {"Alt+T"});
    list.add("magnifier", ActionWords::tr("Magnifier"), onPictures, {"Z"}, {"T"});
    list.add("mini_map", ActionWords::tr("Mini-map"), onPictures, {"Shift+M"}, {"Shift+T"});
}

/// Of a left hand's digits only the first five are within reach: held keys stand for the rest.
void addClasses(ActionList list) {
    list.add("find_class", ActionWords::tr("Find or add a class"), everywhere, {"/"}, {"Alt+F"});
    list.add("edit_class", ActionWords::tr("Change the chosen class"), everywhere, {"F2"});
    list.repeated("class_up", ActionWords::tr("The chosen class further up in the list"), everywhere, {"Alt+Up"}, {"Alt+Shift+R"});
    list.repeated("class_down", ActionWords::tr("The chosen class further down in the list"), everywhere, {"Alt+Down"}, {"Alt+Shift+F"});
    list.add("answer_1", ActionWords::tr("Work: the first answer (accept, it is right, side by side)"), everywhere, {"Alt+J"}, {"Alt+A"});
    list.add("answer_2", ActionWords::tr("Work: the second answer (reject, change, send back, settled)"), everywhere, {"Alt+K"}, {"Alt+S"});
    list.add("answer_3", ActionWords::tr("Work: the third answer (skip)"), everywhere, {"Alt+L"}, {"Alt+D"});
    list.add("keys", ActionWords::tr("All keys"), everywhere, {"?"}, {"F3"});
    static const char* const held[] = {"", "Shift+", "Alt+", "Alt+Shift+"};
    for (int place = 1; place <= 20; ++place) {
        const QString usual = (place <= 10 ? QString() : QStringLiteral("Shift+")) + QString::number(place % 10), left = QString::fromLatin1(held[(place - 1) / 5]) + QString::number((place - 1) % 5 + 1);
        list.add(QString("class_%1").arg(place), ActionWords::tr("Class %1").arg(place), everywhere, {usual}, {left});
    }
}

}  // namespace

std::vector<LabelKeyAction> labelKeyActions() {
    std::vector<LabelKeyAction> actions;
    for (const auto add : {addTools, addQueue, addShapes, addMarks, addView, addClasses}) add(ActionList(actions));
    return actions;
}

QString placesText(const LabelKeyAction& action) {
    if (action.places == everywhere) return {};
    QStringList places;
    const QString names[] = {ActionWords::tr("Pictures"), ActionWords::tr("Texts"), ActionWords::tr("Rows"), ActionWords::tr("Series")};
    for (unsigned i = 0; i < 4; ++i)
        if ((action.places >> i & 1U) != 0) places << names[i];
    return places.join(ActionWords::tr(", ", "between kinds: pictures, texts"));
}

}  // namespace lamina
