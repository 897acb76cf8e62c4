#include "app/pages/model/open_model_dialog.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeWidget>

#include <algorithm>

#include "app/pages/model/layer_words.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int notesHeight = 104;

QLabel* plainLabel(const char* objectName) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(objectName));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

bool holds(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// An operator by its own name.
QString kindOf(const ForeignModel& model, const NodeReport& report) {
    if (const LayerType* type = findLayer(report.type); type && report.type != "operator") return layerTitle(*type);
    for (const auto& node : model.network.nodes)
        if (node.name == report.node) return QString::fromStdString(node.settings.value("op", report.type));
    return QString::fromStdString(report.type);
}

}  // namespace

OpenModelDialog::OpenModelDialog(std::shared_ptr<const ForeignModel> model, std::optional<NetworkNeeds> needs, QString dataset, QWidget* parent)
    : QDialog(parent),
      m_model(std::move(model)),
      m_needs(std::move(needs)),
      m_dataset(std::move(dataset)),
      m_title(plainLabel("open_model_title")),
      m_facts(plainLabel("open_model_facts")),
      m_notes(plainLabel("open_model_notes")),
      m_nameText(new QLabel),
      m_scaleText(new QLabel),
      m_useText(plainLabel("open_model_use_text")),
      m_layers(new QTreeWidget),
      m_name(new QLineEdit(QString::fromStdString(m_model->file.stem().string()))),
      m_use(new QCheckBox),
      m_scale(new QComboBox),
      m_take(new QPushButton),
      m_cancel(new QPushButton) {
    setObjectName(QStringLiteral("openModelDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_use, &QCheckBox::toggled, this, &OpenModelDialog::showUse);
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString& text) { m_take->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_take, &QPushButton::clicked, this, [this] {
        emit taken({m_name->text().trimmed().toStdString(), m_use->isChecked(), static_cast<InputScale>(std::max(m_scale->currentIndex(), 0))});
        accept();
    });
    const bool gives = m_needs && m_model->canBeUsed() && m_model->outputs.front().shape == Shape{m_needs->outputs};
    m_use->setChecked(gives);
    retranslate();
    resize(640, 580);
}

void OpenModelDialog::build() {
    m_title->setProperty(ThemeRole::heading, true);
    m_notes->setProperty(ThemeRole::muted, true);
    m_useText->setProperty(ThemeRole::muted, true);
    m_layers->setObjectName(QStringLiteral("open_model_layers"));
    m_layers->setRootIsDecorated(false);
    m_layers->setUniformRowHeights(true);
    m_layers->setColumnCount(5);
    m_layers->setSelectionMode(QAbstractItemView::SingleSelection);
    m_name->setObjectName(QStringLiteral("open_model_name"));
    m_use->setObjectName(QStringLiteral("open_model_use"));
    m_scale->setObjectName(QStringLiteral("open_model_scale"));
    m_scale->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scale->setMinimumContentsLength(16);
    m_take->setObjectName(QStringLiteral("open_model_take"));
    m_take->setProperty(ThemeRole::primary, true);
    m_take->setDefault(true);
    m_cancel->setObjectName(QStringLiteral("open_model_cancel"));
    m_nameText->setBuddy(m_name);
    m_scaleText->setBuddy(m_scale);
    auto* notes = new QScrollArea;
    notes->setWidget(m_notes);
    notes->setWidgetResizable(true);
    notes->setFrameShape(QFrame::NoFrame);
    notes->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    notes->setMaximumHeight(notesHeight);
    notes->setVisible(!m_model->issues.empty());
    auto* form = new QFormLayout;
    form->addRow(m_nameText, m_name);
    form->addRow(m_use);
    form->addRow(m_useText);
    form->addRow(m_scaleText, m_scale);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_take);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_layers, 1);
    layout->addWidget(notes);
    layout->addLayout(form);
    layout->addLayout(buttons);
}

void OpenModelDialog::fillLayers() {
    m_layers->setHeaderLabels({tr("Layer"), tr("Kind"), tr("Gives"), tr("Parameters"), tr("Training")});
    m_layers->clear();
    QList<QTreeWidgetItem*> rows;
    for (const NodeReport& node : m_model->report.nodes) {
        const bool fixed = holds(m_model->untrainable, node.node);
        const QString training = node.parameters == 0 ? QString() : fixed ? tr("stays as it is") : tr("can go on");
        auto* row = new QTreeWidgetItem({QString::fromStdString(node.node), kindOf(*m_model, node), shapeWords(node.shape),
                                         node.parameters == 0 ? QString() : countWords(static_cast<double>(node.parameters), false), training});
        row->setTextAlignment(3, Qt::AlignRight | Qt::AlignVCenter);
        rows.append(row);
    }
    m_layers->addTopLevelItems(rows);
    m_layers->header()->setStretchLastSection(true);
    for (int column = 0; column < 4; ++column) m_layers->resizeColumnToContents(column);
}

QString OpenModelDialog::factsText() const {
    QStringList lines{tr("%n layer(s)", nullptr, static_cast<int>(m_model->network.nodes.size())) + QStringLiteral("  ·  ") +
                      tr("%1 parameters").arg(countWords(static_cast<double>(m_model->report.parameters), false))};
    for (const auto& port : m_model->inputs) lines << tr("Reads %1 (%2)").arg(shapeWords(port.shape), QString::fromStdString(port.layer));
    for (const auto& port : m_model->outputs) lines << tr("Gives %1 (%2)").arg(shapeWords(port.shape), QString::fromStdString(port.layer));
    return lines.join(QLatin1Char('\n'));
}

QString OpenModelDialog::notesText() const {
    QStringList lines;
    for (const Issue& issue : m_model->issues) lines << QStringLiteral("• ") + Workspace::words(issue);
    return lines.join(QLatin1Char('\n'));
}

void OpenModelDialog::showUse() {
    const bool possible = m_needs && m_model->canBeUsed();
    m_use->setEnabled(possible);
    m_useText->setText(!m_needs             ? tr("There are no data yet that it could be used on.")
                       : !possible          ? tr("Only a model with one input and one answer can be used without training.")
                       : m_use->isChecked() ? tr("It becomes a finished run: look at it in Review, ask it in Use, export it, or train it further.")
                                            : tr("It is only drawn. Training begins with its numbers."));
    const bool scaled = possible && m_use->isChecked() && !m_model->preparation;
    m_scale->setVisible(scaled);
    m_scaleText->setVisible(scaled);
}

void OpenModelDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void OpenModelDialog::retranslate() {
    setWindowTitle(tr("Open a model"));
    m_title->setText(QString::fromStdString(m_model->file.filename().string()));
    m_facts->setText(factsText());
    m_notes->setText(notesText());
    m_notes->setAccessibleName(tr("What to know about this model"));
    m_layers->setAccessibleName(tr("Layers of the model"));
    fillLayers();
    m_nameText->setText(tr("&Name"));
    m_name->setAccessibleName(tr("Name of the network"));
    m_use->setText(m_needs ? tr("&Use it without training on “%1”").arg(m_dataset) : tr("&Use it without training"));
    m_scaleText->setText(tr("The model &expects"));
    m_scale->setAccessibleName(tr("What the model expects its inputs to be"));
    const int chosen = std::max(m_scale->currentIndex(), 0);
    m_scale->clear();
    m_scale->addItems({tr("the usual: pictures from 0 to 1, columns as they are"), tr("everything as it is stored: pictures from 0 to 255"),
                       tr("pictures from 0 to 1"), tr("pictures from -1 to 1"), tr("pictures scaled like ImageNet's"),
                       tr("inputs scaled by the means of this data")});
    m_scale->setCurrentIndex(chosen);
    m_cancel->setText(tr("&Cancel"));
    m_take->setText(tr("&Open"));
    showUse();
}

}  // namespace lamina
