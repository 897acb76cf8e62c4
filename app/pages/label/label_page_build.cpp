// What the Label page consists of, what its keys do, and its words.
#include <QAbstractItemView>
#include <QBoxLayout>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

#include <utility>

#include "app/jobs/annotation_jobs.h"
#include "app/pages/label/class_list.h"
#include "app/pages/label/group_panel.h"
#include "app/pages/label/item_desk.h"
#include "app/pages/label/kind_words.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_draft.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/look_popup.h"
#include "app/pages/label/queue_view.h"
#include "app/pages/label/tool_column.h"
#include "app/settings/settings.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/icon.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

QString toolText(const char* text) { return QCoreApplication::translate("CanvasTool", text); }

/// How a person likes to see shapes; how a picture is brightened belongs to the picture and is not kept.
CanvasOptions keptLook() {
    CanvasOptions options;
    options.opacity = settings::value("label/opacity", options.opacity).toDouble();
    options.captions = settings::value("label/captions", options.captions).toBool();
    options.crosshair = settings::value("label/crosshair", options.crosshair).toBool();
    options.miniMap = settings::value("label/mini_map", options.miniMap).toBool();
    return options;
}

}  // namespace

LabelPage::LabelPage(Workspace& workspace, QWidget* parent)
    : Page(parent), m_workspace(workspace), m_stack(new QStackedWidget), m_empty(new EmptyState("label")), m_data(m_empty->addButton("label_data")),
      m_begin(m_empty->addButton("label_begin")), m_beginFiles(m_empty->addButton("label_begin_files")), m_beginColumn(m_empty->addButton("label_begin_column")), m_use(new QPushButton), m_bar(new LabelBar), m_notice(new Notice), m_canvas(new CanvasView), m_classes(new ClassList), m_whole(new QCheckBox), m_several(new QCheckBox),
      m_help(new QLabel), m_tools(new QButtonGroup(this)), m_side(new QTabWidget), m_kind(new QComboBox), m_draft(std::make_unique<LabelDraft>(workspace)), m_queueView(new QueueView(m_queue)), m_ahead(workspace),
      m_saver(workspace) {
    build();
    for (auto* view : findChildren<QAbstractItemView*>())
        if (view->editTriggers() == QAbstractItemView::NoEditTriggers) view->setAttribute(Qt::WA_InputMethodEnabled, false);  // letters are keys there
    hearButtons(*this);
    buildActs();
    buildActsOfShapes();
    tellKeys();
    applyKeys();
    connectAll();
    m_begin->setProperty(ThemeRole::primary, true);
    m_begin->hide();  // until it is known whether there is something to label
    for (auto* button : {m_data, m_beginFiles, m_beginColumn}) button->hide();
    m_roomTimer.setSingleShot(true);
    m_roomTimer.setInterval(10'000);
    m_placeTimer.setSingleShot(true);
    m_placeTimer.setInterval(500);
    m_canvas->setOptions(keptLook());
    retranslate();
}

void LabelPage::connectAll() {
    connect(m_data, &QPushButton::clicked, this, [this] { m_workspace.show("data"); });
    connectBeginnings();
    connect(m_canvas, &CanvasView::edited, this, &LabelPage::edited);
    connect(m_canvas, &CanvasView::accepted, this, &LabelPage::accept);
    connect(m_canvas, &CanvasView::labelWanted, this, [this] {
        m_notice->say(Notice::Tone::Info, tr("Choose a class first, or type the name of a new one at the right."));
        m_classes->focusSearch();
    });
    connect(m_canvas, &CanvasView::failed, this, [this](const Error& error) {
        m_slip = Workspace::words(error);
        m_notice->say(Notice::Tone::Warning, m_slip);
    });
    connect(m_canvas, &CanvasView::draftChanged, this, [this] {
        const auto draft = m_canvas->tool().draft();
        if (m_item) m_draft->note(m_item->item.key, draft ? std::optional(DraftedShape{m_canvas->toolType().name, *draft}) : std::nullopt);
    });
    connect(m_canvas, &CanvasView::selectionChanged, this, [this] {
        std::vector<std::string> labels;
        for (const auto& id : m_canvas->selection()) labels.push_back(id.toStdString());
        for (auto* panel : m_panels) panel->showSelection(labels);
    });
    m_canvas->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_canvas, &QWidget::customContextMenuRequested, this, &LabelPage::openCanvasMenu);
    connect(m_classes, &ClassList::chosenChanged, this, &LabelPage::chooseLabel);
    connect(m_classes, &ClassList::looksChanged, this, &LabelPage::applyLooks);
    connect(m_classes, &ClassList::picked, this, [this](qint64 number) {
        pick(number);
        workplace()->setFocus();
    });
    connect(m_classes, &ClassList::added, this, [this](const QString& name) {
        addClass(name);
        workplace()->setFocus();
    });
    connectClasses();
    connect(m_classes, &ClassList::renameWanted, this, &LabelPage::renameClass);
    connect(m_bar, &LabelBar::previousWanted, this, &LabelPage::goBack);
    connect(m_bar, &LabelBar::nextWanted, this, [this] { goNext(); });
    connect(m_bar, &LabelBar::jumpWanted, this, &LabelPage::jump);
    connect(m_bar, &LabelBar::checkedWanted, this, &LabelPage::accept);
    connect(m_bar, &LabelBar::skipWanted, this, [this](const QString& reason) {
        setState(ItemState::Skipped, reason);
        goNext();
    });
    connect(m_bar, &LabelBar::flagWanted, this, &LabelPage::flag);
    connect(m_bar, &LabelBar::commentWanted, this, &LabelPage::comment);
    connect(m_bar, &LabelBar::keysWanted, this, &LabelPage::showKeys);
    connect(m_bar, &LabelBar::lookWanted, this, &LabelPage::openLook);
    connect(m_queueView, &QueueView::filterChanged, this, &LabelPage::refilter);
    connect(m_queueView, &QueueView::wanted, this, [this](qint64 position) {
        m_visited.push_back(m_position);
        go(position);
    });
    connect(m_queueView, &QueueView::galleryChanged, this, [this] {
        m_desks->setVisible(!m_queueView->isGallery());
        if (!m_queueView->isGallery()) workplace()->setFocus();
    });
    for (auto* panel : m_panels) {
        connect(panel, &LabelPanel::goWanted, this, [this](qint64 position, const QString& label) {
            m_wantedLabel = label;
            m_visited.push_back(m_position);
            go(position);
        });
        connect(panel, &LabelPanel::queueWanted, this, [this](const std::vector<std::int64_t>& positions, const QString& why) {
            ++m_filtering;
            if (positions.empty()) return refilter();
            const bool begins = std::exchange(m_unplaced, false) && m_visited.empty() && !m_canvas->tool().draft();
            takeShown(positions);
            if (begins) {
                m_visited.clear();
                go(positions.front());
            }
            m_notice->say(Notice::Tone::Info, why, tr("All again"), [this] { refilter(); });
        });
        connect(panel, &LabelPanel::restoreWanted, this, &LabelPage::restore);
    }
    connect(&m_ahead, &LabelAhead::ready, this, &LabelPage::arrived);
    connect(&m_ahead, &LabelAhead::missing, this, [this](std::int64_t position, const QString& why) {
        if (position != m_going) return;
        m_going = -1;
        m_notice->say(Notice::Tone::Bad, why.isEmpty() ? tr("This item has no picture.") : why);
        m_whenShown.clear();  // what cannot be shown first is not taken back
        m_steps.clear();
        m_stepping = false;
    });
    connect(&m_saver, &LabelSaver::progressed, this, &LabelPage::showSaved);
    connect(&m_saver, &LabelSaver::refused, this, &LabelPage::refused);
    connect(&m_saver, &LabelSaver::noRoom, this, [this](const Error& error) {
        m_trouble = true;
        m_notice->say(Notice::Tone::Bad, tr("Not saved yet: %1 Lamina tries again by itself.").arg(Workspace::words(error)), tr("Try again"), [this] { m_saver.tryAgain(); });
    });
    connect(&m_roomTimer, &QTimer::timeout, this, &LabelPage::lookAtReserve);
    connect(&m_placeTimer, &QTimer::timeout, this, &LabelPage::keepPlace);
    connect(&m_keys, &LabelKeys::changed, this, [this] {
        tellKeys();
        applyKeys();
        retranslate();
    });
    connect(m_use, &QPushButton::clicked, this, &LabelPage::useClasses);
    connect(m_whole, &QCheckBox::toggled, this, [this](bool on) {
        settings::setValue(m_itemDesk ? "label/whole_texts" : "label_whole_pictures", on);
        showWholeChoices();
    });
    connect(m_several, &QCheckBox::clicked, this, &LabelPage::chooseSeveral);
    connect(m_kind, &QComboBox::activated, this, &LabelPage::chooseKind);
    connect(&m_workspace, &Workspace::changed, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::selectionChanged, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::opened, this, &LabelPage::stale);
    connect(&m_workspace, &Workspace::closed, this, &LabelPage::forget);
    connect(&m_workspace, &Workspace::stepped, this, [this] {
        m_stepping = false;
        nextStep();
    });
    m_workspace.guardClosing(this, [this] { return lossOnClosing(); });
    m_workspace.guardSteps(this, [this](bool redo, std::function<void()> act) { return guardStep(redo, std::move(act)); });
}

void LabelPage::build() {
    m_whole->setObjectName("label_whole");
    m_whole->setChecked(settings::value("label_whole_pictures", false).toBool());
    m_several->setObjectName("label_several");
    m_use->setObjectName("label_use_classes");
    m_kind->setObjectName("label_kind");
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_bar->addToRow(m_kind);
    m_help->setObjectName("label_help");
    m_help->setWordWrap(true);
    m_help->setProperty(ThemeRole::muted, true);
    m_notice->hide();
    m_canvas->setOwnKeys(false);
    m_canvasRow = new QWidget;
    auto* row = new QHBoxLayout(m_canvasRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(buildTools());
    row->addWidget(m_canvas, 1);
    m_area = new QWidget;
    auto* left = new QVBoxLayout(m_area);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(8);
    m_desks = new QStackedWidget;
    m_desks->addWidget(m_canvasRow);
    left->addWidget(m_desks, 1);
    left->addWidget(m_queueView);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(12);
    middle->addWidget(m_area, 1);
    middle->addWidget(buildSide());
    auto* work = new QWidget;
    auto* layout = new QVBoxLayout(work);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    m_notice->setParent(work);
    m_notice->installEventFilter(this);
    m_area->installEventFilter(this);
    layout->addLayout(middle, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(work);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

/// The classes, and beside them whatever label_panel.cpp names.
QWidget* LabelPage::buildSide() {
    auto* classes = new QWidget;
    auto* layout = new QVBoxLayout(classes);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_classes, 1);
    layout->addWidget(m_whole);
    layout->addWidget(m_several);
    layout->addWidget(m_use);
    layout->addWidget(m_help);
    m_side->setObjectName("label_side");
    m_side->setDocumentMode(true);
    m_side->tabBar()->setExpanding(true);
    m_side->setUsesScrollButtons(false);
    m_side->addTab(classes, QString());
    for (const auto make : labelPanels()) {
        m_panels.push_back(make(m_workspace));
        m_panels.back()->setPace(&m_pace);
        m_panels.back()->setQueue(&m_queue);
        m_side->addTab(m_panels.back(), QString());
    }
    m_side->setFixedWidth(244);
    return m_side;
}

void LabelPage::fillTabs() {
    m_side->setAccessibleName(kindWords(KindPhrase::Beside, kind()));
    m_side->setTabText(0, tr("Classes"));
    for (auto* panel : m_panels) m_side->setTabText(m_side->indexOf(panel), panel->title());
}

QWidget* LabelPage::buildTools() {
    auto* column = new ToolColumn;
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
        column->add(button);
    }
    connect(m_tools, &QButtonGroup::buttonClicked, this, [this](QAbstractButton* button) {
        chooseTool(button->property("tool").toString().toStdString());
        m_canvas->setFocus();
    });
    return column;
}

void LabelPage::chooseTool(const std::string& name) {
    if (!canvasTool(name)) return;
    if (name != "select") m_lastTool = name;
    m_canvas->setTool(name);
    for (auto* button : m_tools->buttons())
        if (button->property("tool").toString().toStdString() == name) button->setChecked(true);
    if (!m_itemDesk) m_help->setText(m_keys.filled(toolText(m_canvas->toolType().help)));
}

/// N: back to the tool that drew last, or away from it.
void LabelPage::repeatTool() { chooseTool(m_canvas->toolType().name == "select" ? m_lastTool : "select"); }

void LabelPage::buildActs() {
    for (const auto* type : canvasTools()) m_acts["tool_" + QString::fromStdString(type->name)] = [this, name = type->name] { chooseTool(name); };
    m_acts["repeat_tool"] = [this] { repeatTool(); };
    m_acts["accept"] = m_acts["submit"] = [this] { accept(); };
    m_acts["next"] = [this] { goNext(); };
    m_acts["previous"] = [this] { goBack(); };
    m_acts["next_unlabelled"] = [this] { goNext({ItemState::Unlabelled, false, false, {}}, 1); };
    m_acts["previous_unlabelled"] = [this] { goNext({ItemState::Unlabelled, false, false, {}}, -1); };
    m_acts["jump"] = [this] { jump(); };
    m_acts["skip"] = [this] {
        setState(ItemState::Skipped, QStringLiteral("Cannot be told"));
        goNext();
    };
    m_acts["flag"] = [this] { flag(m_item && !m_item->item.flagged); };
    m_acts["comment"] = [this] { comment(); };
    m_acts["gallery"] = [this] { m_queueView->setGallery(!m_queueView->isGallery()); };
    m_acts["undo"] = [this] { m_workspace.undo(); };
    m_acts["redo"] = [this] { m_workspace.redo(); };
    m_acts["search"] = [this] { m_queueView->focusSearch(); };
    m_acts["find_class"] = [this] {
        m_side->setCurrentIndex(0);
        m_classes->focusSearch();
    };
    m_acts["keys"] = [this] { showKeys(); };
    for (int place = 0; place < 20; ++place) m_acts[QString("class_%1").arg(place + 1)] = [this, place] { pickAt(static_cast<std::size_t>(place)); };
}

void LabelPage::buildActsOfShapes() {
    const auto option = [this](auto change) {
        auto options = m_canvas->options();
        change(options);
        m_canvas->setOptions(options);
    };
    m_acts["remove"] = [this] { m_canvas->removeSelected(); };
    m_acts["duplicate"] = [this] { m_canvas->duplicateSelected(); };
    m_acts["copy"] = [this] { copyShapes(); };
    m_acts["paste"] = [this] { m_canvas->paste(m_copied); };
    m_acts["propagate"] = [this] { propagate(); };
    m_acts["interpolate"] = [this] { interpolate(); };
    m_acts["select_all"] = [this] { m_canvas->selectAll(); };
    m_acts["select_next"] = [this] { m_canvas->selectNext(1); };
    m_acts["select_previous"] = [this] { m_canvas->selectNext(-1); };
    m_acts["hide_class"] = [this] { m_classes->toggleHidden(m_classes->chosen()); };
    m_acts["lock_class"] = [this] { m_classes->toggleLocked(m_classes->chosen()); };
    m_acts["hide"] = [option] { option([](CanvasOptions& options) { options.shapes = !options.shapes; }); };
    m_acts["magnifier"] = [option] { option([](CanvasOptions& options) { options.magnifier = !options.magnifier; }); };
    m_acts["mini_map"] = [option] { option([](CanvasOptions& options) { options.miniMap = !options.miniMap; }); };
    // What tools do with keys of their own: they hear the usual one, whichever is bound.
    const auto toTool = [this](int key, Qt::KeyboardModifiers modifiers) {
        return [this, key, modifiers] {
            const QKeyEvent pressed(QEvent::KeyPress, key, modifiers);
            m_canvas->tool().key(pressed);
        };
    };
    m_acts["convert"] = toTool(Qt::Key_M, Qt::ControlModifier);
    m_acts["tool_smaller"] = toTool(Qt::Key_BracketLeft, {});
    m_acts["tool_larger"] = toTool(Qt::Key_BracketRight, {});
    m_acts["fit"] = [this] { m_canvas->fit(); };
    m_acts["fit_selection"] = [this] { m_canvas->fitSelection(); };
    m_acts["actual_size"] = [this] { m_canvas->setZoom(1); };
    m_acts["zoom_in"] = [this] { m_canvas->setZoom(m_canvas->zoom() * 1.25); };
    m_acts["zoom_out"] = [this] { m_canvas->setZoom(m_canvas->zoom() / 1.25); };
}

void LabelPage::openLook(QWidget* below) {
    auto* look = new LookPopup(m_canvas->options(), this);
    connect(look, &LookPopup::changed, m_canvas, [this](const CanvasOptions& options) { m_canvas->setOptions(options); });
    look->openBelow(below);
}

/// While something is half drawn a right click belongs to the tool.
void LabelPage::openCanvasMenu(const QPoint& place) {
    if (!m_item || m_canvas->tool().draft()) return;
    const auto* under = m_canvas->shapeAt(m_canvas->transform().toPicture(place), true);
    if (under && m_canvas->selection().empty()) m_canvas->select({under->shape().id});
    const bool some = !m_canvas->selection().empty();
    QMenu menu(this);
    menu.addAction(some ? tr("History of this shape") : kindWords(KindPhrase::HistoryMenu, kind()), this, [this] {
        m_side->setCurrentIndex(1);
        if (auto* details = findChild<GroupPanel*>("label_details")) details->choose("label_history");
    });
    menu.addSeparator();
    menu.addAction(tr("Copy"), this, m_acts["copy"])->setEnabled(some);
    menu.addAction(tr("Paste"), this, m_acts["paste"])->setEnabled(!m_copied.empty());
    menu.addAction(tr("Remove"), this, m_acts["remove"])->setEnabled(some);
    menu.exec(m_canvas->mapToGlobal(place));
}

/// The notice lies over the strip: a picture that moved under the mouse because something is said would spoil what is being drawn.
bool LabelPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_area && event->type() == QEvent::ShortcutOverride && isNoKeyAnyMore(static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    if (isOfButton(*watched, *event)) return true;
    const bool moves = event->type() == QEvent::Resize || event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest;
    if (moves && (watched == m_notice || watched == m_area)) QMetaObject::invokeMethod(this, &LabelPage::placeNotice, Qt::QueuedConnection);  // its own layout comes first
    return Page::eventFilter(watched, event);
}

void LabelPage::placeNotice() {
    const QRect area = m_area->geometry();
    const int height = m_notice->heightForWidth(area.width());
    const QRect place(area.left(), area.bottom() + 1 - height, area.width(), height);
    if (m_notice->geometry() != place) m_notice->setGeometry(place);
    m_notice->raise();
}

void LabelPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void LabelPage::retranslate() {
    if (m_desk)
        m_empty->setTexts(tr("Label %1").arg(QString::fromStdString(m_desk->dataset.name)),
                          beginWords());
    else
        m_empty->setTexts(tr("Nothing to label yet"), tr("Here people label pictures, texts, rows and series with a few keys. Import some first; labels of other programs come in with them."));
    m_data->setText(tr("Go to Data"));
    m_begin->setText(tr("Begin labelling"));
    if (m_desk) {
        const auto* format = findAnnotationFormat(m_desk->annotations);
        if (format) m_beginFiles->setText(tr("Begin with the existing labels: %1").arg(messageText("annotation." + format->id + ".title", QString::fromStdString(format->title))));
        m_beginColumn->setText(tr("Begin with the classes of “%1”").arg(QString::fromStdString(m_desk->classColumn)));
    }
    m_whole->setText(kindWords(KindPhrase::Whole, kind()));
    m_whole->setToolTip(tr("A digit key gives the whole item its class and goes on to the next"));
    m_several->setText(tr("Several classes at once"));
    m_several->setToolTip(tr("A digit key gives a class or takes it away again; Space goes on to the next"));
    m_bar->setKind(kind());
    fillKinds();
    m_use->setText(tr("Train on these classes …"));
    m_use->setToolTip(tr("Makes a data set of what has a class (or a value) as a whole, with it as the target"));
    for (auto* button : m_tools->buttons()) {
        const auto* type = canvasTool(button->property("tool").toString().toStdString());
        button->setAccessibleName(toolText(type->title));
        button->setToolTip(QString("%1 (%2)\n%3").arg(toolText(type->title), m_keys.textOf("tool_" + QString::fromStdString(type->name)), m_keys.filled(toolText(type->help))));
    }
    m_help->setText(m_itemDesk ? m_itemDesk->help() : m_keys.filled(toolText(m_canvas->toolType().help)));
    fillTabs();
}

}  // namespace lamina
