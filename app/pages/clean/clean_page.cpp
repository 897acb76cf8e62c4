#include "app/pages/clean/clean_page.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/picture_memory.h"
#include "app/jobs/recipe_keys.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/clean/clean_menu.h"
#include "app/pages/clean/recipe_saver.h"
#include "app/pages/clean/state_outlets.h"
#include "app/pages/clean/state_view.h"
#include "app/pages/clean/step_list.h"
#include "app/pages/clean/step_panel.h"
#include "app/pages/clean/step_picker.h"
#include "app/pages/clean/suggestion_list.h"
#include "app/pages/clean/table_look.h"
#include "app/pages/clean/target_choice.h"
#include "app/pages/common/pictures_out.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/tables/data_table.h"

namespace lamina {

CleanPage::CleanPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_stack(new QStackedWidget),
      m_closed(new EmptyState("clean")),
      m_empty(new EmptyState("clean")),
      m_bringData(m_empty->addButton("clean_bring_data")),
      m_notice(new Notice),
      m_splitNotice(new Notice),
      m_model(new StepListModel(this)),
      m_panel(new StepPanel),
      m_engine(new RecipeEngine(workspace.tasks(), this)),
      m_saver(new RecipeSaver(workspace, this)),
      m_look(new TableLook(workspace.tasks(), this)),
      m_outlets(new StateOutlets(workspace, *m_notice, this)),
      m_pictures(new PicturesOut(workspace, *m_notice, this)) {
    m_notice->hide();
    m_splitNotice->setObjectName("clean_split_notice");
    m_splitNotice->hide();
    m_content = makeContent();
    for (QWidget* state : {static_cast<QWidget*>(m_closed), static_cast<QWidget*>(m_empty), m_content}) m_stack->addWidget(state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_notice);
    layout->addWidget(m_splitNotice);
    layout->addWidget(m_stack, 1);
    connect(m_bringData, &QPushButton::clicked, this, [this] { m_workspace.show("data"); });
    connectSteps();
    connectEngine();
    connectTable();
    connectWorkspace();
    makeKeys();
    retranslate();
    showContent();
}

CleanPage::~CleanPage() {
    if (!m_panel->parent()) delete m_panel;
}

QWidget* CleanPage::sidePanel() { return m_panel; }

QWidget* CleanPage::makeContent() {
    auto* content = new QWidget;
    m_picker = new StepPicker;
    m_target = new TargetChoice(m_workspace);
    m_splitter = new QSplitter;
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeSteps());
    m_view = new StateView;
    m_splitter->addWidget(m_view);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({270, 700});
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(makeHead());
    layout->addWidget(m_splitter, 1);
    return content;
}

QLayout* CleanPage::makeHead() {
    m_heading = new QLabel;
    m_heading->setProperty(ThemeRole::heading, true);
    m_datasets = new QComboBox;
    m_datasets->setObjectName("clean_datasets");
    m_datasets->setMaximumWidth(220);
    connect(m_datasets, &QComboBox::activated, this, [this] { m_workspace.setDataset(m_datasets->currentData().toString().toStdString()); });
    m_details = new ElidedLabel;
    m_details->setObjectName("clean_details");
    m_details->setProperty(ThemeRole::muted, true);
    m_menu = new CleanMenu;
    m_next = new QPushButton;
    m_next->setObjectName("clean_next");
    m_next->setProperty(ThemeRole::primary, true);
    auto* first = new QHBoxLayout;
    first->setSpacing(12);
    first->addWidget(m_heading);
    first->addWidget(m_datasets);
    first->addWidget(m_details, 1);
    first->addWidget(m_menu);
    first->addWidget(m_next);
    auto* both = new QVBoxLayout;
    both->setSpacing(8);
    both->addLayout(first);
    auto* second = new QHBoxLayout;
    second->setSpacing(12);
    second->addWidget(m_picker, 1);
    second->addWidget(m_target);
    both->addLayout(second);
    connect(m_next, &QPushButton::clicked, this, [this] { m_workspace.show("model"); });
    return both;
}

QWidget* CleanPage::makeSteps() {
    auto* card = new QFrame;
    card->setProperty(ThemeRole::card, true);
    m_stepsTitle = new QLabel;
    m_stepsTitle->setProperty(ThemeRole::section, true);
    m_steps = new StepList(*m_model);
    m_teach = new QLabel;
    m_teach->setObjectName("clean_teach");
    m_teach->setWordWrap(true);
    m_teach->setTextFormat(Qt::PlainText);
    m_teach->setProperty(ThemeRole::muted, true);
    m_suggestions = new SuggestionList;
    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(4);
    upperLayout->addWidget(m_stepsTitle);
    upperLayout->addWidget(m_steps, 100);
    upperLayout->addWidget(m_teach);
    upperLayout->addStretch(1);
    auto* parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(upper);
    parts->addWidget(m_suggestions);
    parts->setSizes({300, 220});
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(10, 10, 6, 10);
    layout->addWidget(parts);
    card->setMinimumWidth(210);
    return card;
}

void CleanPage::makeKeys() {
    auto* find = new QShortcut(QKeySequence("Ctrl+K"), this);
    connect(find, &QShortcut::activated, this, [this] {
        if (m_stack->currentWidget() != m_content) return;
        m_picker->setFocus(Qt::ShortcutFocusReason);
        m_picker->open();
    });
}

void CleanPage::connectSteps() {
    connect(m_steps, &StepList::shownChanged, this, [this](std::size_t steps) {
        if (steps == m_wanted) return;
        m_panel->commit();
        m_wanted = steps;
        showPanel();
        m_engine->run(m_recipe, m_wanted);
    });
    connect(m_steps, &StepList::removeWanted, this, &CleanPage::removeSteps);
    connect(m_steps, &StepList::duplicateWanted, this, &CleanPage::duplicateStep);
    connect(m_steps, &StepList::editWanted, this, [this](std::size_t step) {
        m_steps->showSteps(step + 1);
        m_panel->edit();
    });
    connect(m_model, &StepListModel::switched, this, &CleanPage::switchStep);
    connect(m_model, &StepListModel::moved, this, &CleanPage::moveSteps, Qt::QueuedConnection);
    connect(m_picker, &StepPicker::chosen, this, [this](const std::string& type) {
        if (auto step = makeStep({type}, pointedColumns(type))) addStep(std::move(*step), true);
    });
    connect(m_picker, &StepPicker::picturesWanted, this, [this] {
        if (m_opened) m_pictures->ask(m_opened->dataset);
    });
    connect(m_suggestions, &SuggestionList::chosen, this, &CleanPage::takeOffer);
    connect(m_panel, &StepPanel::settingChanged, this, &CleanPage::changeSetting);
    connect(m_panel, &StepPanel::commentChanged, this, &CleanPage::changeComment);
    connect(m_panel, &StepPanel::cellWanted, this, &CleanPage::goToCell);
    connect(m_target, &TargetChoice::failed, this, [this](const Error& error) { m_notice->say(Notice::Tone::Bad, Workspace::words(error)); });
    connect(m_target, &TargetChoice::chosen, this, [this](const QString& column, bool drawnAgain) {
        m_notice->say(Notice::Tone::Good, drawnAgain ? tr("%1 is to be predicted now. Training, validation and test were drawn again.").arg(column)
                                                     : tr("%1 is to be predicted now.").arg(column));
    });
}

void CleanPage::connectEngine() {
    connect(m_engine, &RecipeEngine::stateReady, this, &CleanPage::showState);
    connect(m_engine, &RecipeEngine::recipeReady, this, [this](std::shared_ptr<const RecipeResult> result) {
        m_result = std::move(result);
        m_model->setResults(m_result->steps);
        if (m_wanted > 0 && m_wanted <= m_result->steps.size()) m_panel->setResult(m_result->steps[m_wanted - 1]);
        showHead();
        if (m_opened) m_target->show(*m_opened, m_result->clean.table);
        lookAtTable();
        lookAtSplit();
    });
    connect(m_engine, &RecipeEngine::failed, this, [this](const Error& error) { m_notice->say(Notice::Tone::Bad, Workspace::words(error)); });
    connect(m_engine, &RecipeEngine::busyChanged, this, [this] { m_view->setBusy(m_engine->busy()); });
    connect(m_view, &StateView::stopWanted, this, [this] {
        m_engine->stop();
        m_notice->say(Notice::Tone::Info, tr("Stopped. The table shows what was computed before."), tr("Go on"), [this] {
            m_notice->hide();
            m_engine->run(m_recipe, m_wanted);
        });
    });
    connect(m_look, &TableLook::sketched, this, [this](int column, const ColumnSketch& sketch) { m_view->table().model().setSketch(column, sketch); });
    connect(m_look, &TableLook::suggested, this, [this](const std::vector<StepOffer>& offers) { m_suggestions->setSuggestions(offers); });
    connect(m_saver, &RecipeSaver::saved, this, [this] {
        if (m_stale) refresh();
    });
    connect(m_saver, &RecipeSaver::failed, this, [this](const Error& error) {
        m_notice->say(Notice::Tone::Bad, Workspace::words(error));
        m_opened = nullptr;
        refresh();
    });
}

void CleanPage::connectTable() {
    connect(&m_view->table(), &DataTable::menuOpening, this, &CleanPage::fillTableMenu);
    connect(&m_view->table(), &DataTable::cellEdited, this, &CleanPage::editCell);
    connect(m_menu, &CleanMenu::saveWanted, this, &CleanPage::saveRecipeFile);
    connect(m_menu, &CleanMenu::openWanted, this, &CleanPage::openRecipeFile);
    connect(m_menu, &CleanMenu::datasetWanted, this, [this] {
        if (m_state && m_opened) m_outlets->makeDataset(*m_opened, m_state->steps);
    });
    connect(m_menu, &CleanMenu::exportWanted, this, [this] {
        if (m_state && m_opened) m_outlets->exportState(*m_opened, m_state->after);
    });
}

void CleanPage::connectWorkspace() {
    connect(&m_workspace, &Workspace::changed, this, &CleanPage::refresh);
    connect(&m_workspace, &Workspace::opened, this, [this] {
        m_loaded = false;
        refresh();
    });
    connect(&m_workspace, &Workspace::selectionChanged, this, [this] {
        if (!m_opened || m_opened->dataset.id != m_workspace.dataset() || m_loading) refresh();
    });
    connect(&m_workspace, &Workspace::closed, this, &CleanPage::closed);
}

void CleanPage::closed() {
    ++m_load;
    m_loading = m_loaded = false;
    m_saver->forget();
    m_engine->clear();
    m_look->clear();
    m_look->setPictures({});  // it holds the project
    m_opened = nullptr;
    m_state = nullptr;
    m_result = nullptr;
    m_recipe = {};
    m_wanted = 0;
    m_model->setRecipe({});
    m_view->table().setSource(nullptr);
    m_panel->setNoStep();
    m_notice->hide();
    m_splitNotice->hide();
    showContent();
}

void CleanPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale) refresh();
}

void CleanPage::refresh() {
    // What is being kept comes back as a change of the project; between two edits of one's own nothing is read.
    m_stale = !isVisible() || m_saver->saving();
    if (m_stale) return;
    if (!m_workspace.isOpen()) return showContent();
    const int load = ++m_load;
    m_loading = true;
    m_workspace.tasks().quietly(
        this,
        [project = m_workspace.shared(), wanted = m_workspace.dataset(), known = m_opened](TaskContext&) {
            return openRecipe(*project, wanted, known);
        },
        [this, load](const Result<std::shared_ptr<const OpenedRecipe>>& opened) {
            if (load != m_load) return;
            m_loading = false;
            if (m_saver->saving()) {
                m_stale = true;
                return;
            }
            if (opened) take(*opened);
            else m_notice->say(Notice::Tone::Bad, Workspace::words(opened.error()));
        });
}

void CleanPage::take(std::shared_ptr<const OpenedRecipe> opened) {
    m_loaded = true;
    const bool sameTable = m_opened && opened && m_opened->dataset.id == opened->dataset.id && m_opened->splitId == opened->splitId &&
                           m_opened->table.columnCount() == opened->table.columnCount() && m_opened->table.rows() == opened->table.rows() &&
                           m_opened->others == opened->others;
    const bool sameRoles = m_opened && opened && ignoredColumns(m_opened->dataset) == ignoredColumns(opened->dataset) && m_opened->target == opened->target;
    m_opened = std::move(opened);
    showContent();
    if (!m_opened) {
        m_look->setPictures({});
        return m_engine->clear();
    }
    m_workspace.setDataset(m_opened->dataset.id);
    m_saver->setKept(m_opened->kept);
    if (sameTable && m_recipe == m_opened->kept.recipe) {
        // What is proposed depends on what a model is to see.
        if (!sameRoles) lookAtTable();
        if (m_result) m_target->show(*m_opened, m_result->clean.table);
        return showMarks();
    }
    if (!sameTable) {
        const auto project = m_workspace.shared();
        const SourcePictures pictures{m_opened->table, pictureMemory(*project, m_opened->dataset)};
        m_look->setPictures({m_opened->table, {[project, find = pictures.memory.find](std::size_t column) { return find(column); }, {}}});
        m_engine->setSource(m_opened->table, m_opened->training,
                            [project, others = otherTables(*project, {m_opened->dataset.id}, {})](const std::string& name) { return others(name); },
                            [project](const Recipe& recipe) { return withKeys(*project, recipe); },
                            pictures,
                            ImageReader(pictureFolders(m_opened->dataset), pictureForm(m_opened->dataset).values));
        m_view->table().setSource(nullptr);
        m_state = nullptr;
        m_look->clear();
        m_suggestions->setSuggestions({});
        m_suggestions->setLooking();
        m_wanted = m_opened->kept.recipe.steps.size();
    }
    // An undo that took the step that was looked at away leaves one at the step before.
    m_recipe = m_opened->kept.recipe;
    m_wanted = std::min(m_wanted, m_recipe.steps.size());
    m_model->setRecipe(m_recipe);
    m_steps->showSteps(m_wanted);
    showPanel();
    showHead();
    m_engine->run(m_recipe, m_wanted);
}

bool CleanPage::editable() const { return m_workspace.isOpen() && !m_workspace.readOnly() && m_opened; }

bool CleanPage::settled() const { return m_loaded && !m_loading && !m_engine->busy() && !m_saver->saving() && m_state && !m_look->busy(); }

void CleanPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CleanPage::retranslate() {
    m_closed->setTexts(tr("No project is open"),
                       tr("A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here."));
    m_empty->setTexts(
        tr("Tidy up your data here"),
        tr("Fill gaps, mend spellings, leave columns out, sort out strange values: step by step, always undoable, and the file itself never changes. "
           "First bring data on the Data page."));
    m_bringData->setText(tr("Bring data"));
    m_heading->setText(tr("Clean"));
    m_next->setText(tr("Go on to &Model"));
    m_datasets->setAccessibleName(tr("Dataset"));
    m_stepsTitle->setText(tr("Steps"));
    m_teach->setText(
        tr("Nothing is changed yet. Say above what you want to do, right-click a column or a cell, double-click a cell to correct it, or take a "
           "suggestion "
           "from below. Each step can be switched off, moved and undone."));
    showContent();
    showPlace();
    showMarks();
    if (m_wanted > 0) showPanel();
}

}  // namespace lamina
