// What the Label page consists of, its keys and its words.
#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>

#include "app/pages/label/class_list.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_draft.h"
#include "app/pages/label/label_page.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/icon.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QString toolText(const char* text) { return QCoreApplication::translate("CanvasTool", text); }

}  // namespace

LabelPage::LabelPage(Workspace& workspace, QWidget* parent)
    : Page(parent), m_workspace(workspace), m_stack(new QStackedWidget), m_empty(new EmptyState("label")), m_data(m_empty->addButton("label_data")),
      m_begin(m_empty->addButton("label_begin")), m_use(new QPushButton), m_bar(new LabelBar), m_notice(new Notice), m_canvas(new CanvasView), m_classes(new ClassList), m_whole(new QCheckBox),
      m_help(new QLabel), m_tools(new QButtonGroup(this)), m_draft(std::make_unique<LabelDraft>(workspace)) {
    build();
    buildKeys();
    m_begin->hide();  // until it is known whether there is something to label
    m_data->hide();
    connect(m_data, &QPushButton::clicked, this, [this] { m_workspace.show("data"); });
    connect(m_begin, &QPushButton::clicked, this, &LabelPage::begin);
    connect(m_canvas, &CanvasView::edited, this, &LabelPage::edited);
    connect(m_canvas, &CanvasView::accepted, this, &LabelPage::accept);
    connect(m_canvas, &CanvasView::labelWanted, this, [this] {
        m_notice->say(Notice::Tone::Info, tr("Choose a class first, or type the name of a new one at the right."));
        m_classes->focusSearch();
    });
    connect(m_canvas, &CanvasView::draftChanged, this, [this] {
        const auto draft = m_canvas->tool().draft();
        if (m_item) m_draft->note(m_item->item.key, draft ? std::optional(DraftedShape{m_canvas->toolType().name, *draft}) : std::nullopt);
    });
    connect(m_classes, &ClassList::chosenChanged, this, &LabelPage::chooseLabel);
    connect(m_classes, &ClassList::picked, this, [this](qint64 number) {
        pick(number);
        m_canvas->setFocus();
    });
    connect(m_classes, &ClassList::added, this, [this](const QString& name) {
        addClass(name);
        m_canvas->setFocus();
    });
    connect(m_classes, &ClassList::renameWanted, this, &LabelPage::renameClass);
    connect(m_bar, &LabelBar::previousWanted, this, &LabelPage::goBack);
    connect(m_bar, &LabelBar::nextWanted, this, [this] { goNext(); });
    connect(m_bar, &LabelBar::filterChanged, this, [this] { goNext(); });
    connect(m_bar, &LabelBar::checkedWanted, this, &LabelPage::accept);
    connect(m_bar, &LabelBar::skipWanted, this, [this](const QString& reason) {
        setState(ItemState::Skipped, reason);
        goNext();
    });
    connect(m_bar, &LabelBar::flagWanted, this, [this](bool flagged) {
        if (m_item && m_workspace.isOpen()) writeDone(m_workspace.shared()->labelItems().setFlagged({m_item->item.key}, flagged));
    });
    connect(m_bar, &LabelBar::commentWanted, this, &LabelPage::comment);
    connect(m_bar, &LabelBar::keysWanted, this, &LabelPage::showKeys);
    connect(m_use, &QPushButton::clicked, this, &LabelPage::useClasses);
    connect(m_whole, &QCheckBox::toggled, this, [](bool on) { settings::setValue("label_whole_pictures", on); });
    connect(&m_workspace, &Workspace::changed, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::selectionChanged, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::opened, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::closed, this, &LabelPage::forget);
    retranslate();
}

void LabelPage::build() {
    m_whole->setObjectName("label_whole");
    m_whole->setChecked(settings::value("label_whole_pictures", false).toBool());
    m_use->setObjectName("label_use_classes");
    m_help->setWordWrap(true);
    m_help->setProperty(ThemeRole::muted, true);
    m_notice->hide();
    auto* side = new QWidget;
    side->setFixedWidth(220);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 0, 0, 0);
    sideLayout->setSpacing(8);
    sideLayout->addWidget(m_classes, 1);
    sideLayout->addWidget(m_whole);
    sideLayout->addWidget(m_use);
    sideLayout->addWidget(m_help);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(buildTools());
    row->addWidget(m_canvas, 1);
    row->addWidget(side);
    auto* work = new QWidget;
    auto* layout = new QVBoxLayout(work);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_notice);
    layout->addLayout(row, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(work);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

QWidget* LabelPage::buildTools() {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const auto* type : canvasTools()) {
        auto* button = new QToolButton;
        button->setObjectName(QString("label_tool_%1").arg(QString::fromStdString(type->name)));
        button->setIcon(themeIcon(type->icon));
        button->setIconSize(QSize(22, 22));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setChecked(type == &m_canvas->toolType());
        button->setProperty("tool", QString::fromStdString(type->name));
        m_tools->addButton(button);
        layout->addWidget(button);
    }
    connect(m_tools, &QButtonGroup::buttonClicked, this, [this](QAbstractButton* button) {
        chooseTool(button->property("tool").toString().toStdString());
        m_canvas->setFocus();
    });
    layout->addStretch(1);
    return column;
}

void LabelPage::chooseTool(const std::string& name) {
    if (!canvasTool(name)) return;
    if (name != "select") m_lastTool = name;
    m_canvas->setTool(name);
    for (auto* button : m_tools->buttons())
        if (button->property("tool").toString().toStdString() == name) button->setChecked(true);
    m_help->setText(toolText(m_canvas->toolType().help));
}

/// N: back to the tool that drew last, or away from it.
void LabelPage::repeatTool() { chooseTool(m_canvas->toolType().name == "select" ? m_lastTool : "select"); }

/// Keys of the canvas alone: in the search box they are letters.
void LabelPage::key(const char* keys, std::function<void()> act) {
    auto* shortcut = new QShortcut(QKeySequence(QString::fromLatin1(keys)), m_canvas);
    shortcut->setContext(Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, std::move(act));
}

void LabelPage::buildKeys() {
    for (const auto* type : canvasTools()) key(type->key, [this, name = type->name] { chooseTool(name); });
    key("W", [this] { chooseTool("box"); });
    key("N", [this] { repeatTool(); });
    key("A", [this] { goBack(); });
    key("D", [this] { goNext(); });
    key("Ctrl+Shift+D", [this] { goNext({ItemState::Unlabelled, false, false, {}}); });
    key("X", [this] {
        setState(ItemState::Skipped, tr("Cannot be told"));
        goNext();
    });
    key("G", [this] { emit m_bar->flagWanted(m_item && !m_item->item.flagged); });
    key("C", [this] { comment(); });
    key("Ctrl+Return", [this] { accept(); });
    key("F", [this] { m_canvas->fit(); });
    key("Shift+F", [this] { m_canvas->fitSelection(); });
    key("Ctrl+0", [this] { m_canvas->setZoom(1); });
    key("/", [this] { m_classes->focusSearch(); });
    key("?", [this] { showKeys(); });
    key("H", [this] {
        auto options = m_canvas->options();
        options.shapes = !options.shapes;
        m_canvas->setOptions(options);
    });
    for (int digit = 0; digit < 10; ++digit)
        for (const bool shifted : {false, true}) {
            const int place = (digit + 9) % 10 + (shifted ? 10 : 0);
            auto* shortcut = new QShortcut(QKeySequence(QKeyCombination(shifted ? Qt::ShiftModifier : Qt::NoModifier, static_cast<Qt::Key>(Qt::Key_0 + digit))), m_canvas);
            shortcut->setContext(Qt::WidgetShortcut);
            connect(shortcut, &QShortcut::activated, this, [this, place] {
                if (static_cast<std::size_t>(place) < m_classes->classes().size()) pick(m_classes->classes()[static_cast<std::size_t>(place)].number);
            });
        }
}

void LabelPage::showKeys() {
    QString rows;
    const auto row = [&](const QString& key, const QString& text) { rows += QString("<tr><td style='padding-right:16px'><b>%1</b></td><td>%2</td></tr>").arg(key.toHtmlEscaped(), text.toHtmlEscaped()); };
    for (const auto* type : canvasTools()) row(type->key, toolText(type->title));
    row("N", tr("The last tool again, or Select"));
    row("1 … 9, 0", tr("Class 1 to 10; with Shift 11 to 20"));
    row("/", tr("Find or add a class"));
    row(tr("Space"), tr("Checked, next; held and dragged: move the picture"));
    row("A, D", tr("Previous, next picture"));
    row("Ctrl+Shift+D", tr("Next picture that is not labelled yet"));
    row("X", tr("Skip"));
    row("G, C", tr("Flag, comment"));
    row("F, Shift+F, Ctrl+0", tr("Whole picture, what is selected, 1 : 1"));
    row("H", tr("Hide the shapes"));
    row(tr("Arrows"), tr("Move what is selected; with Shift ten pixels"));
    row(tr("Del, Ctrl+D"), tr("Remove, duplicate"));
    row(tr("Tab"), tr("Select the next shape"));
    QMessageBox sheet(this);
    sheet.setObjectName("label_key_sheet");
    sheet.setWindowTitle(tr("Keys"));
    sheet.setTextFormat(Qt::RichText);
    sheet.setText("<table>" + rows + "</table>");
    sheet.exec();
}

void LabelPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void LabelPage::retranslate() {
    if (m_desk)
        m_empty->setTexts(tr("Label %1").arg(QString::fromStdString(m_desk->dataset.name)),
                          tr("Draw boxes, polygons, masks, lines and key points on your pictures, or give each picture a class. Everything is saved as you go, can be undone, and knows who made it."));
    else
        m_empty->setTexts(tr("Nothing to label yet"), tr("Here people label pictures with a few keys. Import a folder of pictures first; labels of other programs come in with them."));
    m_data->setText(tr("Go to Data"));
    m_begin->setText(tr("Begin labelling"));
    m_whole->setText(tr("Keys label whole pictures"));
    m_whole->setToolTip(tr("A digit key gives the whole picture its class and goes on to the next"));
    m_use->setText(tr("Train on these classes …"));
    m_use->setToolTip(tr("Makes a data set of the pictures that have a class as a whole, with the class as its target"));
    for (auto* button : m_tools->buttons()) {
        const auto* type = canvasTool(button->property("tool").toString().toStdString());
        button->setAccessibleName(toolText(type->title));
        button->setToolTip(QString("%1 (%2)\n%3").arg(toolText(type->title), type->key, toolText(type->help)));
    }
    m_help->setText(toolText(m_canvas->toolType().help));
}

}  // namespace lamina
