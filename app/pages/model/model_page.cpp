#include "app/pages/model/model_page.h"

#include <QBoxLayout>
#include <QEvent>
#include <QInputDialog>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>

#include "app/pages/model/layer_settings.h"
#include "app/pages/model/layer_words.h"
#include "app/pages/model/model_opener.h"
#include "app/pages/model/network_bar.h"
#include "app/pages/model/problem_list.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/graph/graph_editor.h"
#include "widgets/graph/layer_palette.h"
#include "widgets/properties/property_panel.h"

namespace lamina {
namespace {

constexpr const char* networkNameRow = "#network";

}  // namespace

ModelPage::ModelPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      m_workspace(workspace),
      m_document(workspace),
      m_editor(new GraphEditor(this)),
      m_palette(new LayerPalette(this)),
      m_bar(new NetworkBar(m_document, *m_editor, this)),
      m_opener(new ModelOpener(workspace, m_document, this)),
      m_notice(new Notice(this)),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(QStringLiteral("model"), this)),
      m_splitter(new QSplitter(this)),
      m_problems(new ProblemList(this)),
      m_statistics(new ElidedLabel(this)),
      m_train(new QPushButton(this)),
      m_panel(new PropertyPanel(this)) {
    setObjectName(QStringLiteral("modelPage"));
    m_panel->hide();
    build();
    connectDocument();
    connectEditor();
    retranslate();
    showNetworks();
}

ModelPage::~ModelPage() = default;

QWidget* ModelPage::sidePanel() { return m_panel; }

void ModelPage::build() {
    m_emptyPrimary = m_empty->addButton(QStringLiteral("emptyPrimary"));
    m_emptySecondary = m_empty->addButton(QStringLiteral("emptySecondary"));
    m_emptyOpen = m_empty->addButton(QStringLiteral("emptyOpen"));
    m_statistics->setObjectName(QStringLiteral("statistics"));
    m_statistics->setProperty(ThemeRole::muted, true);
    m_train->setObjectName(QStringLiteral("trainNetwork"));
    m_train->setProperty(ThemeRole::primary, true);
    m_notice->hide();
    m_splitter->setObjectName(QStringLiteral("modelSplitter"));
    m_splitter->addWidget(m_palette);
    m_splitter->addWidget(m_editor);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({196, 700});
    m_splitter->setCollapsible(1, false);
    m_splitter->setHandleWidth(8);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    auto* box = new QVBoxLayout(this);
    box->setContentsMargins(16, 12, 16, 12);
    box->setSpacing(8);
    box->addWidget(m_bar);
    box->addWidget(m_notice);
    box->addWidget(m_stack, 1);
    box->addWidget(m_problems);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(16);
    bottom->addWidget(m_statistics, 1);
    bottom->addWidget(m_train);
    box->addLayout(bottom);
    // These keys work wherever on the page the focus is.
    for (const auto action : {GraphAction::Find, GraphAction::ZoomIn, GraphAction::ZoomOut, GraphAction::ZoomOriginal})
        addAction(m_editor->action(action));
}

void ModelPage::connectDocument() {
    connect(&m_document, &NetworkDocument::networksChanged, this, &ModelPage::showNetworks);
    connect(&m_document, &NetworkDocument::networkChanged, this, &ModelPage::showNetwork);
    connect(&m_document, &NetworkDocument::checked, this, &ModelPage::showCheck);
    connect(&m_document, &NetworkDocument::needsChanged, this, [this] {
        showEmptyTexts();
        showNotice();
        showCheck();
    });
    connect(m_bar, &NetworkBar::networkChosen, this, [this](const std::string& id) {
        m_panel->commit();
        m_editor->commit();
        for (const auto& entry : m_document.networks())
            if (entry.id == id && !entry.datasetId.empty()) m_workspace.setDataset(entry.datasetId);
        m_workspace.setNetwork(id);
    });
    connect(m_bar, &NetworkBar::renameWanted, this, &ModelPage::renameNetwork);
    connect(m_bar, &NetworkBar::openWanted, m_opener, &ModelOpener::choose);
    connect(m_emptyOpen, &QPushButton::clicked, m_opener, &ModelOpener::choose);
    connect(m_train, &QPushButton::clicked, this, [this] {
        m_panel->commit();
        m_editor->commit();
        m_workspace.show(QStringLiteral("train"));
    });
    connect(m_emptyPrimary, &QPushButton::clicked, this, [this] { startFromEmpty(true); });
    connect(m_emptySecondary, &QPushButton::clicked, this, [this] { startFromEmpty(false); });
}

void ModelPage::connectEditor() {
    connect(m_palette, &LayerPalette::chosen, m_editor, &GraphEditor::addLayer);
    connect(m_editor, &GraphEditor::edited, this, &ModelPage::edited);
    connect(m_editor, &GraphEditor::selectionChanged, this, &ModelPage::showPanel);
    connect(m_editor, &GraphEditor::propertiesWanted, this, [this] { m_panel->focusFirst(); });
    connect(m_panel, &PropertyPanel::changed, this, &ModelPage::rowChanged);
    connect(m_editor, &GraphEditor::fixWanted, this, [this](const std::string& node) {
        for (const auto& problem : m_document.check().problems)
            if (problem.node == node && !problem.fixes.empty()) return applyFix(problem.fixes.front());
    });
    connect(m_problems, &ProblemList::goWanted, this, [this](const std::string& node) {
        m_editor->goTo(node);
        m_editor->setFocus(Qt::OtherFocusReason);
    });
    connect(m_problems, &ProblemList::fixWanted, this, [this](std::size_t problem, std::size_t fix) {
        const auto& problems = m_document.check().problems;
        if (problem < problems.size() && fix < problems[problem].fixes.size()) applyFix(problems[problem].fixes[fix]);
    });
}

// What is shown.

void ModelPage::showNetworks() {
    m_bar->update();
    m_editor->setReadOnly(m_document.readOnly());
    m_palette->setEnabled(!m_document.readOnly());
    const bool drawing = m_document.current() || !m_document.loaded();
    m_stack->setCurrentWidget(drawing ? static_cast<QWidget*>(m_splitter) : m_empty);
    m_statistics->setVisible(m_document.current());
    showEmptyTexts();
    showNotice();
    showCheck();
}

void ModelPage::showNetwork() {
    // An edit that still waits belongs to the network before.
    m_panelNodes.clear();
    m_editor->setNetwork(m_document.network());
    showCheck();
}

void ModelPage::showCheck() {
    const ModelCheck& check = m_document.check();
    m_editor->setNotes(m_document.current() ? graphNotes(m_document.network(), check) : GraphNotes{});
    m_problems->setProblems(m_document.current() ? check.problems : std::vector<ModelProblem>{}, m_document.readOnly());
    m_statistics->setFullText(m_document.current() ? statisticsWords(check) : QString());
    m_train->setVisible(m_document.current() && m_document.hasData());
    m_train->setEnabled(check.layers > 0 && check.ok());
    m_train->setToolTip(check.ok() ? tr("Go on to the Train page with this network.") : tr("Mend the problems above first."));
    showPanel();
}

void ModelPage::showPanel() {
    if (!m_panel) return;
    const auto nodes = m_editor->selection();
    if (nodes != m_panelNodes) m_panel->commit();
    m_panelNodes = nodes;
    m_panel->setReadOnly(m_document.readOnly());
    if (nodes.empty()) showNetworkPanel();
    else showNodePanel(nodes);
}

void ModelPage::showNodePanel(const std::vector<std::string>& nodes) {
    const NetworkNode* first = m_document.network().node(nodes.front());
    const LayerType* type = first ? findLayer(first->type) : nullptr;
    const QString title = type ? layerTitle(*type) : first ? QString::fromStdString(first->type) : QString();
    const QString icon = first ? QStringLiteral("layers/") + QString::fromStdString(first->type) : QString();
    m_panel->setHeading(icon, title, type ? layerSummary(*type) : QString(), static_cast<int>(nodes.size()) - 1);
    m_panel->setRows(nodeRows(m_document.network(), nodes, m_document.check(), m_document.needs() ? &*m_document.needs() : nullptr));
}

void ModelPage::showNetworkPanel() {
    const auto* entry = m_document.current();
    if (!entry) {
        m_panel->setHeading(QStringLiteral("model"), tr("Network"), tr("The settings of what is selected on the canvas are shown here."));
        return m_panel->setRows({});
    }
    m_panel->setHeading(QStringLiteral("model"), tr("Network"), tr("Select a layer on the canvas to see and change its settings."));
    PropertyRow name;
    name.id = QLatin1String(networkNameRow);
    name.title = tr("Name");
    name.kind = PropertyRow::Kind::Text;
    name.value = entry->name;
    name.hasStandard = false;
    name.refuse = [](const PropertyValue& value) { return std::get<std::string>(value).empty() ? tr("Give the network a name.") : QString(); };
    std::vector<PropertyRow> rows{name};
    const auto& needs = m_document.needs();
    if (m_document.hasData())
        rows.push_back(readOnlyRow(QStringLiteral("#data"), tr("Data"), m_document.datasetName(), tr("The dataset that the network is drawn for.")));
    if (needs) {
        rows.push_back(readOnlyRow(QStringLiteral("#task"), tr("Task"), messageText("task." + needs->task + ".title")));
        rows.push_back(needs->mixed ? readOnlyRow(QStringLiteral("#needsInput"), tr("The data give"), tr("columns for several Inputs"),
                                                  tr("Pictures or series stand beside other columns: draw an Input for each and tick its columns there."))
                                    : readOnlyRow(QStringLiteral("#needsInput"), tr("The data give"), shapeWords(needs->input), tr("The Input layer takes this shape.")));
        rows.push_back(readOnlyRow(QStringLiteral("#needsOutput"), tr("Answers"), countWords(static_cast<double>(needs->outputs), false),
                                   tr("How many numbers the last layer gives: one for each class, or the predicted number.")));
    }
    m_panel->setRows(rows);
}

void ModelPage::showNotice() {
    const bool drawing = m_document.current() != nullptr;
    const auto toData = [this] { m_workspace.show(QStringLiteral("data")); };
    if (drawing && m_document.readOnly())
        m_notice->say(Notice::Tone::Info, tr("This project is open elsewhere: you can look at the network, but not change it."));
    else if (drawing && m_document.loaded() && !m_document.hasData())
        m_notice->say(Notice::Tone::Info, tr("There are no data yet. You can draw, but whether the network fits is only known with data."),
                      tr("Go to Data"), toData);
    else if (drawing && !m_document.dataProblem().isEmpty()) m_notice->say(Notice::Tone::Warning, m_document.dataProblem(), tr("Go to Data"), toData);
    else m_notice->hide();
}

/// Nothing can be made to fit data that are not there or cannot be read.
bool ModelPage::dataComesFirst() const { return !m_document.hasData() || !m_document.dataProblem().isEmpty(); }

QString ModelPage::emptyText() const {
    QStringList lines{
        tr("A network is a chain of layers that turns your data into answers. Drag layers onto the canvas, or take a template and change what you "
           "like.")};
    if (!m_document.hasData()) lines << tr("There are no data yet: import some first, so that the network fits them. You can also draw without.");
    if (!m_document.dataProblem().isEmpty()) lines << m_document.dataProblem();
    if (m_document.readOnly()) lines << tr("This project is open elsewhere: a network cannot be drawn here.");
    return lines.join(QLatin1Char('\n'));
}

void ModelPage::showEmptyTexts() {
    const auto& needs = m_document.needs();
    m_empty->setTexts(tr("Draw a network, or start from a template"), emptyText());
    m_emptyPrimary->setText(dataComesFirst() ? tr("Go to Data")
                            : needs          ? tr("Start with: %1").arg(templateTitle(needs->templateId))
                                             : tr("Looking at the data…"));
    m_emptyPrimary->setToolTip(needs ? templateSummary(needs->templateId) : QString());
    m_emptyPrimary->setEnabled(dataComesFirst() || (needs && !m_document.readOnly()));
    m_emptySecondary->setText(tr("Empty canvas"));
    m_emptySecondary->setEnabled(!m_document.readOnly());
    m_emptyOpen->setText(tr("Open an ONNX model…"));
    m_emptyOpen->setToolTip(tr("A network that was made elsewhere, with what it has learned. You see what it holds before anything is taken in."));
    m_emptyOpen->setEnabled(!m_document.readOnly());
}

// Edits.

void ModelPage::startFromEmpty(bool primary) {
    if (!primary) return m_document.addEmpty();
    if (dataComesFirst()) return m_workspace.show(QStringLiteral("data"));
    m_document.addFromTemplate({});
}

void ModelPage::edited(const NetworkEdit& edit) {
    m_document.edit(edit.network, editNameOf(edit));
    showPanel();
}

void ModelPage::rowChanged(const QString& row, const PropertyValue& value) {
    if (row == QLatin1String(networkNameRow)) return m_document.rename(std::get<std::string>(value));
    if (m_panelNodes.empty()) return;
    m_editor->commit();
    SettingsEdit edit = changeRow(m_document.network(), m_panelNodes, row.toStdString(), value);
    m_editor->setNetwork(edit.network);
    m_document.edit(std::move(edit.network), std::move(edit.name));
}

void ModelPage::applyFix(const Fix& fix) {
    const Fix mended = fix;  // the list it stands in is about to change
    m_panel->commit();
    m_editor->commit();
    m_editor->setNetwork(mended.network);
    m_document.edit(mended.network, mended.edit);
    showPanel();
}

void ModelPage::renameNetwork() {
    const auto* entry = m_document.current();
    if (!entry) return;
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("renameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the network"));
    dialog->setLabelText(tr("Name of the network"));
    dialog->setTextValue(QString::fromStdString(entry->name));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) { m_document.rename(name.trimmed().toStdString()); });
    dialog->open();
}

// Being shown, language.

void ModelPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_document.setActive(true);
}

void ModelPage::hideEvent(QHideEvent* event) {
    m_panel->commit();
    m_editor->commit();
    m_document.setActive(false);
    Page::hideEvent(event);
}

void ModelPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Page::changeEvent(event);
}

void ModelPage::retranslate() {
    const auto layers = graphLayers();
    m_palette->setLayers(layers);
    m_editor->setLayers(layers);
    m_bar->retranslate();
    m_statistics->setAccessibleName(tr("Statistics of the network"));
    m_train->setText(tr("&Train this network"));
    showEmptyTexts();
    showNotice();
    showCheck();
}

}  // namespace lamina
